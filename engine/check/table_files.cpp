#include "engine/check/table_files.hpp"

#include <algorithm>
#include <iterator>

#include "engine/check/tell.hpp"
#include "engine/language/characters.hpp"

namespace heed::check {

namespace {

/// A way out of the policy's folder, or one that not every machine takes.
bool leads_astray(std::string_view name) {
  if (name.starts_with('/') || name.find_first_of("\\:") != name.npos) return true;
  for (std::size_t at = 0; at <= name.size();) {
    auto const end = std::min(name.find('/', at), name.size());
    auto const part = name.substr(at, end - at);
    if (part.empty() || part == ".." || part == ".") return true;
    at = end + 1;
  }
  return false;
}

std::string folder_of(std::string const& name) {
  auto const slash = name.rfind('/');
  return slash == name.npos ? std::string{} : name.substr(0, slash + 1);
}

std::optional<FileId> find_file(Draft const& draft, std::string const& name) {
  for (std::uint32_t at = 0; at < draft.sources.size(); ++at)
    if (draft.sources[at].name == name) return FileId(at);
  return std::nullopt;
}

bool starts_as_language(std::string_view text) {
  return text.starts_with('"') || text.starts_with('(') || text == "-" || text == "none";
}

ast::Cell make_cell(language::SheetCell const& cell, decltype(ast::Expression::form) form) {
  auto value = std::make_shared<ast::Expression>();
  value->span = cell.span;
  value->form = std::move(form);
  return {cell.span, ast::Cell::Values{{std::move(value)}}};
}

/// Whether a cell is the name of something that has a value: of a result of a table too.
bool names_value(Draft const& draft, std::string const& text) {
  auto const name = language::to_nfc(text);
  auto found = draft.names.find(name);
  auto const dot = name.rfind('.');
  if (found == draft.names.end() && dot != name.npos) {
    found = draft.names.find(std::string_view{name}.substr(0, dot));
    return found != draft.names.end() && found->second.kind == SymbolKind::table;
  }
  if (found == draft.names.end()) return false;
  auto const kind = found->second.kind;
  return kind == SymbolKind::fact || kind == SymbolKind::answer || kind == SymbolKind::define ||
         kind == SymbolKind::parameter || kind == SymbolKind::table;
}

/// Cells that need no reading: empty ones, and words that a column's type says how to take.
std::optional<ast::Cell> take_plainly(Draft const& draft, language::SheetCell const& cell,
                                      Below const& below) {
  if (cell.text.empty()) return ast::Cell{cell.span, ast::Cell::Anything{}};
  if (below.type == nullptr || below.what == Below::What::condition) return std::nullopt;
  if (below.type->kind == Kind::choice) {
    auto const name = language::to_nfc(cell.text);
    auto const& values = below.type->choice->values;
    bool const is_value = std::find(values.begin(), values.end(), name) != values.end();
    if (is_value) return make_cell(cell, ast::Reference{name, true});
  }
  bool const is_text = below.type->kind == Kind::text && !starts_as_language(cell.text);
  if (is_text && !names_value(draft, cell.text))
    return make_cell(cell, ast::TextLiteral{cell.text});
  return std::nullopt;
}

bool has_right_width(Draft& draft, TableFile const& file, language::SheetRow const& row) {
  auto const wanted = file.sheet.rows[0].cells.size();
  auto const found = row.cells.size();
  if (found == wanted) return true;
  auto const where = found > wanted ? row.cells[wanted].span : row.span;
  tell(draft, {file.file, where}, "check.row-width",
       "this row has " + std::to_string(found) + " cells, and the first line names " +
           std::to_string(wanted) + " columns",
       std::string{"between cells stands a `"} + (file.sheet.has_semicolons ? ';' : ',') +
           "`; a cell that holds one stands in quotes");
  return false;
}

}  // namespace

std::optional<TableFile> read_table_file(Scope const& scope, ast::Text const& name) {
  auto& draft = scope.draft;
  auto const where = place(scope, name.span);
  if (leads_astray(name.value)) {
    tell(draft, where, "check.table-file", quoted(name.value) + " is no file of the policy",
         "a table's file stands in the folder of the policy: name it from the file that declares "
         "the table, with `/` between folders");
    return std::nullopt;
  }
  if (!is_sheet(name.value)) {
    tell(draft, where, "check.table-file", quoted(name.value) + " does not end in `.csv`",
         "save the spreadsheet as CSV, comma-separated values");
    return std::nullopt;
  }
  auto const folder = folder_of(draft.sources[static_cast<std::size_t>(scope.file)].name);
  auto const file = find_file(draft, folder + name.value);
  if (!file) {
    std::vector<std::string> known;
    for (auto const& source : draft.sources)
      if (is_sheet(source.name) && source.name.starts_with(folder))
        known.push_back(source.name.substr(folder.size()));
    tell_word(draft, where, "check.unknown-file", "the policy has no file " + quoted(name.value),
              name.value, known,
              known.empty() ? "put it beside the file that declares the table"
                            : "its CSV files are " + listed(known));
    return std::nullopt;
  }
  auto sheet = language::read_sheet(*file, draft.sources[static_cast<std::size_t>(*file)].text);
  if (!sheet.mistakes.empty()) {
    std::ranges::move(sheet.mistakes, std::back_inserter(draft.diagnostics));
    return std::nullopt;
  }
  return TableFile{*file, std::move(sheet)};
}

std::vector<ast::Name> header_of(TableFile const& file) {
  std::vector<ast::Name> header;
  for (auto const& cell : file.sheet.rows[0].cells)
    header.push_back({language::to_nfc(cell.text), cell.span, false});
  return header;
}

std::vector<ast::Row> read_rows(Draft& draft, TableFile const& file,
                                std::vector<Below> const& columns) {
  std::vector<ast::Row> rows;
  std::vector<language::CellToRead> to_read;
  std::vector<ast::Cell*> cells;  // where those read go
  for (std::size_t at = 1; at < file.sheet.rows.size(); ++at) {
    auto const& written = file.sheet.rows[at];
    if (!has_right_width(draft, file, written)) continue;
    auto& row = rows.emplace_back(ast::Row{written.span, {}});
    row.cells.resize(written.cells.size(), {{}, ast::Cell::Anything{}});
    for (std::size_t column = 0; column < columns.size(); ++column) {
      auto const& cell = written.cells[column];
      row.cells[column].span = cell.span;
      if (auto plain = take_plainly(draft, cell, columns[column])) {
        row.cells[column] = std::move(*plain);
        continue;
      }
      to_read.push_back({&cell, columns[column].what == Below::What::condition});
      cells.push_back(&row.cells[column]);  // the row's cells stay where they are
    }
  }
  auto read = language::read_cells(
      file.file, draft.sources[static_cast<std::size_t>(file.file)].text, file.sheet, to_read);
  std::ranges::move(read.mistakes, std::back_inserter(draft.diagnostics));
  for (std::size_t at = 0; at < cells.size(); ++at) {
    if (read.cells[at])
      *cells[at] = std::move(*read.cells[at]);
    else
      cells[at]->form = ast::Cell::Values{};  // told
  }
  std::erase_if(rows, [](ast::Row const& row) {
    return std::ranges::any_of(row.cells, [](ast::Cell const& cell) {
      auto const* values = std::get_if<ast::Cell::Values>(&cell.form);
      return values != nullptr && values->values.empty();
    });
  });
  return rows;
}

void find_unused_files(Draft& draft) {
  std::vector<std::string> named;
  for (auto const& [written, file, progress] : draft.tables)
    if (written->file)
      named.push_back(folder_of(draft.sources[static_cast<std::size_t>(file)].name) +
                      written->file->value);
  for (std::uint32_t at = 0; at < draft.sources.size(); ++at) {
    auto const& name = draft.sources[at].name;
    if (!is_sheet(name) || std::find(named.begin(), named.end(), name) != named.end()) continue;
    warn(draft, {FileId(at), {0, 0}}, "check.unused-file", "no table reads this file",
         "name it in a table, as in `from \"" + name.substr(folder_of(name).size()) +
             "\"`, or take it out of the policy's folder");
  }
}

}  // namespace heed::check
