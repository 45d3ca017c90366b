#pragma once
#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// Bytes as hexadecimal digits, two a byte, always in lower case.
namespace heed {

/// Writes the digits of one byte to `at`, where there is room for two, and answers where they end.
constexpr char* write_hex(char* at, unsigned char byte) {
  constexpr std::string_view digits = "0123456789abcdef";
  *at++ = digits[byte >> 4u];
  *at++ = digits[byte & 15u];
  return at;
}

/// Appends the digits of one byte.
inline void append_hex(std::string& out, unsigned char byte) {
  char digits[2];
  write_hex(digits, byte);
  out.append(digits, sizeof digits);
}

/// The digits of all bytes.
std::string to_hex(std::string_view bytes);
std::string to_hex(std::span<unsigned char const> bytes);

/// The bytes that to_hex writes so; nothing for any other text.
std::optional<std::string> from_hex(std::string_view text);

constexpr bool is_hex_digit(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
}
/// Whether there is nothing but such digits.
constexpr bool is_hex(std::string_view text) {
  return std::ranges::all_of(text, is_hex_digit);
}

/// What a digit counts, 0 to 15.
constexpr unsigned value_of_hex_digit(char digit) {
  return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

}  // namespace heed
