#pragma once
#include <array>
#include <string_view>

#include "engine/base/hex.hpp"

/// Bytes and texts, as the other files of this room hand them to the library.
namespace heed::seal {

inline unsigned char const* as_data(std::string_view bytes) {
  return reinterpret_cast<unsigned char const*>(bytes.data());
}

template <std::size_t size>
std::string_view as_text(std::array<unsigned char, size> const& bytes) {
  return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

using heed::from_hex;
using heed::to_hex;

}  // namespace heed::seal
