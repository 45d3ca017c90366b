#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>

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

/// Whether so many bytes are the same, four at least: for short texts, without a call.
inline bool are_same(char const* one, char const* other, std::size_t size) {
  auto const differ = [&]<class Word>(Word, std::size_t at) {
    Word left{}, right{};
    std::memcpy(&left, one + at, sizeof left);
    std::memcpy(&right, other + at, sizeof right);
    return left ^ right;
  };
  if (size < sizeof(std::uint64_t))
    return (differ(std::uint32_t{}, 0) | differ(std::uint32_t{}, size - sizeof(std::uint32_t))) ==
           0;
  auto const last = size - sizeof(std::uint64_t);
  auto different = differ(std::uint64_t{}, last);
  for (std::size_t at = 0; at < last; at += sizeof(std::uint64_t))
    different |= differ(std::uint64_t{}, at);
  return different == 0;
}

constexpr bool must_be_escaped(char letter) {
  return static_cast<unsigned char>(letter) < 0x20 || letter == '"' || letter == '\\';
}

}  // namespace heed::json
