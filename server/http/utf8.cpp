#include "server/http/utf8.hpp"

namespace heed::http {
namespace {

bool continues(unsigned char c) {
  return (c & 0xC0u) == 0x80u;
}

}  // namespace

std::size_t code_point_bytes(std::string_view text) {
  if (text.empty()) return 0;
  auto const at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  auto const first = at(0);
  if (first < 0x80u) return 1;
  if (first < 0xC2u || first > 0xF4u) return 0;
  std::size_t const size = first < 0xE0u ? 2 : first < 0xF0u ? 3 : 4;
  if (text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if (!continues(at(i))) return 0;
  }
  if (first == 0xE0u && at(1) < 0xA0u) return 0;
  if (first == 0xEDu && at(1) > 0x9Fu) return 0;
  if (first == 0xF0u && at(1) < 0x90u) return 0;
  if (first == 0xF4u && at(1) > 0x8Fu) return 0;
  return size;
}

bool is_plain_text(std::string_view text) {
  while (!text.empty()) {
    auto const size = code_point_bytes(text);
    if (size == 0) return false;
    if (size == 1 && (static_cast<unsigned char>(text[0]) < 0x20u || text[0] == 0x7F)) return false;
    text.remove_prefix(size);
  }
  return true;
}

}  // namespace heed::http
