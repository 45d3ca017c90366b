#include "engine/check/items.hpp"

#include <algorithm>

#include "engine/check/settle.hpp"
#include "engine/check/tell.hpp"

namespace heed::check {

namespace {

constexpr auto nameless = "item";

bool is_record(ItemNames const& names) {
  return names.fields.size() != 1 || !names.fields.front().name.empty();
}

std::optional<std::uint32_t> find(ItemNames const& names, std::string_view field) {
  for (std::uint32_t i = 0; i < names.fields.size(); ++i)
    if (names.fields[i].name == field) return i;
  return std::nullopt;
}

/// What stands behind `item.`; nothing where the name does not begin so.
std::optional<std::string_view> find_part(ItemNames const& names, std::string_view name) {
  if (names.name.empty() || !name.starts_with(names.name)) return std::nullopt;
  auto const rest = name.substr(names.name.size());
  if (rest.size() < 2 || rest.front() != '.') return std::nullopt;
  return rest.substr(1);
}

void tell_field(Scope const& scope, Span span, ItemNames const& names, std::string_view part) {
  std::vector<std::string> fields;
  for (auto const& field : names.fields) fields.push_back(field.name);
  tell_word(scope.draft, place(scope, span), "check.unknown-field",
            "no field of " + quoted(names.of) + " is named " + quoted(part), part, fields,
            "its fields are " + listed(fields));
}

void tell_whole_item(Scope const& scope, Span span, ItemNames const& names) {
  auto const& first = names.fields.front().name;
  tell(scope.draft, place(scope, span), "check.whole-item",
       quoted(names.name) + " is a whole item of " + quoted(names.of) + ", not a value",
       "name a field of it, as in " + quoted(names.name + "." + first));
}

/// `order.items.parts` stands inside the items of `order.items`: it is asked of one of them.
void tell_inner(Scope const& scope, ast::Name const& name) {
  auto const dot = name.text.rfind('.');
  auto const outer = name.text.substr(0, dot), inner = name.text.substr(dot + 1);
  tell(scope.draft, place(scope, name.span), "check.inner-list",
       quoted(name.text) + " is a list in each item of " + quoted(outer),
       "go through both: " +
           quoted("any item in " + outer + " has (any one in " + inner + " has (…))"));
}

void tell_no_list(Scope const& scope, ast::Name const& name, std::string const& is) {
  tell(scope.draft, place(scope, name.span), "check.not-a-list",
       quoted(name.text) + " is " + is + ", not a list", "name a fact that is declared `list of`");
}

ExpressionPtr read_list_fact(Scope const& scope, ast::Name const& name, Symbol const& symbol) {
  auto& draft = scope.draft;
  if (!settle(draft, name.text)) return nullptr;
  auto const& type = draft.policy.facts[symbol.index].type;
  if (type.kind == Kind::list)
    return make_with_text(place(scope, name.span), type, FactValue{FactId(symbol.index)},
                          name.text);
  tell_no_list(scope, name, words(type));
  return nullptr;
}

void tell_unknown_list(Scope const& scope, ast::Name const& name) {
  std::vector<std::string> lists;
  for (auto const& [other, symbol] : scope.draft.names) {
    auto const is_fact = symbol.kind == SymbolKind::fact && !symbol.broken;
    if (is_fact &&
        scope.draft.facts[symbol.index].written->type.form == ast::TypeName::Form::list_of)
      lists.push_back(other);
  }
  tell_word(scope.draft, place(scope, name.span), "check.unknown-name",
            "no list is named " + quoted(name.text), name.text, lists,
            "declare it, as in " + quoted("fact " + name.text + " is list of text"));
}

bool is_barrier(ItemNames const& names) {
  return names.of.empty();
}

/// A name that would be of an item which is not seen here.
std::optional<ExpressionPtr> find_behind(Scope const& scope, ast::Expression const& whole,
                                         ast::Reference const& it) {
  if (scope.draft.names.contains(it.name)) return std::nullopt;
  for (auto const& names : scope.draft.items) {
    if (is_barrier(names)) break;
    if (it.name != names.name && !find_part(names, it.name) && !find(names, it.name)) continue;
    tell(scope.draft, place(scope, whole.span), "check.unknown-name",
         quoted(it.name) + " is of an item of " + quoted(names.of) +
             ", and not seen in what is counted across customers",
         "that is one figure for the whole case: compare with a fact of the case");
    return ExpressionPtr{};
  }
  return std::nullopt;
}

}  // namespace

bool names_item(Draft const& draft, std::string_view name) {
  auto const seen = std::find_if(draft.items.rbegin(), draft.items.rend(), is_barrier);
  return std::any_of(draft.items.rbegin(), seen, [&](ItemNames const& names) {
    return name == names.name || find_part(names, name) || find(names, name);
  });
}

std::optional<ExpressionPtr> find_field(Scope const& scope, ast::Expression const& whole,
                                        ast::Reference const& it) {
  auto const& items = scope.draft.items;
  for (std::uint32_t up = 0; up < items.size() && !it.quoted; ++up) {
    auto const& names = items[items.size() - 1 - up];
    if (is_barrier(names)) return find_behind(scope, whole, it);
    auto field = find(names, it.name);
    if (!field && it.name == names.name) {
      if (!is_record(names)) {
        field = 0;
      } else {
        tell_whole_item(scope, whole.span, names);
        return ExpressionPtr{};
      }
    }
    auto const part = field ? std::nullopt : find_part(names, it.name);
    if (part) field = find(names, *part);
    if (field) return make(scope, whole, names.fields[*field].type, ItemField{up, *field});
    if (!part) continue;
    tell_field(scope, whole.span, names, *part);
    return ExpressionPtr{};
  }
  return std::nullopt;
}

ExpressionPtr find_list(Scope const& scope, ast::Name const& name) {
  ast::Expression const whole{name.span, false, ast::Reference{name.text}};
  if (auto const field = find_field(scope, whole, std::get<ast::Reference>(whole.form))) {
    if (!*field || (*field)->type.kind == Kind::list) return *field;
    tell_no_list(scope, name, words((*field)->type));
    return nullptr;
  }
  auto const found = scope.draft.names.find(name.text);
  if (found == scope.draft.names.end()) {
    tell_unknown_list(scope, name);
    return nullptr;
  }
  auto const& symbol = found->second;
  if (symbol.broken) return nullptr;
  if (symbol.kind == SymbolKind::fact) return read_list_fact(scope, name, symbol);
  if (symbol.kind == SymbolKind::inner_list)
    tell_inner(scope, name);
  else if (symbol.kind == SymbolKind::event)
    tell(scope.draft, place(scope, name.span), "check.not-a-list",
         quoted(name.text) + " is an event, not a list",
         "say how far back to look, as in " + quoted("count of " + name.text + " in last 30 days"));
  else
    tell_no_list(scope, name, std::string{noun(symbol.kind)});
  return nullptr;
}

ItemNames names_within(ast::Name const& item, ExpressionPtr const& list) {
  return {item.text, list->text, list->type.shape->fields};
}

ItemNames names_within(ExpressionPtr const& list) {
  return {nameless, list->text, list->type.shape->fields};
}

}  // namespace heed::check
