#include "engine/author/setting.hpp"

#include <algorithm>

#include "engine/language/characters.hpp"

namespace heed::author {

namespace {

bool continues(std::string_view text, std::uint32_t at) {
  auto const code = ast::character_at(text, at).code;
  return code == '.' || ast::continues_word(code);
}

/// Where the word begins that ends at the offset; a path is one word.
std::uint32_t begin_of_word(std::string_view text, std::uint32_t offset) {
  auto begin = offset;
  while (begin > 0) {
    auto at = begin - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    bool const is_gershayim = text[at] == '"' && at > 0 && begin < offset &&
                              ast::is_hebrew(ast::character_before(text, at)) &&
                              ast::is_hebrew_letter(ast::character_at(text, begin).code);
    if (!is_gershayim && !continues(text, at)) break;
    begin = at;
  }
  return begin;
}

std::uint32_t begin_of_line(std::string_view text, std::uint32_t offset) {
  auto const end = text.substr(0, offset).rfind('\n');
  return end == std::string_view::npos ? 0 : static_cast<std::uint32_t>(end) + 1;
}

bool is_within_comment(Sheet const& sheet, std::uint32_t offset) {
  return std::ranges::any_of(sheet.document.comments, [&](ast::Comment const& comment) {
    auto const line_end = sheet.text.find('\n', comment.span.begin);
    return comment.span.begin < offset && offset <= std::min(line_end, sheet.text.size());
  });
}

/// Within a text in quotes: between braces, or where nothing is offered.
Setting within_text(Sheet const& sheet, std::uint32_t offset, Span text) {
  auto const before = slice(sheet, {text.begin, offset});
  auto const open = before.rfind('{');
  auto const close = before.rfind('}');
  Setting setting;
  if (open == std::string_view::npos || (close != std::string_view::npos && close > open))
    return setting;
  setting.word = {begin_of_word(sheet.text, offset), offset};
  auto const begins = text.begin + static_cast<std::uint32_t>(open) + 1;
  if (setting.word.begin >= begins) setting.place = Setting::Place::slot;
  return setting;
}

/// The block that the offset is in, or whose lines it goes on.
ast::Block const* block_at(Sheet const& sheet, std::uint32_t offset) {
  ast::Block const* found = nullptr;
  for (auto const& block : sheet.layout.blocks)
    if (block.span.begin < offset) found = &block;
  return found;
}

/// An unclosed text is a mistake: its span begins with a quote.
bool is_text(Sheet const& sheet, ast::Token const& token) {
  return token.kind == ast::TokenKind::text ||
         (token.kind == ast::TokenKind::mistake && sheet.text[token.span.begin] == '"');
}

void fill(Setting& setting, Sheet const& sheet, ast::Block const& block) {
  std::uint32_t end = block.span.begin;
  bool goes_on = true;
  for (auto at = block.first; at <= block.last; ++at) {
    auto const& token = sheet.layout.tokens[at];
    if (token.span.end > setting.word.begin || token.kind == ast::TokenKind::end) break;
    if (token.kind == ast::TokenKind::line_end) continue;
    bool const is_new_line =
        slice(sheet, {end, token.span.begin}).find('\n') != std::string_view::npos;
    if (setting.before.empty() || (is_new_line && !goes_on))
      setting.lines.push_back(setting.before.size());
    setting.before.push_back(&token);
    goes_on = token.kind == ast::TokenKind::symbol && token.text == ",";
    end = token.span.end;
  }
  if (setting.before.empty()) return;
  setting.keyword = setting.before.front()->text;
  auto const between = slice(sheet, {end, setting.word.begin});
  bool const is_new_line = between.find('\n') != std::string_view::npos && !goes_on;
  if (is_new_line) setting.lines.push_back(setting.before.size());
  setting.place = is_new_line ? Setting::Place::line_begin : Setting::Place::within_line;
}

}  // namespace

Setting find_setting(Sheet const& sheet, std::uint32_t offset) {
  offset = std::min(offset, static_cast<std::uint32_t>(sheet.text.size()));
  Setting setting;
  if (is_within_comment(sheet, offset)) return setting;
  for (auto const& token : sheet.layout.tokens) {
    if (!is_text(sheet, token) || token.span.begin >= offset) continue;
    bool const is_open = token.kind == ast::TokenKind::mistake;
    if (offset < token.span.end || (is_open && offset == token.span.end))
      return within_text(sheet, offset, token.span);
  }
  setting.word = {begin_of_word(sheet.text, offset), offset};
  auto const line = begin_of_line(sheet.text, offset);
  auto const* block = block_at(sheet, offset);
  bool const is_first = setting.word.begin == line || (line == 0 && setting.word.begin <= 3 &&
                                                       sheet.text.starts_with("\xEF\xBB\xBF"));
  if (is_first) {
    setting.place = Setting::Place::first_column;
  } else if (block != nullptr && block->span.begin < setting.word.begin) {
    fill(setting, sheet, *block);
  }
  return setting;
}

std::string_view word_back(Setting const& setting, std::size_t back) {
  if (back == 0 || back > setting.before.size()) return {};
  return setting.before[setting.before.size() - back]->text;
}

bool follows(Setting const& setting, std::string_view words) {
  std::size_t back = 0;
  while (!words.empty()) {
    auto const blank = words.rfind(' ');
    auto const last = blank == std::string_view::npos ? words : words.substr(blank + 1);
    auto const* token =
        back < setting.before.size() ? setting.before[setting.before.size() - 1 - back] : nullptr;
    if (token == nullptr || token->text != last || token->kind == ast::TokenKind::text)
      return false;
    ++back;
    words = blank == std::string_view::npos ? std::string_view{} : words.substr(0, blank);
  }
  return true;
}

}  // namespace heed::author
