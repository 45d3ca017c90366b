#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

/// Bytes and texts, as the other files of this room hand them to the library.
namespace heed::seal {

inline unsigned char const* as_data(std::string_view bytes) {
  return reinterpret_cast<unsigned char const*>(bytes.data());
}

template <std::size_t size>
std::string_view as_text(std::array<unsigned char, size> const& bytes) {
  return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

/// Lower-case hexadecimal.
std::string to_hex(std::string_view bytes);
/// The bytes of what to_hex writes; nothing for any other text.
std::optional<std::string> from_hex(std::string_view text);

}  // namespace heed::seal
