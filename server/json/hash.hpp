#pragma once
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

/// Hashing short names quickly: for tables whose keys a policy fixes, never for what a user sends.
namespace heed::json {

/// Eight bytes at a time; what remains of less than eight as one word.
inline std::uint64_t hash(std::uint32_t group, std::string_view name) {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15u;
  auto const mix = [](std::uint64_t sum, std::uint64_t bytes) {
    return std::rotl((sum ^ bytes) * odd, 29);
  };
  auto const* text = name.data();
  auto size = name.size();
  auto sum = (std::uint64_t{group} << 32u | size) * odd;
  std::uint64_t bytes = 0;
  for (; size >= sizeof bytes; size -= sizeof bytes, text += sizeof bytes) {
    std::memcpy(&bytes, text, sizeof bytes);
    sum = mix(sum, bytes);
  }
  if (size >= 4) {  // both halves, which may overlap
    std::uint32_t first = 0, last = 0;
    std::memcpy(&first, text, sizeof first);
    std::memcpy(&last, text + size - sizeof last, sizeof last);
    sum = mix(sum, std::uint64_t{last} << 32u | first);
  } else if (size > 0) {
    auto const byte = [text](std::size_t at) {
      return std::uint64_t{static_cast<unsigned char>(text[at])};
    };
    sum = mix(sum, byte(0) | byte(size / 2) << 8u | byte(size - 1) << 16u);
  }
  return sum ^ sum >> 32u;
}

/// A short name as two words, to find it without a loop: its first and its last eight bytes, which
/// may overlap. Names of at most 16 bytes are equal where keys are.
struct NameKey {
  std::uint64_t first = 0, last = 0;
  std::size_t size = 0;

  explicit NameKey(std::string_view name) : size{name.size()} {
    auto const* text = name.data();
    if (size >= sizeof first) {
      std::memcpy(&first, text, sizeof first);
      std::memcpy(&last, text + size - sizeof last, sizeof last);
    } else if (size >= 4) {
      std::uint32_t left = 0, right = 0;
      std::memcpy(&left, text, sizeof left);
      std::memcpy(&right, text + size - sizeof right, sizeof right);
      first = std::uint64_t{right} << 32u | left;
    } else {
      for (auto const letter : name) first = first << 8u | static_cast<unsigned char>(letter);
    }
  }
  bool operator==(NameKey const&) const = default;
};

inline std::uint64_t hash(std::uint32_t group, NameKey const& key) {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15u;
  auto const sum =
      (key.first ^ std::rotl(key.last, 23) ^ (std::uint64_t{group} << 32u | key.size)) * odd;
  return sum ^ sum >> 32u;
}

}  // namespace heed::json
