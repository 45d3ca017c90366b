#pragma once
#include <cstddef>
#include <string>

#include "engine/base/time.hpp"

/// Times as texts, without a text of their own.
namespace heed {

/// Whether the year by the zone's clock is one of 1 to 9999, as it is by UTC. Times where it is not
/// are neither read nor computed; what is written of one all the same is written by UTC.
bool can_write(Instant at, Zone const& zone);

/// Appends what Zone::to_text answers: the same instant for whoever reads it. An offset of local
/// mean time, which has seconds, is written without them, and the clock that is shown goes by what
/// is written.
void append_text(std::string& out, Instant at, Zone const& zone);

/// Writes it to `out`, where there is room for so many bytes, and answers where it ends.
char* put_text(char* out, Instant at, Zone const& zone);
constexpr std::size_t instant_text_bytes_max = 40;

}  // namespace heed
