#include "engine/check/given_item.hpp"

#include <algorithm>

#include "engine/check/constant.hpp"
#include "engine/check/settle.hpp"
#include "engine/check/shape.hpp"
#include "engine/check/tell.hpp"

namespace heed::check {

namespace {

constexpr auto given_what = "what a test gives";

struct Giving {
  Scope const& scope;
  Instant now;
  Shape const& shape;
  std::string const& list;
};

/// All values that the arguments give one field.
std::vector<ast::ExpressionPtr> values_of(ast::GivenItem const& written, std::string const& field) {
  std::vector<ast::ExpressionPtr> values;
  for (auto const& argument : written.fields)
    if (argument.name.text == field) values.push_back(argument.value);
  return values;
}

std::optional<Value> check_field(Giving const& giving, ast::GivenItem const& written,
                                 Shape::Field const& field) {
  auto const values = values_of(written, field.name);
  if (values.empty()) return std::nullopt;
  Wanted const wanted{field.type, quoted(field.name) + " of " + quoted(giving.list)};
  if (field.type.kind == Kind::list) return check_items(giving.scope, values, wanted, giving.now);
  return check_constants(giving.scope, values, wanted, given_what, giving.now);
}

void check_names(Giving const& giving, ast::GivenItem const& written) {
  std::vector<std::string> names;
  for (auto const& field : giving.shape.fields) names.push_back(field.name);
  for (auto const& argument : written.fields)
    if (std::find(names.begin(), names.end(), argument.name.text) == names.end())
      tell_word(giving.scope.draft, place(giving.scope, argument.name.span), "check.unknown-field",
                quoted(giving.list) + " has no field " + quoted(argument.name.text),
                argument.name.text, names, "its fields are " + listed(names));
}

Item make_item(Giving const& giving, ast::GivenItem const& written) {
  check_names(giving, written);
  Item item;
  for (auto const& field : giving.shape.fields)
    item.fields.push_back(check_field(giving, written, field));
  return item;
}

/// The list with one item more: at its end, or inside its last item. False where that is missing.
bool append(std::optional<Value>& list, std::vector<std::uint32_t> const& path, std::size_t depth,
            Item const& item) {
  std::vector<Item> items;
  if (list) items = *std::get<ListValue>(*list).items;
  if (depth == path.size())
    items.push_back(item);
  else if (items.empty() || !append(items.back().fields[path[depth]], path, depth + 1, item))
    return false;
  list = make_list(std::move(items));
  return true;
}

/// The list that is named, as the way to it from a fact; told where there is none.
std::optional<FieldPath> find_given(Scope const& scope, ast::Name const& name) {
  auto const found = scope.draft.names.find(name.text);
  auto const is_inner =
      found != scope.draft.names.end() && found->second.kind == SymbolKind::inner_list;
  if (is_inner) return find_path(scope.draft, name.text);
  auto const* symbol = find_symbol(scope, name, SymbolKind::fact);
  if (!symbol || !settle(scope.draft, name.text)) return std::nullopt;
  return FieldPath{FactId(symbol->index), {}, scope.draft.policy.facts[symbol->index].type};
}

bool is_list_of_records(Scope const& scope, ast::Name const& name, Type const& type) {
  if (type.kind == Kind::list && type.shape->is_record()) return true;
  tell(scope.draft, place(scope, name.span), "check.not-a-list",
       quoted(name.text) + " is " + words(type) + ", and has no items with fields",
       "write " + quoted(name.text + " is …"));
  return false;
}

}  // namespace

void give_item(Scope const& scope, Test& test, Instant now, ast::GivenItem const& written) {
  auto const path = find_given(scope, written.list);
  if (!path || !is_list_of_records(scope, written.list, path->type)) return;
  auto const item = make_item({scope, now, *path->type.shape, written.list.text}, written);
  auto given = std::find_if(test.facts.begin(), test.facts.end(),
                            [&](auto const& one) { return one.first == path->list; });
  auto list = given == test.facts.end() ? std::nullopt : std::optional{given->second};
  if (!append(list, path->fields, 0, item)) {
    auto const* outer = find_outer_list(scope.draft, written.list.text);
    tell(scope.draft, place(scope, written.list.span), "check.inner-list",
         "no item of " + quoted(outer->first) + " stands before this one, which belongs to it",
         "give an item of " + quoted(outer->first) + " in a line above");
    return;
  }
  if (given == test.facts.end())
    test.facts.emplace_back(path->list, *list);
  else
    given->second = *list;
}

std::optional<Value> check_items(Scope const& scope, std::vector<ast::ExpressionPtr> const& written,
                                 Wanted const& wanted, Instant now) {
  if (written.size() == 1 && std::holds_alternative<ast::NoneLiteral>(written.front()->form))
    return make_list({});
  auto const& shape = *wanted.type.shape;
  if (shape.is_record()) {
    tell(scope.draft, place(scope, written.front()->span), "check.not-a-value",
         wanted.of + " is a list whose items have fields",
         "give each item in a line of its own, as in `order.items: sku \"a\"`");
    return std::nullopt;
  }
  std::vector<Item> items;
  for (auto const& one : written) {
    auto value =
        check_constants(scope, {one}, {shape.fields.front().type, wanted.of}, given_what, now);
    if (!value) return std::nullopt;
    items.push_back({{std::move(value)}});
  }
  return make_list(std::move(items));
}

}  // namespace heed::check
