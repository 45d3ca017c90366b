#pragma once
#include <cstdint>

/// Looking at eight bytes of a text at once.
namespace heed::json {

constexpr std::uint64_t of_all(unsigned char byte) {
  return 0x0101010101010101u * byte;
}

/// Sets the high bit of each byte that is zero, and perhaps of some above the lowest one.
constexpr std::uint64_t find_zeros(std::uint64_t bytes) {
  return (bytes - of_all(1)) & ~bytes & of_all(0x80);
}

/// The same for control characters, quotes and backslashes: what JSON wants escaped.
constexpr std::uint64_t find_escapes(std::uint64_t bytes) {
  auto const below_blank = (bytes - of_all(0x20)) & ~bytes & of_all(0x80);
  return below_blank | find_zeros(bytes ^ of_all('"')) | find_zeros(bytes ^ of_all('\\'));
}

constexpr bool must_be_escaped(char letter) {
  return static_cast<unsigned char>(letter) < 0x20 || letter == '"' || letter == '\\';
}

}  // namespace heed::json
