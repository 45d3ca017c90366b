#include <algorithm>

#include "engine/language/build_parts.hpp"

namespace heed::language {
namespace {

/// The forms of one value; what is no value is a condition or a computation.
template <class Form>
constexpr bool is_value_form =
    std::is_same_v<Form, NumberLiteral> || std::is_same_v<Form, MoneyLiteral> ||
    std::is_same_v<Form, DurationLiteral> || std::is_same_v<Form, DateLiteral> ||
    std::is_same_v<Form, TimeLiteral> || std::is_same_v<Form, TextLiteral> ||
    std::is_same_v<Form, TruthLiteral> || std::is_same_v<Form, NoneLiteral> ||
    std::is_same_v<Form, Now> || std::is_same_v<Form, Today> || std::is_same_v<Form, Reference> ||
    std::is_same_v<Form, Negative>;

bool is_value(Expression const& expression) {
  auto const is_one = []<class Form>(Form const&) { return is_value_form<Form>; };
  return expression.bracketed || std::visit(is_one, expression.form);
}

/// `gold` and `silver or gold` are values; anything else is a whole expression.
decltype(Cell::form) cell_form_of(ExpressionPtr expression) {
  if (is_value(*expression)) return Cell::Values{{std::move(expression)}};
  auto const* any = std::get_if<AnyOf>(&expression->form);
  if (any && std::ranges::all_of(any->parts, [](auto const& part) { return is_value(*part); }))
    return Cell::Values{any->parts};
  return Cell::Whole{std::move(expression)};
}

Cell cell_of(Building& building, Node const& node, bool is_condition) {
  Node const& what = node.parts.at(0);
  Cell cell{.span = node.span(), .form = Cell::Anything{}};
  if (what.kind == Kind::nothing) return cell;
  if (what.kind == Kind::bound) {
    cell.form = Cell::Bound{relation_of(what.parts.at(0).text()),
                            expression_of(building, what.parts.at(1))};
    return cell;
  }
  auto expression = expression_of(building, what);
  if (Node const* up_to = node.find(Kind::up_to))
    cell.form = Cell::Band{expression, expression_of(building, up_to->parts.at(0))};
  else if (is_condition)
    cell.form = Cell::Whole{expression};
  else
    cell.form = cell_form_of(expression);
  return cell;
}

Table::Hit hit_of(Node const& node) {
  auto const word = node.parts.at(0).text();
  if (word == "unique") return Table::Hit::unique;
  if (word == "largest") return Table::Hit::largest;
  if (word == "smallest") return Table::Hit::smallest;
  return word == "sum" ? Table::Hit::sum : Table::Hit::first;
}

}  // namespace

Table table_of(Building& building, Node const& node) {
  Table table;
  table.name = name_of(node.parts.at(0));
  table.title = title_of(building, node);
  if (Node const* result = node.find(Kind::result)) {
    if (Node const* type = result->find(Kind::type)) table.type = type_of(*type);
    table.results = fields_of(*result);
  }
  if (Node const* hit = only(building, node, Kind::hit)) table.hit = hit_of(*hit);
  if (Node const* file = only(building, node, Kind::file)) table.file = text_of(file->parts.at(0));
  if (Node const* header = node.find(Kind::header))
    for (Node const& column : header->parts) table.header.push_back(name_of(column));
  for (Node const& part : node.parts) {
    if (part.kind != Kind::row) continue;
    Row row{.span = part.span(), .cells = {}};
    for (std::size_t at = 0; at < part.parts.size(); ++at) {
      bool const is_condition = at < table.header.size() && table.header[at].text == "when";
      row.cells.push_back(cell_of(building, part.parts[at], is_condition));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Source source_of(Building& building, Node const& node) {
  Source source{.name = name_of(node.parts.at(0)), .title = title_of(building, node), .lines = {}};
  for (Node const& part : node.parts) {
    if (part.kind != Kind::source_line) continue;
    SourceLine line{name_of(part.parts.at(0)), text_of(part.parts.at(1)), {}};
    for (Node const& mapping : part.parts)
      if (mapping.kind == Kind::mapping)
        line.mappings.push_back(
            {text_of(mapping.parts.at(0)), value_of(building, mapping.parts.at(1))});
    source.lines.push_back(std::move(line));
  }
  return source;
}

Authority authority_of(Building& building, Node const& node) {
  Authority authority{name_of(node.parts.at(0)), {}};
  for (Node const& part : node.parts)
    if (part.kind == Kind::authority_line)
      authority.lines.push_back({name_of(part.parts.at(0)),
                                 expression_behind(building, part, Kind::up_to),
                                 expression_behind(building, part, Kind::when)});
  return authority;
}

Calendar calendar_of(Building& building, Node const& node) {
  Calendar calendar;
  calendar.name = name_of(node.parts.at(0));
  calendar.title = title_of(building, node);
  if (Node const* zone = only(building, node, Kind::zone))
    calendar.zone = text_of(zone->parts.at(0));
  for (Node const& part : node.parts) {
    if (part.kind == Kind::open) {
      auto names = names_of(part);
      names.resize(names.size() - 2);  // the last two are the hours
      auto const hours = part.parts.size() - 2;
      calendar.open.push_back({std::move(names), has_flag(part, "to"), text_of(part.parts[hours]),
                               text_of(part.parts[hours + 1])});
    }
    if (part.kind != Kind::closed) continue;
    for (Node const& day : part.parts) {
      bool const eve = has_flag(day, "eve");
      Node const& which = day.parts.at(eve ? 1 : 0);
      std::variant<Date, Name> when = name_of(which);
      if (which.first->kind == TokenKind::date)
        when = date_of(building, *which.first).value_or(Date{});
      calendar.closed.push_back({std::move(when), eve, title_of(building, day), day.span()});
    }
  }
  return calendar;
}

}  // namespace heed::language
