#pragma once
#include <span>

/// Random bytes for what is needed with each record: ids, salts, nonces.
namespace heed::seal {

/// Fills `bytes`. From the operating system, many at a time: each call of it costs more than
/// sealing what a record holds. What was handed out is zeroed here, and what is left is not handed
/// out in another process. Any thread.
void fill_random(std::span<unsigned char> bytes);

}  // namespace heed::seal
