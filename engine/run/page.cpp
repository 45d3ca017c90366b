#include "engine/run/page.hpp"

#include <algorithm>
#include <cctype>

namespace heed::run {
namespace {

constexpr std::size_t columns_max = 100;
constexpr std::string_view right_to_left = "\u200F";
constexpr std::string_view isolate_begin = "\u2066";
constexpr std::string_view isolate_end = "\u2069";

/// Code points that take a column: marks that combine and marks of direction take none.
std::size_t count_columns(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto const byte = static_cast<unsigned char>(text[at]);
    if ((byte & 0xC0U) == 0x80U) continue;
    auto const is_mark = text.substr(at, 2) >= "\u0591" && text.substr(at, 2) <= "\u05C7";
    auto const is_direction = text.substr(at, 2) == "\xE2\x81" || text.substr(at, 3) == "\u200F";
    if (!is_mark && !is_direction) ++columns;
  }
  return columns;
}

}  // namespace

void Page::head(std::string_view text) {
  if (!text_.empty()) text_ += "\n";
  put(0, text);
}

void Page::put(std::size_t indent, std::string_view text) {
  if (is_hebrew()) text_ += right_to_left;
  text_.append(indent, ' ');
  // An isolate ends with its line: one that goes on is opened again in the next.
  if (is_isolated_) text_ += isolate_begin;
  text_ += text;
  auto const begin = text.rfind(isolate_begin);
  auto const end = text.rfind(isolate_end);
  if (begin != std::string_view::npos || end != std::string_view::npos)
    is_isolated_ =
        begin != std::string_view::npos && (end == std::string_view::npos || end < begin);
  if (is_isolated_) text_ += isolate_end;
  text_ += '\n';
}

void Page::line(std::size_t indent, std::string_view text) {
  std::string line;
  bool goes_on = false;
  std::size_t columns = indent;
  while (!text.empty()) {
    auto const blank = std::min(text.find(' '), text.size());
    auto const word = text.substr(0, blank);
    text.remove_prefix(std::min(blank + 1, text.size()));
    if (word.empty()) continue;
    auto const width = count_columns(word);
    if (!line.empty() && columns + 1 + width > columns_max) {
      put(indent, line);
      line.clear();
      if (!goes_on) indent += 2;
      goes_on = true;
      columns = indent;
    }
    if (!line.empty()) line += ' ', ++columns;
    line += word;
    columns += width;
  }
  if (!line.empty()) put(indent, line);
}

std::string isolate(Page const& page, std::string_view text) {
  if (!page.is_hebrew()) return std::string{text};
  return std::string{isolate_begin} + std::string{text} + std::string{isolate_end};
}

std::string isolate_foreign(Page const& page, std::string_view text) {
  for (auto const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) break;
    if (std::isalpha(byte) != 0) return isolate(page, text);
  }
  return std::string{text};
}

std::string words_of(Instant at, Zone const& zone, Language language) {
  auto const text = zone.to_text(at);
  auto const clock = text.substr(11, 5);
  if (language == Language::english) return text.substr(0, 10) + " " + clock;
  auto const day = text.substr(8, 2) + "." + text.substr(5, 2) + "." + text.substr(0, 4);
  return day + " בשעה " + clock;
}

std::string join(std::vector<std::string> const& parts, std::string_view between) {
  std::string text;
  for (auto const& part : parts) {
    if (!text.empty()) text += between;
    text += part;
  }
  return text;
}

std::string shorten(std::string_view text, std::size_t letters) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto const byte = static_cast<unsigned char>(text[at]);
    auto const starts_letter = (byte & 0xC0U) != 0x80U;
    if (starts_letter && letters-- == 0) return result + "…";
    result += byte < 0x20 ? ' ' : text[at];
  }
  return result;
}

}  // namespace heed::run
