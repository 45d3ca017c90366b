#include "engine/language/sheet.hpp"

#include <algorithm>

#include "engine/base/limits.hpp"
#include "engine/language/characters.hpp"

namespace heed::language {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

Diagnostic tell(FileId file, Span span, std::string_view code, std::string message,
                std::string help) {
  return {{file, span}, Severity::error, code, std::move(message), std::move(help), {}};
}

constexpr auto how_to_save =
    "save it as UTF-8: in the spreadsheet's dialogue for saving, choose `CSV UTF-8`, or the "
    "character set `Unicode (UTF-8)`";

/// What is no text in UTF-8.
std::optional<Diagnostic> find_wrong_encoding(FileId file, std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    return tell(file, {0, 2}, "sheet.encoding", "this file is written in UTF-16", how_to_save);
  for (std::uint32_t at = 0; at < text.size();) {
    auto const character = character_at(text, at);
    if (character.code == Character::broken || character.code == 0)
      return tell(file, {at, at + 1}, "sheet.encoding", "these bytes are no UTF-8", how_to_save);
    at += character.bytes;
  }
  return std::nullopt;
}

/// More semicolons than commas in the first line, outside quotes.
bool find_semicolons(std::string_view text) {
  int semicolons = 0, commas = 0;
  bool is_quoted = false;
  for (char const letter : text) {
    if (letter == '"') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (letter == '\n' && semicolons + commas > 0) break;
    semicolons += letter == ';';
    commas += letter == ',';
  }
  return semicolons > commas;
}

/// Cuts a file into rows and cells.
class Cutter {
 public:
  Cutter(FileId file, std::string_view text, Sheet& sheet)
      : file_{file}, text_{text}, sheet_{sheet}, separator_{sheet.has_semicolons ? ';' : ','} {
    if (text_.starts_with(byte_order_mark)) at_ = 3;
  }

  void cut() {
    while (at_ < text_.size() && sheet_.mistakes.empty()) read_row();
  }

 private:
  void read_row() {
    SheetRow row;
    auto const begin = at_;
    for (;;) {
      row.cells.push_back(read_cell());
      if (!sheet_.mistakes.empty()) return;
      if (here() != separator_) break;
      ++at_;
    }
    row.span = {begin, at_};
    if (here() == '\r') ++at_;
    if (here() == '\n') ++at_;
    add(std::move(row));
  }

  void add(SheetRow row) {
    auto& cells = row.cells;
    auto const least = sheet_.rows.empty() ? std::size_t{0} : sheet_.rows[0].cells.size();
    while (cells.size() > least && cells.back().text.empty()) cells.pop_back();
    bool const is_empty =
        std::ranges::all_of(cells, [](SheetCell const& cell) { return cell.text.empty(); });
    if (is_empty) return;
    count_ += cells.size();
    if (count_ > limits::sheet_cells_max)
      sheet_.mistakes.push_back(
          tell(file_, row.span, "sheet.too-large",
               "more than " + std::to_string(limits::sheet_cells_max) + " cells up to this row",
               "a table of this size belongs into the system that sends the "
               "case: let it send the result as a fact"));
    sheet_.rows.push_back(std::move(row));
  }

  SheetCell read_cell() {
    skip_blanks();
    SheetCell cell;
    if (here() == '"')
      read_quoted(cell);
    else
      read_plain(cell);
    trim(cell);
    return cell;
  }

  void read_plain(SheetCell& cell) {
    auto const begin = at_;
    while (at_ < text_.size() && here() != separator_ && !at_line_end()) take(cell);
    cell.span = {begin, at_};
    cell.places.push_back(at_);
  }

  void read_quoted(SheetCell& cell) {
    auto const begin = at_++;
    while (at_ < text_.size() && (here() != '"' || next() == '"')) {
      if (here() == '"') ++at_;
      take(cell);
    }
    if (at_ >= text_.size()) {
      cell.places.push_back(at_);
      sheet_.mistakes.push_back(tell(file_, {begin, begin + 1}, "sheet.unclosed-quote",
                                     "this quote is not closed",
                                     "write the `\"` at the end of the cell; a `\"` that is meant "
                                     "as such is written twice within quotes"));
      return;
    }
    cell.places.push_back(at_++);
    cell.span = {begin, at_};
    skip_blanks();
    if (at_ < text_.size() && here() != separator_ && !at_line_end())
      sheet_.mistakes.push_back(
          tell(file_, {at_, at_ + character_at(text_, at_).bytes}, "sheet.quote",
               "this stands behind the end of a quoted cell",
               "a `\"` that is meant as such is written twice within quotes"));
  }

  void take(SheetCell& cell) {
    cell.text += here();
    cell.places.push_back(at_++);
  }

  /// Blanks at both ends go; `places` keeps one entry more than the text has bytes.
  static void trim(SheetCell& cell) {
    auto& text = cell.text;
    std::size_t begin = 0, end = text.size();
    auto const is_space = [](char32_t code) { return is_blank(code) || code == '\n'; };
    while (begin < end && is_space(character_at(text, begin).code))
      begin += character_at(text, begin).bytes;
    while (end > begin && is_space(character_before(text, end))) {
      do --end;
      while (end > begin && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80);
    }
    if (cell.places.empty()) return;
    auto const places = cell.places.begin();
    cell.places = {places + static_cast<std::ptrdiff_t>(begin),
                   places + static_cast<std::ptrdiff_t>(end) + 1};
    bool const is_plain = cell.span.end - cell.span.begin == text.size();
    text = text.substr(begin, end - begin);
    if (is_plain) cell.span = {cell.places.front(), cell.places.back()};
  }

  void skip_blanks() {
    while (at_ < text_.size() && here() != separator_) {
      auto const [code, bytes] = character_at(text_, at_);
      if (!is_blank(code) || code == '\r') return;
      at_ += bytes;
    }
  }
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  char next() const { return at_ + 1 < text_.size() ? text_[at_ + 1] : '\0'; }
  bool at_line_end() const { return here() == '\n' || (here() == '\r' && next() == '\n'); }

  FileId file_;
  std::string_view text_;
  Sheet& sheet_;
  char separator_;
  std::uint32_t at_ = 0;
  std::size_t count_ = 0;
};

}  // namespace

Sheet read_sheet(FileId file, std::string_view text) {
  Sheet sheet;
  if (text.size() > limits::sheet_bytes_max) {
    sheet.mistakes.push_back(tell(file, {0, 0}, "sheet.too-large",
                                  "the file has " + std::to_string(text.size()) +
                                      " bytes, at most " + std::to_string(limits::sheet_bytes_max) +
                                      " are read",
                                  "a table of this size belongs into the system that sends the "
                                  "case: let it send the result as a fact"));
    return sheet;
  }
  if (auto wrong = find_wrong_encoding(file, text)) {
    sheet.mistakes.push_back(std::move(*wrong));
    return sheet;
  }
  sheet.has_semicolons = find_semicolons(text);
  Cutter{file, text, sheet}.cut();
  if (sheet.rows.empty() && sheet.mistakes.empty())
    sheet.mistakes.push_back(tell(file, {0, 0}, "sheet.empty", "the file is empty",
                                  "its first line names the columns, as the heading of a table "
                                  "does"));
  return sheet;
}

}  // namespace heed::language
