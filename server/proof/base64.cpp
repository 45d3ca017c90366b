#include "server/proof/base64.hpp"

#include <cstdint>

namespace heed::proof {
namespace {

constexpr std::string_view letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::uint32_t byte_at(std::string_view bytes, std::size_t place) {
  return place < bytes.size() ? static_cast<unsigned char>(bytes[place]) : 0;
}

}  // namespace

std::string to_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t place = 0; place < bytes.size(); place += 3) {
    std::uint32_t const three =
        byte_at(bytes, place) << 16 | byte_at(bytes, place + 1) << 8 | byte_at(bytes, place + 2);
    text += letters[three >> 18];
    text += letters[three >> 12 & 63];
    text += place + 1 < bytes.size() ? letters[three >> 6 & 63] : '=';
    text += place + 2 < bytes.size() ? letters[three & 63] : '=';
  }
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  for (std::size_t place = 0; place < text.size(); place += 4) {
    std::uint32_t four = 0;
    for (char const letter : text.substr(place, 4)) {
      auto const value = letters.find(letter == '=' ? 'A' : letter);
      if (value == std::string_view::npos) return std::nullopt;
      four = four << 6 | static_cast<std::uint32_t>(value);
    }
    for (int shift : {16, 8, 0}) bytes += static_cast<char>(four >> shift & 255);
  }
  if (text.ends_with("==")) bytes.pop_back();
  if (text.ends_with('=')) bytes.pop_back();
  // One text for the same bytes: other padding and stray bits in the last letter are no base64.
  if (to_base64(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace heed::proof
