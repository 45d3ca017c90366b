#include "engine/check/tables.hpp"

#include <algorithm>

#include "engine/base/expected.hpp"
#include "engine/check/constant.hpp"
#include "engine/check/expression.hpp"
#include "engine/check/table_files.hpp"
#include "engine/check/tell.hpp"

namespace heed::check {

namespace {

/// A column gives a result, asks a value or holds whole conditions; `value` is null where the name
/// of a value has a mistake.
struct Column {
  enum class Role { result, value, when, mistaken };
  Role role = Role::mistaken;
  std::uint32_t result = 0;
  ExpressionPtr value;
};

struct Sheet {
  Scope scope;
  ast::Table const& written;
  Table& table;
  std::vector<Column> columns;
};

std::string const& column_of(Table const& table, Parameter const& result) {
  return result.name.empty() ? table.name : result.name;
}

/// The columns for results that the heading does not name.
std::vector<std::string> find_missing(Sheet const& sheet) {
  std::vector<std::string> missing;
  for (auto const& result : sheet.table.results) {
    auto const& name = column_of(sheet.table, result);
    auto const& header = sheet.written.header;
    if (std::none_of(header.begin(), header.end(),
                     [&](ast::Name const& it) { return it.text == name; }))
      missing.push_back(name);
  }
  return missing;
}

Column make_column(Sheet const& sheet, ast::Name const& name) {
  auto const& results = sheet.table.results;
  for (std::uint32_t i = 0; i < results.size(); ++i)
    if (name.text == column_of(sheet.table, results[i])) return {Column::Role::result, i, nullptr};
  if (name.text == "when") return {Column::Role::when, 0, nullptr};
  ast::Expression const reference{name.span, false, ast::Reference{name.text, name.quoted}};
  auto value = infer(sheet.scope, reference);
  if (!value) return {};
  return {Column::Role::value, 0, std::move(value)};
}

/// A column that nothing is named, where one for a result is missing: one mistake, not two.
bool is_misnamed(Sheet const& sheet, ast::Name const& name, std::vector<std::string>& missing) {
  if (missing.empty() || name.text == "when" || sheet.scope.draft.names.contains(name.text))
    return false;
  if (std::any_of(sheet.table.results.begin(), sheet.table.results.end(),
                  [&](Parameter const& it) { return column_of(sheet.table, it) == name.text; }))
    return false;
  tell_word(sheet.scope.draft, place(sheet.scope, name.span), "check.table-columns",
            quoted(name.text) + " is neither what the table gives nor what it asks", name.text,
            missing, "name the column of its values " + quoted(missing.front()));
  missing.erase(missing.begin());
  return true;
}

void check_columns(Sheet& sheet) {
  auto& draft = sheet.scope.draft;
  auto missing = find_missing(sheet);
  std::vector<std::string> seen;
  for (auto const& name : sheet.written.header) {
    auto const twice = std::find(seen.begin(), seen.end(), name.text) != seen.end();
    if (twice && name.text != "when")
      tell(draft, place(sheet.scope, name.span), "check.twice",
           "there is a column " + quoted(name.text) + " already", "leave one of the two out");
    seen.push_back(name.text);
    sheet.columns.push_back(is_misnamed(sheet, name, missing) ? Column{}
                                                              : make_column(sheet, name));
  }
  for (auto const& name : missing)
    tell(draft, place(sheet.scope, sheet.written.name.span), "check.table-columns",
         "the table has no column for what it gives, " + quoted(name),
         "add a column " + quoted(name));
}

ast::Expression const* single(ast::Cell const& cell) {
  if (auto const* whole = std::get_if<ast::Cell::Whole>(&cell.form)) return whole->condition.get();
  auto const* values = std::get_if<ast::Cell::Values>(&cell.form);
  return values && values->values.size() == 1 ? values->values[0].get() : nullptr;
}

/// A cell of a `when` column; null where it holds nothing or a mistake, which `sound` says.
ExpressionPtr check_when(Sheet const& sheet, ast::Cell const& cell, bool& sound) {
  if (std::holds_alternative<ast::Cell::Anything>(cell.form)) return nullptr;
  auto const* condition = single(cell);
  auto checked = condition ? check_condition(sheet.scope, *condition) : nullptr;
  if (!condition)
    tell(sheet.scope.draft, place(sheet.scope, cell.span), "check.cell",
         "a cell below `when` holds a whole condition", "name the fact that is compared");
  sound = sound && checked;
  return checked;
}

ExpressionPtr compare_cell(Sheet const& sheet, ExpressionPtr const& value, ast::Relation relation,
                           std::string_view sign, ast::Expression const& written_value) {
  auto const& scope = sheet.scope;
  auto const other = infer(scope, written_value, &value->type);
  if (!other) return nullptr;
  auto const where = place(scope, written_value.span);
  auto const text = value->text + " " + std::string{sign} + " " + other->text;
  auto const compared = compare(scope, relation, value, other, where, text);
  if (!compared) return nullptr;
  auto here = *compared;
  here.where = where;
  auto told = std::make_shared<Expression const>(std::move(here));
  return relation == ast::Relation::not_equal ? negate(told, where, text) : told;
}

ExpressionPtr check_one_value(Sheet const& sheet, ExpressionPtr const& value,
                              ast::Expression const& written_value) {
  if (!std::holds_alternative<ast::NoneLiteral>(written_value.form))
    return compare_cell(sheet, value, ast::Relation::equal, "is", written_value);
  auto const where = place(sheet.scope, written_value.span);
  if (value->type.or_none)
    return make_with_text(where, plain(Kind::truth), NoneTest{value}, value->text + " is none");
  tell(sheet.scope.draft, where, "check.never-none", quoted(value->text) + " is never `none`",
       "only what is declared `or none` can be `none`");
  return nullptr;
}

ExpressionPtr check_form(Sheet const& sheet, ast::Cell const& cell, ExpressionPtr const& value,
                         ast::Cell::Values const& it) {
  Membership members{value, {}};
  std::vector<ExpressionPtr> parts;
  std::string text;
  for (auto const& one : it.values) {
    auto part = check_one_value(sheet, value, *one);
    if (!part) continue;
    text += (parts.empty() ? "" : " or ") + part->text;
    auto const* comparison = std::get_if<Comparison>(&part->form);
    if (comparison) members.values.push_back(comparison->right);
    parts.push_back(std::move(part));
  }
  if (parts.size() != it.values.size() || parts.empty()) return nullptr;
  if (parts.size() == 1) return parts[0];
  auto const where = place(sheet.scope, cell.span);
  if (members.values.size() == parts.size())
    return make_with_text(where, plain(Kind::truth), std::move(members), std::move(text));
  return make_with_text(where, plain(Kind::truth), AnyOf{std::move(parts)}, std::move(text));
}

std::string_view sign_of(ast::Relation relation) {
  switch (relation) {
    case ast::Relation::equal:
      return "is";
    case ast::Relation::not_equal:
      return "is not";
    case ast::Relation::less:
      return "<";
    case ast::Relation::at_most:
      return "<=";
    case ast::Relation::greater:
      return ">";
    case ast::Relation::at_least:
      return ">=";
  }
  return {};
}

ExpressionPtr check_form(Sheet const& sheet, ast::Cell const&, ExpressionPtr const& value,
                         ast::Cell::Bound const& it) {
  return compare_cell(sheet, value, it.relation, sign_of(it.relation), *it.value);
}

/// True where both ends are known and no value lies between them.
bool is_empty(Comparison const& from, Comparison const& to) {
  auto const* low = std::get_if<Constant>(&from.right->form);
  auto const* high = std::get_if<Constant>(&to.right->form);
  if (!low || !high) return false;
  auto const* low_duration = std::get_if<Duration>(&low->value);
  auto const* high_duration = std::get_if<Duration>(&high->value);
  if (low_duration && high_duration) {
    auto const order = heed::compare(*low_duration, *high_duration);
    return order && *order >= 0;
  }
  return low->value.index() == high->value.index() && !comes_before(low->value, high->value);
}

ExpressionPtr check_form(Sheet const& sheet, ast::Cell const& cell, ExpressionPtr const& value,
                         ast::Cell::Band const& it) {
  auto const from = compare_cell(sheet, value, ast::Relation::at_least, ">=", *it.from);
  auto const to = compare_cell(sheet, value, ast::Relation::less, "<", *it.to);
  if (!from || !to) return nullptr;
  auto const where = place(sheet.scope, cell.span);
  if (is_empty(std::get<Comparison>(from->form), std::get<Comparison>(to->form))) {
    tell(sheet.scope.draft, where, "check.empty-band",
         quoted(written(sheet.scope, cell.span)) + " holds no value",
         "a band begins with the smaller value, which it holds, and ends below the larger one");
    return nullptr;
  }
  return make_with_text(where, plain(Kind::truth), AllOf{{from, to}},
                        from->text + " and " + to->text);
}

ExpressionPtr check_form(Sheet const& sheet, ast::Cell const&, ExpressionPtr const& value,
                         ast::Cell::Whole const& it) {
  return check_one_value(sheet, value, *it.condition);
}

ExpressionPtr check_form(Sheet const&, ast::Cell const&, ExpressionPtr const&,
                         ast::Cell::Anything const&) {
  return nullptr;
}

ExpressionPtr check_input(Sheet const& sheet, ast::Cell const& cell, ExpressionPtr const& value,
                          bool& sound) {
  if (std::holds_alternative<ast::Cell::Anything>(cell.form)) return nullptr;
  auto checked =
      std::visit([&](auto const& form) { return check_form(sheet, cell, value, form); }, cell.form);
  sound = sound && checked;
  return checked;
}

ExpressionPtr check_result(Sheet const& sheet, ast::Cell const& cell, Parameter const& result) {
  auto const& name = column_of(sheet.table, result);
  if (auto const* value = single(cell))
    return check_value(sheet.scope, *value, {result.type, quoted(name)});
  tell(sheet.scope.draft, place(sheet.scope, cell.span), "check.cell",
       "a cell below " + quoted(name) + " holds one value",
       result.type.or_none ? "write the value, or `none`" : "write the value");
  return nullptr;
}

void check_row(Sheet& sheet, ast::Row const& written) {
  if (written.cells.size() != sheet.columns.size()) {
    tell(sheet.scope.draft, place(sheet.scope, written.span), "check.row-width",
         "this row has " + std::to_string(written.cells.size()) + " cells, and the table " +
             std::to_string(sheet.columns.size()) + " columns",
         "put `|` between the cells, and `-` where anything will do");
    return;
  }
  Table::Row row;
  row.where = place(sheet.scope, written.span);
  row.results.resize(sheet.table.results.size());
  bool sound = true;
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    auto const& column = sheet.columns[i];
    auto const& cell = written.cells[i];
    ExpressionPtr condition;
    if (column.role == Column::Role::result)
      row.results[column.result] = check_result(sheet, cell, sheet.table.results[column.result]);
    else if (column.role == Column::Role::when)
      condition = check_when(sheet, cell, sound);
    else if (column.role == Column::Role::value)
      condition = check_input(sheet, cell, column.value, sound);
    if (condition) row.cells.push_back(std::move(condition));
  }
  for (auto const& result : row.results) sound = sound && result;
  if (sound) sheet.table.rows.push_back(std::move(row));
}

void check_hit(Sheet& sheet) {
  if (!sheet.written.hit) return;
  auto const hit = *sheet.written.hit;
  sheet.table.hit = static_cast<Table::Hit>(hit);
  using enum ast::Table::Hit;
  if (hit == first || hit == unique) return;
  for (auto const& result : sheet.table.results) {
    auto const kind = result.type.kind;
    auto const adds = is_numeric(kind) || kind == Kind::money || kind == Kind::duration;
    if (hit == sum ? adds : is_measured(result.type)) continue;
    tell(sheet.scope.draft, place(sheet.scope, sheet.written.name.span), "check.join",
         quoted(hit == sum       ? "collect sum"
                : hit == largest ? "collect largest"
                                 : "collect smallest") +
             " has no meaning for " + quoted(words(result.type)),
         "write `hit first` or `hit unique`");
  }
}

Below below(Sheet const& sheet, Column const& column) {
  switch (column.role) {
    case Column::Role::result:
      return {Below::What::result, &sheet.table.results[column.result].type};
    case Column::Role::value:
      return {Below::What::value, column.value ? &column.value->type : nullptr};
    case Column::Role::when:
      return {Below::What::condition, nullptr};
    case Column::Role::mistaken:
      return {};
  }
  return {};
}

/// Columns and rows from the file that the table names; they are told of at their places there.
void check_file(Sheet const& declared) {
  auto& draft = declared.scope.draft;
  auto const& named = *declared.written.file;
  if (!declared.written.rows.empty())
    tell(draft, place(declared.scope, declared.written.rows.front().span), "check.table-file",
         "the rows of this table stand in " + quoted(named.value), "put all rows into the file");
  auto const file = read_table_file(declared.scope, named);
  if (!file) return;
  auto written = declared.written;
  written.header = header_of(*file);
  written.name.span = file->sheet.rows[0].span;
  Sheet sheet{{draft, file->file}, written, declared.table, {}};
  check_columns(sheet);
  std::vector<Below> columns;
  for (auto const& column : sheet.columns) columns.push_back(below(sheet, column));
  for (auto const& row : read_rows(draft, *file, columns)) check_row(sheet, row);
}

void check_table(Draft& draft, std::uint32_t index) {
  auto const& [written, file, progress] = draft.tables[index];
  Sheet sheet{{draft, file}, *written, draft.policy.tables[index], {}};
  if (draft.names.find(written->name.text)->second.broken) return;
  for (auto const& result : sheet.table.results) {
    auto const path = sheet.table.name + "." + result.name;
    if (result.name.empty() || !draft.names.contains(path)) continue;
    tell(draft, {file, written->name.span}, "check.duplicate-name",
         quoted(path) + " is the name of something else too", "choose another name");
  }
  check_hit(sheet);
  if (written->file) return check_file(sheet);
  check_columns(sheet);
  for (auto const& row : written->rows) check_row(sheet, row);
}

}  // namespace

void check_tables(Draft& draft) {
  for (std::uint32_t i = 0; i < draft.tables.size(); ++i) check_table(draft, i);
  find_unused_files(draft);
}

}  // namespace heed::check
