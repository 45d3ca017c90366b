#include "server/lsp/lines.hpp"

#include <algorithm>

namespace heed::lsp {

namespace {

/// Units that a byte begins: none where it goes on with a character.
std::uint32_t units(char letter, Encoding encoding) {
  auto const byte = static_cast<unsigned char>(letter);
  if (encoding == Encoding::utf8) return 1;
  if ((byte & 0xC0) == 0x80) return 0;
  return encoding == Encoding::utf16 && byte >= 0xF0 ? 2 : 1;
}

}  // namespace

Lines::Lines(std::string_view text, Encoding encoding)
    : text_{text}, encoding_{encoding}, begins_{0} {
  for (std::uint32_t at = 0; at < text.size(); ++at) {
    bool const ends =
        text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n'));
    if (ends) begins_.push_back(at + 1);
  }
}

LinePosition Lines::position(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  auto const line = std::ranges::upper_bound(begins_, offset) - begins_.begin() - 1;
  LinePosition found{static_cast<std::uint32_t>(line), 0};
  for (auto at = begins_[found.line]; at < offset; ++at)
    found.character += units(text_[at], encoding_);
  return found;
}

std::uint32_t Lines::offset(LinePosition at) const {
  if (at.line >= begins_.size()) return static_cast<std::uint32_t>(text_.size());
  auto const begin = begins_[at.line];
  std::uint32_t end = at.line + 1 < begins_.size() ? begins_[at.line + 1]
                                                   : static_cast<std::uint32_t>(text_.size());
  while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
  std::uint32_t character = 0;
  auto found = begin;
  while (found < end) {
    auto next = found + 1;
    auto width = units(text_[found], encoding_);
    while (encoding_ != Encoding::utf8 && next < end && units(text_[next], encoding_) == 0) ++next;
    if (character + width > at.character) break;
    character += width;
    found = next;
  }
  while (found > begin && found < end && (static_cast<unsigned char>(text_[found]) & 0xC0) == 0x80)
    --found;
  return found;
}

Span Lines::span(LineRange range) const {
  auto const begin = offset(range.start);
  return {begin, std::max(begin, offset(range.end))};
}

}  // namespace heed::lsp
