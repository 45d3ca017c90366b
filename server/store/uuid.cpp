#include "server/store/uuid.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "engine/base/hex.hpp"
#include "server/seal/random.hpp"

namespace heed::store {

Randomness system_randomness() {
  return [](std::span<unsigned char> bytes) { seal::fill_random(bytes); };
}

UuidSource::UuidSource(Randomness randomness) : randomness_{std::move(randomness)} {}

std::string UuidSource::next(std::int64_t now_us) {
  std::array<unsigned char, 16> bytes{};
  std::uint64_t stamp = 0;
  {
    std::lock_guard const lock{mutex_};
    randomness_(bytes);
    // A new millisecond starts its counter in the lower half, so that it rarely runs over.
    auto const now_ms = static_cast<std::uint64_t>(std::max<std::int64_t>(now_us, 0) / 1000);
    std::uint64_t const counter = (std::uint64_t{bytes[6]} << 8 | bytes[7]) & 0x7ff;
    last_ = std::max(last_ + 1, now_ms << 12 | counter);
    stamp = last_;
  }
  std::uint64_t const time = stamp >> 12;
  for (std::size_t byte = 0; byte < 6; ++byte) {
    bytes[byte] = static_cast<unsigned char>(time >> (40 - 8 * byte) & 0xff);
  }
  bytes[6] = static_cast<unsigned char>(0x70 | (stamp >> 8 & 0x0f));
  bytes[7] = static_cast<unsigned char>(stamp & 0xff);
  bytes[8] = static_cast<unsigned char>(0x80 | (bytes[8] & 0x3f));
  std::string text(36, '-');
  auto* at = text.data();
  for (std::size_t byte = 0; byte < bytes.size(); ++byte) {
    if (byte == 4 || byte == 6 || byte == 8 || byte == 10) ++at;
    at = write_hex(at, bytes[byte]);
  }
  return text;
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t place = 0; place < text.size(); ++place) {
    char const letter = text[place];
    bool const dash = place == 8 || place == 13 || place == 18 || place == 23;
    if (dash ? letter != '-' : !is_hex_digit(letter)) return false;
  }
  return text[14] == '7';
}

}  // namespace heed::store
