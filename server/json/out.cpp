#include "server/json/out.hpp"

#include <cstdint>

#include "server/json/bytes.hpp"

namespace heed::json {
namespace {

constexpr std::size_t room = 1'024;  // beyond what is asked for: it is set to zeros first

}  // namespace

void Out::find_room(std::size_t size) {
  text_.resize(used_ + size + room);
  at_ = text_.data() + used_;
  end_ = text_.data() + text_.size();
}

/// Copies eight bytes at a time while it looks whether any must be escaped: mostly none.
void Out::put_text(std::string_view text) {
  constexpr std::size_t at_once = 8, half = at_once / 2;
  need(text.size() + at_once + 2);
  auto* out = at_;
  *out++ = '"';
  std::uint64_t special = 0;
  auto const copy = [&](std::size_t at) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, at_once);
    special |= find_escapes(bytes);
    std::memcpy(out + at, &bytes, at_once);
  };
  if (text.size() >= at_once) {
    for (std::size_t at = 0; at + at_once <= text.size(); at += at_once) copy(at);
    copy(text.size() - at_once);  // the rest, with some of what was copied already
  } else if (text.size() >= half) {
    std::uint32_t first = 0, last = 0;
    std::memcpy(&first, text.data(), half);
    std::memcpy(&last, text.data() + text.size() - half, half);
    special = find_escapes(std::uint64_t{last} << 32u | first);
    std::memcpy(out, &first, half);
    std::memcpy(out + text.size() - half, &last, half);
  } else {
    for (std::size_t at = 0; at < text.size(); ++at) {
      out[at] = text[at];
      special |= std::uint64_t{must_be_escaped(text[at])};
    }
  }
  if (special == 0) {
    out += text.size();
    *out++ = '"';
    at_ = out;
    return;
  }
  // The string takes over, and what is written behind it.
  text_.resize(size());
  append_text(text_, text);
  used_ = text_.size();
  find_room(0);
}

}  // namespace heed::json
