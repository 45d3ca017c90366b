#include "engine/base/visible.hpp"

#include "engine/base/hex.hpp"

namespace heed {
namespace {

/// How many bytes the control character has with which the text begins; 0 where it is none.
std::size_t control_bytes(std::string_view text) {
  auto const first = static_cast<unsigned char>(text[0]);
  if (first < 0x20 || first == 0x7F) return 1;
  if (first != 0xC2 || text.size() < 2) return 0;
  auto const second = static_cast<unsigned char>(text[1]);
  return second >= 0x80 && second <= 0x9F ? 2 : 0;
}

void append_escape(std::string& out, unsigned char code) {
  if (code == '\n') {
    out += "\\n";
  } else if (code == '\t') {
    out += "\\t";
  } else if (code == '\r') {
    out += "\\r";
  } else {
    out += "\\u00";
    append_hex(out, code);
  }
}

}  // namespace

bool has_controls(std::string_view text) {
  for (; !text.empty(); text.remove_prefix(1))
    if (control_bytes(text) != 0) return true;
  return false;
}

std::string visible(std::string_view text, LineFeeds line_feeds) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    auto const bytes = control_bytes(text);
    bool const is_kept = line_feeds == LineFeeds::keep && (text[0] == '\n' || text[0] == '\t');
    if (bytes == 0 || is_kept)
      out += text[0];
    else
      append_escape(out, static_cast<unsigned char>(text[bytes - 1]));
    text.remove_prefix(bytes == 0 ? 1 : bytes);
  }
  return out;
}

}  // namespace heed
