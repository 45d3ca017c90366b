#pragma once
#include <optional>
#include <vector>

#include "engine/check/draft.hpp"
#include "engine/language/sheet.hpp"

/// Tables whose rows stand in a CSV file beside the policy.
namespace heed::check {

struct TableFile {
  FileId file{};
  language::Sheet sheet;
};

/// The file that a table names, read; nothing where there is none or it has a mistake, told.
std::optional<TableFile> read_table_file(Scope const& scope, ast::Text const& name);

/// The names of its columns.
std::vector<ast::Name> header_of(TableFile const& file);

/// What stands below a column; `type` is null where it is not known.
struct Below {
  enum class What { result, value, condition } what = What::value;
  Type const* type = nullptr;
};
/// The rows below the header, with places in the file. A row with a mistake is told and left out.
std::vector<ast::Row> read_rows(Draft& draft, TableFile const& file,
                                std::vector<Below> const& columns);

/// Warns of CSV files that no table names.
void find_unused_files(Draft& draft);

}  // namespace heed::check
