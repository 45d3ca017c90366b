#include "engine/base/percent.hpp"

namespace heed {

std::string percent_encoded(std::string_view text, std::string_view plain) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (char const letter : text) {
    bool const is_word = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                         (letter >= '0' && letter <= '9');
    if (is_word || plain.find(letter) != plain.npos) {
      encoded += letter;
      continue;
    }
    auto const byte = static_cast<unsigned char>(letter);
    encoded += '%';
    encoded += digits[byte >> 4u];
    encoded += digits[byte & 15u];
  }
  return encoded;
}

}  // namespace heed
