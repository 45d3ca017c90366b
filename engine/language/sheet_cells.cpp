#include <algorithm>
#include <utility>

#include "engine/base/limits.hpp"
#include "engine/language/characters.hpp"
#include "engine/language/layout.hpp"
#include "engine/language/lexer.hpp"
#include "engine/language/parse.hpp"
#include "engine/language/sheet.hpp"

/// Cells of a spreadsheet as cells of the language: each becomes the last cell of a small table.
namespace heed::language {
namespace {

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

/// How long `1,200` or `1,200.50` at `at` is; 0 where no such number stands there.
std::size_t find_grouped(std::string_view text, std::size_t at) {
  auto const digits = [&](std::size_t from) {
    auto end = from;
    while (end < text.size() && is_digit(text[end])) ++end;
    return end - from;
  };
  auto const first = digits(at);
  if (first == 0 || first > 3) return 0;
  auto end = at + first;
  while (end < text.size() && text[end] == ',' && digits(end + 1) == 3) end += 4;
  if (end == at + first || (end < text.size() && text[end] == ',' && digits(end + 1) > 0)) return 0;
  if (end < text.size() && text[end] == '.' && digits(end + 1) > 0) end += 1 + digits(end + 1);
  return end - at;
}

/// `22/11/2026`: read as the language has it, this would be a division.
bool is_foreign_date(std::string_view text) {
  int parts = 1;
  for (std::size_t at = 0; at < text.size(); ++at) {
    bool const is_between = text[at] == '/' || text[at] == '.';
    if (!is_between && !is_digit(text[at])) return false;
    if (!is_between) continue;
    if (at == 0 || at + 1 == text.size() || !is_digit(text[at + 1])) return false;
    ++parts;
  }
  return parts == 3;
}

bool is_currency_sign(char32_t code) {
  return code == '$' || code == 0xA2 || code == 0xA3 || code == 0xA5 ||
         (code >= 0x20A0 && code <= 0x20CF);
}

/// Makes a block of each cell.
class Cutter {
 public:
  Cutter(FileId file, Sheet const& sheet, Layout& layout)
      : file_{file}, has_semicolons_{sheet.has_semicolons}, layout_{layout} {}

  void cut(CellToRead const& what) {
    cell_ = what.cell;
    block_ = Block{.first = layout_.tokens.size(), .last = 0, .span = cell_->span, .mistake = {}};
    brackets_ = 0;
    for (auto const* word : {"table", "t", "gives", "number"}) add(TokenKind::word, word);
    add(TokenKind::line_end, {});
    add(TokenKind::word, "c");
    add(TokenKind::symbol, "|");
    add(TokenKind::word, what.is_condition ? "when" : "c");
    layout_.tokens.back().reserved = what.is_condition;
    add(TokenKind::line_end, {});
    add(TokenKind::symbol, "-");
    add(TokenKind::symbol, "|");
    read_tokens();
    block_.last = layout_.tokens.size();
    auto const end = cell_->places.back();
    layout_.tokens.push_back({TokenKind::end, false, {end, end}, {}});
    layout_.blocks.push_back(block_);
  }

 private:
  void add(TokenKind kind, std::string_view text) {
    auto const begin = cell_->places.front();
    layout_.tokens.push_back({kind, false, {begin, begin}, text});
  }
  void add(TokenKind kind, bool reserved, std::uint32_t begin, std::uint32_t end,
           std::string_view text) {
    layout_.tokens.push_back({kind, reserved, place(begin, end), text});
  }
  Span place(std::uint32_t begin, std::uint32_t end) const {
    return {cell_->places[begin], cell_->places[end]};
  }

  void blame(std::uint32_t begin, std::uint32_t end, Mistake const& mistake) {
    auto const span = place(begin, end);
    if (!block_.mistake)
      block_.mistake = LayoutMistake{layout_.tokens.size(),
                                     {{file_, span},
                                      Severity::error,
                                      mistake.code,
                                      mistake.message,
                                      mistake.help,
                                      mistake.replacement}};
    layout_.tokens.push_back({TokenKind::mistake, false, span, {}});
  }

  void read_tokens() {
    std::string_view const text = cell_->text;
    auto const size = static_cast<std::uint32_t>(text.size());
    if (is_foreign_date(text))
      return blame(0, size,
                   {"sheet.date", "`" + std::string{text} + "` can be read as more than one date",
                    "write dates as `2026-11-22`: give the column this format in the spreadsheet"});
    if (text == "TRUE" || text == "FALSE")
      return add(TokenKind::word, true, 0, size, text == "TRUE" ? "yes" : "no");
    Lexer lexer{text, layout_};
    for (std::uint32_t at = 0; at < size;) {
      auto const [code, bytes] = character_at(text, at);
      if (is_blank(code) || code == '\n')
        at += bytes;
      else if (is_currency_sign(code))
        return blame(at, at + bytes,
                     {"sheet.currency", "the sign of a currency",
                      "write its code behind the amount, as in `200 ILS`"});
      else
        at = is_digit(text[at]) ? read_number(lexer, at) : read_token(lexer, at);
    }
  }

  std::uint32_t read_number(Lexer& lexer, std::uint32_t at) {
    std::string_view const text = cell_->text;
    auto const length = static_cast<std::uint32_t>(find_grouped(text, at));
    if (has_semicolons_) return read_decimal_comma(lexer, at);
    if (length == 0) return read_token(lexer, at);
    std::string digits{text.substr(at, length)};
    std::erase(digits, ',');
    layout_.kept.push_back(std::move(digits));
    auto const end = at + length;
    bool const is_percent = end < text.size() && text[end] == '%';
    auto const behind = is_percent ? end + 1 : end;
    add(is_percent ? TokenKind::percent : TokenKind::number, false, at, behind,
        layout_.kept.back());
    return behind;
  }

  /// Between semicolons nobody knows whether `1,200` is a little or a lot.
  std::uint32_t read_decimal_comma(Lexer& lexer, std::uint32_t at) {
    std::string_view const text = cell_->text;
    auto end = at;
    while (end < text.size() && (is_digit(text[end]) || text[end] == ',')) ++end;
    auto const comma = text.substr(at, end - at).find(',');
    bool const is_one = comma != text.npos && text[end - 1] != ',';
    if (!is_one) return read_token(lexer, at);
    std::string point{text.substr(at, end - at)};
    auto const is_grouped = find_grouped(point, 0) == point.size();
    std::string whole = point;
    std::erase(whole, ',');
    std::ranges::replace(point, ',', '.');
    blame(at, end,
          {"sheet.decimal-comma", "a comma between digits",
           "a number has a point before its decimals and nothing else between its digits: `" +
               (is_grouped ? whole + "`, or `" + point : point) + "`"});
    return end;
  }

  std::uint32_t read_token(Lexer& lexer, std::uint32_t at) {
    auto const lexed = lexer.read(at);
    if (lexed.mistake) {
      blame(lexed.begin, lexed.end, *lexed.mistake);
      return std::max(lexed.end, at + 1);
    }
    auto const& token = lexed.token;
    if (token.text == "(" && ++brackets_ > limits::nesting_max) {
      blame(lexed.begin, lexed.end,
            {"parse.too-deep",
             "more than " + std::to_string(limits::nesting_max) + " brackets within each other",
             "give the inner part a name of its own with `define`"});
      return static_cast<std::uint32_t>(cell_->text.size());
    }
    if (token.text == ")" && token.kind == TokenKind::symbol) --brackets_;
    add(token.kind, token.reserved, lexed.begin, lexed.end, token.text);
    return lexed.end;
  }

  FileId file_;
  bool has_semicolons_;
  Layout& layout_;
  SheetCell const* cell_ = nullptr;
  Block block_;
  int brackets_ = 0;
};

/// What is said of declarations, said of a cell.
void reword(Diagnostic& mistake) {
  constexpr std::pair<std::string_view, std::string_view> words[] = {
      {"`|` or ", ""},
      {", `|`", ""},
      {"`|`, ", ""},
      {"the end of the line", "the end of the cell"},
      {"the end of the declaration", "the end of the cell"}};
  for (auto const& [wrong, right] : words) {
    auto const at = mistake.message.find(wrong);
    if (at != std::string::npos) mistake.message.replace(at, wrong.size(), right);
  }
}

}  // namespace

ReadCells read_cells(FileId file, std::string_view text, Sheet const& sheet,
                     std::vector<CellToRead> const& cells) {
  Layout layout;
  Cutter cutter{file, sheet, layout};
  for (auto const& cell : cells) cutter.cut(cell);
  ReadCells read;
  read.cells.resize(cells.size());
  for (std::size_t at = 0; at < cells.size(); ++at) {
    std::optional<Diagnostic> mistake;
    auto const declaration =
        read_block(file, text, layout, layout.blocks[at], read.mistakes.size(), mistake);
    if (mistake) {
      reword(*mistake);
      read.mistakes.push_back(std::move(*mistake));
      continue;
    }
    read.cells[at] = std::get<Table>(declaration.form).rows.at(0).cells.at(1);
  }
  return read;
}

}  // namespace heed::language
