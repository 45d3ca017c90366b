#include "engine/base/hex.hpp"

namespace heed {

std::string to_hex(std::string_view bytes) {
  std::string hex(2 * bytes.size(), '0');
  auto* at = hex.data();
  for (char const byte : bytes) at = write_hex(at, static_cast<unsigned char>(byte));
  return hex;
}

std::string to_hex(std::span<unsigned char const> bytes) {
  return to_hex(std::string_view{reinterpret_cast<char const*>(bytes.data()), bytes.size()});
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0 || !is_hex(text)) return std::nullopt;
  std::string bytes(text.size() / 2, '\0');
  for (std::size_t at = 0; at < bytes.size(); ++at)
    bytes[at] = static_cast<char>(value_of_hex_digit(text[2 * at]) << 4u |
                                  value_of_hex_digit(text[2 * at + 1]));
  return bytes;
}

}  // namespace heed
