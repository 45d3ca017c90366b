#include <gtest/gtest.h>

#include "engine/base/limits.hpp"
#include "engine/language/sheet.hpp"

namespace heed::language {
namespace {

/// Rows on lines, cells in `<>`; or the code of the first mistake and where it stands.
std::string told(std::string_view text) {
  auto const sheet = read_sheet(FileId{}, text);
  if (!sheet.mistakes.empty()) {
    auto const& mistake = sheet.mistakes.front();
    auto const at = find_line_column(text, mistake.where.span.begin);
    return std::string{mistake.code} + " " + std::to_string(at.line) + ":" +
           std::to_string(at.column);
  }
  std::string all;
  for (auto const& row : sheet.rows) {
    for (auto const& cell : row.cells) all += "<" + cell.text + ">";
    all += "\n";
  }
  return all;
}

struct Case {
  std::string_view text, cells;
};
constexpr Case cases[] = {
    {"a,b\n1,2\n", "<a><b>\n<1><2>\n"},
    {"a;b\r\n1;2", "<a><b>\n<1><2>\n"},
    {"\xEF\xBB\xBF"
     "a,b\n",
     "<a><b>\n"},
    {"a,b\n\n,\n ,  \n3,4\n\n", "<a><b>\n<3><4>\n"},
    {"a,b,,\n1,2,,\n1\n", "<a><b>\n<1><2>\n<1>\n"},
    {"a,b\n1,\n,2\n", "<a><b>\n<1><>\n<><2>\n"},
    {"a,b\n \"x, y\" ,\"say \"\"hi\"\"\"\n", "<a><b>\n<x, y><say \"hi\">\n"},
    {"a,b\n\"two\nlines\",' \"\n", "<a><b>\n<two\nlines><' \">\n"},
    {"a,b\n\"\",\"\"\"\"\n", "<a><b>\n<><\">\n"},
    {"a;\"b;c,d,e,f\"\n1,5;2\n", "<a><b;c,d,e,f>\n<1,5><2>\n"},
    {"א,\u00a0ב \n", "<א><ב>\n"},
    {"a\n1\n", "<a>\n<1>\n"},
    {"", "sheet.empty 1:1"},
    {"\n,,\n", "sheet.empty 1:1"},
    {"a,b\n1,\"2\n3,4\n", "sheet.unclosed-quote 2:3"},
    {"a,b\n1,\"", "sheet.unclosed-quote 2:3"},
    {"a,b\n1,\"2\"x\n", "sheet.quote 2:6"},
    {"a,b\n1,\xE0\n", "sheet.encoding 2:3"},
    {"\xFF\xFE"
     "a",
     "sheet.encoding 1:1"},
};

TEST(Sheet, is_cut_as_spreadsheets_write_it) {
  for (auto const& one : cases) EXPECT_EQ(told(one.text), one.cells) << one.text;
}

TEST(Sheet, has_a_limit_of_bytes_and_of_cells) {
  EXPECT_EQ(told(std::string(limits::sheet_bytes_max + 1, 'a')), "sheet.too-large 1:1");
  std::string rows;
  for (std::size_t at = 0; at <= limits::sheet_cells_max / 2; ++at) rows += "a,b\n";
  EXPECT_TRUE(told(rows).starts_with("sheet.too-large 100001:1")) << told(rows).substr(0, 80);
}

TEST(Sheet, knows_where_each_byte_of_a_cell_stands) {
  std::string_view const text = "a,b\n  x ,\" say \"\"hi\"\" \"\n";
  auto const sheet = read_sheet(FileId{}, text);
  ASSERT_EQ(sheet.rows.size(), 2u);
  for (auto const& cell : sheet.rows[1].cells) {
    ASSERT_EQ(cell.places.size(), cell.text.size() + 1);
    for (std::size_t at = 0; at < cell.text.size(); ++at)
      EXPECT_EQ(text[cell.places[at]], cell.text[at]);
  }
  EXPECT_EQ(sheet.rows[1].cells[0].span, (Span{6, 7}));
  EXPECT_EQ(sheet.rows[1].cells[1].text, "say \"hi\"");
}

TEST(Sheet, answers_for_any_bytes) {
  std::string text;
  std::uint32_t state = 1;
  constexpr std::string_view signs = "ab\",;\n\r .12%$/-()|\xD7\x90\xEF\xBB\xBF";
  for (int turn = 0; turn < 20'000; ++turn) {
    text.clear();
    for (int length = turn % 40; length > 0; --length) {
      state = state * 1664525 + 1013904223;
      text += signs[(state >> 16) % signs.size()];
    }
    auto const sheet = read_sheet(FileId{}, text);
    std::vector<CellToRead> cells;
    for (auto const& row : sheet.rows)
      for (auto const& cell : row.cells)
        if (!cell.text.empty()) cells.push_back({&cell, turn % 2 == 0});
    auto const read = read_cells(FileId{}, text, sheet, cells);
    std::size_t sound = 0;
    for (auto const& cell : read.cells) sound += cell.has_value() ? 1u : 0u;
    EXPECT_EQ(sound + read.mistakes.size(), cells.size());
  }
}

}  // namespace
}  // namespace heed::language
