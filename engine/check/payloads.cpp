#include "engine/check/payloads.hpp"

#include <algorithm>

#include "engine/check/constant.hpp"
#include "engine/check/expression.hpp"
#include "engine/check/settle.hpp"
#include "engine/check/shape.hpp"
#include "engine/check/tell.hpp"
#include "engine/check/texts.hpp"

namespace heed::check {

namespace {

/// RFC 6901: empty, or parts behind slashes in which `~` is followed by 0 or 1.
bool is_pointer(std::string_view text) {
  if (!text.empty() && text.front() != '/') return false;
  for (auto at = text.find('~'); at != text.npos; at = text.find('~', at + 1))
    if (at + 1 == text.size() || (text[at + 1] != '0' && text[at + 1] != '1')) return false;
  return true;
}

void check_pointer(Scope const& scope, ast::Text const& pointer) {
  if (is_pointer(pointer.value)) return;
  tell(scope.draft, place(scope, pointer.span), "check.pointer",
       quoted(pointer.value) + " is no JSON Pointer",
       "write the way to the member with slashes, as in \"/ticket/priority\"");
}

using Mappings = std::vector<std::pair<std::string, Value>>;

Mappings check_mappings(Scope const& scope, ast::SourceLine const& line, Type const& type) {
  Mappings mappings;
  for (auto const& mapping : line.mappings) {
    std::vector<ast::ExpressionPtr> values;
    if (auto const* one = std::get_if<ast::ExpressionPtr>(&mapping.to.form)) values = {*one};
    if (auto const* several = std::get_if<std::vector<ast::ExpressionPtr>>(&mapping.to.form))
      values = *several;
    if (values.empty() || type.kind == Kind::list) {
      auto const is_list = type.kind == Kind::list;
      tell(scope.draft, place(scope, mapping.to.span), "check.mapping",
           is_list ? "a text of the payload cannot stand for a list"
                   : "a text of the payload can only stand for a value",
           is_list ? "map the fields of its items, in lines of their own"
                   : "leave it out: a text that is no value of the fact leaves the fact unknown");
      continue;
    }
    auto const value = check_constants(scope, values, {type, quoted(line.target.text)},
                                       "what a text of the payload stands for");
    if (value) mappings.emplace_back(mapping.from.value, *value);
  }
  return mappings;
}

/// `order.items.sku from "/code"`: true where the line is one of these, sound or not.
bool check_item_line(Scope const& scope, Source& source, ast::SourceLine const& line) {
  auto const* outer = find_outer_list(scope.draft, line.target.text);
  if (!outer) return false;
  check_pointer(scope, line.pointer);
  auto path = find_path(scope.draft, line.target.text);
  if (path)
    source.item_lines.push_back({path->list, std::move(path->fields), line.pointer.value,
                                 check_mappings(scope, line, path->type)});
  else if (settle(scope.draft, outer->first))
    tell(scope.draft, place(scope, line.target.span), "check.unknown-field",
         quoted(outer->first) + " has no field " +
             quoted(line.target.text.substr(outer->first.size() + 1)),
         "name a field that its items are declared with");
  return true;
}

/// A wrong line is left out; its mistakes are told.
std::optional<SourceField> check_line(Scope const& scope, ast::SourceLine const& line) {
  SourceField field;
  field.pointer = line.pointer.value;
  auto const* fact = line.target.text == "subject" || line.target.text == "now"
                         ? nullptr
                         : find_symbol(scope, line.target, SymbolKind::fact);
  check_pointer(scope, line.pointer);
  if (line.target.text == "subject") field.target = SourceField::Target::subject;
  if (line.target.text == "now") field.target = SourceField::Target::now;
  if (field.target == SourceField::Target::fact) {
    if (!fact || !settle(scope.draft, line.target.text)) return std::nullopt;
    field.fact = static_cast<FactId>(fact->index);
  } else if (!line.mappings.empty()) {
    tell(scope.draft, place(scope, line.mappings[0].from.span), "check.mapping",
         quoted(line.target.text) + " is taken as it stands in the payload", "leave `where` out");
    return std::nullopt;
  }
  if (fact)
    field.mappings = check_mappings(scope, line, scope.draft.policy.facts[fact->index].type);
  return field;
}

void check_payload(Scope const& scope, Source& source, ast::Source const& written) {
  source.name = written.name.text;
  source.title = check_texts(scope, written.title);
  std::vector<std::string> seen;
  for (auto const& line : written.lines) {
    if (std::find(seen.begin(), seen.end(), line.target.text) != seen.end())
      tell(scope.draft, place(scope, line.target.span), "check.twice",
           quoted(line.target.text) + " has a line already", "leave one of the two out");
    seen.push_back(line.target.text);
    if (check_item_line(scope, source, line)) continue;
    if (auto field = check_line(scope, line)) source.fields.push_back(std::move(*field));
  }
  std::stable_sort(source.fields.begin(), source.fields.end(),
                   [](SourceField const& left, SourceField const& right) {
                     return std::tie(left.target, left.fact) < std::tie(right.target, right.fact);
                   });
  std::stable_sort(source.item_lines.begin(), source.item_lines.end(),
                   [](ItemLine const& left, ItemLine const& right) {
                     return std::tie(left.list, left.path) < std::tie(right.list, right.path);
                   });
}

}  // namespace

void check_payloads(Draft& draft) {
  for (auto const& declared : draft.payload_list)
    check_payload({draft, declared.file}, draft.policy.sources.emplace_back(), *declared.written);
}

}  // namespace heed::check
