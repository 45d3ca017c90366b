#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/language/ast.hpp"

/// The rows of a table in a file that a spreadsheet wrote: comma-separated values (RFC 4180).
namespace heed::language {

/// One cell: its text without quotes and the blanks around it, doubled quotes as one. For each byte
/// of the text, and its end, `places` has the byte of the file where it stands.
struct SheetCell {
  Span span;
  std::string text;
  std::vector<std::uint32_t> places;
};
struct SheetRow {
  Span span;
  std::vector<SheetCell> cells;
};
/// Rows that hold anything, in the order written; the first names the columns, and no row ends with
/// empty cells beyond them.
struct Sheet {
  std::vector<SheetRow> rows;
  bool has_semicolons = false;  // between its cells: then a comma may stand before decimals
  Diagnostics mistakes;         // `sheet.…`; rows are of no use where there are any
};

/// Reads UTF-8 with or without a byte order mark; cells between commas or, where the first line has
/// more of these, semicolons; any line ends.
Sheet read_sheet(FileId file, std::string_view text);

/// A cell to be read as the language has it; `is_condition` below `when`.
struct CellToRead {
  SheetCell const* cell = nullptr;
  bool is_condition = false;
};
struct ReadCells {
  std::vector<std::optional<Cell>> cells;  // as many; nothing where one has a mistake
  Diagnostics mistakes;
};

/// Cells as the language writes them, and also as spreadsheets do: `1,200.50` where `sheet` has
/// commas between cells, `TRUE` and `FALSE`. No cell is empty. `text` is that of the file.
ReadCells read_cells(FileId file, std::string_view text, Sheet const& sheet,
                     std::vector<CellToRead> const& cells);

}  // namespace heed::language
