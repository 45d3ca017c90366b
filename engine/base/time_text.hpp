#pragma once
#include <cstddef>
#include <string>

#include "engine/base/time.hpp"

namespace heed {

/// Appends what Zone::to_text answers.
void append_text(std::string& out, Instant at, Zone const& zone);

/// Writes it to `out`, where there is room for so many bytes, and answers where it ends.
char* put_text(char* out, Instant at, Zone const& zone);
constexpr std::size_t instant_text_bytes_max = 40;

}  // namespace heed
