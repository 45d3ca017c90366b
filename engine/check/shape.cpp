#include "engine/check/shape.hpp"

#include <algorithm>

#include "engine/base/limits.hpp"
#include "engine/check/settle.hpp"
#include "engine/check/tell.hpp"
#include "engine/check/types.hpp"

namespace heed::check {

namespace {

using Form = ast::TypeName::Form;

std::optional<Type> make_list(Scope const& scope, ast::Fact const& written, int depth);

/// A list may be empty, is wholly unknown or known, and has no literal.
bool check_list_words(Scope const& scope, ast::Fact const& written) {
  if (written.type.or_none) {
    tell(scope.draft, place(scope, written.type.span), "check.list-or-none",
         "a list may have no items, so it needs no `or none`", "leave `or none` out");
    return false;
  }
  if (!written.otherwise) return true;
  tell(scope.draft, place(scope, written.otherwise->span), "check.list-default",
       "a list has no default", "leave it out: a list that is not sent is unknown");
  return false;
}

/// `codes is list of text`: a list of single values; or any other type.
std::optional<Type> make_field_type(Scope const& scope, ast::TypeName const& written, int depth) {
  if (written.form != Form::list_of) return make_type(scope, written);
  ast::Fact list;
  list.type = written;
  return make_list(scope, list, depth + 1);
}

/// Adds a field; false where there is a mistake, told.
bool add_field(Scope const& scope, Shape& shape, ast::Name const& name, std::optional<Type> type) {
  auto const same = [&](Shape::Field const& other) { return other.name == name.text; };
  if (std::any_of(shape.fields.begin(), shape.fields.end(), same)) {
    tell(scope.draft, place(scope, name.span), "check.twice", quoted(name.text) + " is named twice",
         "leave one of the two out");
    return false;
  }
  if (name.text.find('.') != std::string::npos) {
    tell(scope.draft, place(scope, name.span), "check.field-name",
         quoted(name.text) + " is no name of a field: it has a dot", "name it with one word");
    return false;
  }
  if (type) shape.fields.push_back({name.text, std::move(*type)});
  return type.has_value();
}

bool add_fields(Scope const& scope, Shape& shape, ast::Fact const& written, int depth) {
  bool is_sound = true;
  for (auto const& field : written.fields) {
    if (field.join)
      tell(scope.draft, place(scope, field.join->span), "check.join", "nothing is joined here",
           "leave " + quoted(field.join->text) + " out");
    auto type = make_field_type(scope, field.type, depth);
    is_sound = add_field(scope, shape, field.name, std::move(type)) && !field.join && is_sound;
  }
  return is_sound;
}

/// What is said of the outer list holds for the inner one: it has no words of its own.
bool check_inner_words(Scope const& scope, ast::Fact const& written, std::string const& outer) {
  bool const has_words = written.is_private || written.is_public || written.confidential ||
                         !written.title.empty() || !written.ask.empty();
  if (has_words)
    tell(scope.draft, place(scope, written.name.span), "check.inner-list",
         quoted(written.name.text) + " is sent and asked for together with " + quoted(outer),
         "say `private`, `public`, `confidential`, `title` and `ask` of " + quoted(outer));
  return !has_words;
}

/// The lists declared directly inside this one.
bool add_inner_lists(Draft& draft, Shape& shape, std::string const& outer, int depth) {
  bool is_sound = true;
  auto const beginning = outer + ".";
  for (auto at = draft.names.lower_bound(beginning);
       at != draft.names.end() && at->first.starts_with(beginning); ++at) {
    if (at->second.kind != SymbolKind::inner_list) continue;
    auto const* parent = find_outer_list(draft, at->first);
    if (!parent || parent->first != outer) continue;
    auto const& [written, file, progress] = draft.inner_lists[at->second.index];
    Scope const scope{draft, file};
    auto name = written->name;
    name.text = at->first.substr(beginning.size());
    is_sound = check_inner_words(scope, *written, outer) && is_sound;
    is_sound = add_field(scope, shape, name, make_list(scope, *written, depth + 1)) && is_sound;
  }
  return is_sound;
}

bool add_single(Scope const& scope, Shape& shape, ast::Fact const& written) {
  auto type = make_type(scope, *written.type.element);
  if (!type) return false;
  shape.fields.push_back({"", std::move(*type)});
  if (written.fields.empty()) return true;
  tell(scope.draft, place(scope, written.fields.front().name.span), "check.list-of",
       "the items of " + quoted(written.name.text) + " are single values and have no fields",
       "write `list of` and the fields in lines below it");
  return false;
}

bool add_record(Scope const& scope, Shape& shape, ast::Fact const& written, int depth) {
  bool is_sound = add_fields(scope, shape, written, depth);
  if (!written.name.text.empty())
    is_sound = add_inner_lists(scope.draft, shape, written.name.text, depth) && is_sound;
  if (!is_sound || !shape.fields.empty()) return is_sound;
  tell(scope.draft, place(scope, written.type.span), "check.list-of",
       "this does not say what the items of the list are",
       "write `list of text`, or the fields of an item in lines below: `price is money`");
  return false;
}

std::optional<Type> make_list(Scope const& scope, ast::Fact const& written, int depth) {
  if (!check_list_words(scope, written)) return std::nullopt;
  if (depth > limits::list_depth_max) {
    tell(scope.draft, place(scope, written.type.span), "check.too-deep",
         "this list stands inside more than " + std::to_string(limits::list_depth_max - 1) +
             " others",
         "declare it as a list of its own");
    return std::nullopt;
  }
  Shape shape;
  if (!(written.type.element ? add_single(scope, shape, written)
                             : add_record(scope, shape, written, depth)))
    return std::nullopt;
  std::sort(shape.fields.begin(), shape.fields.end(),
            [](auto const& left, auto const& right) { return left.name < right.name; });
  auto type = plain(Kind::list);
  type.shape = std::make_shared<Shape const>(std::move(shape));
  return type;
}

}  // namespace

std::optional<Type> make_list_type(Scope const& scope, ast::Fact const& written) {
  return make_list(scope, written, 1);
}

Symbols::value_type const* find_outer_list(Draft const& draft, std::string_view name) {
  for (auto dot = name.rfind('.'); dot != name.npos && dot > 0; dot = name.rfind('.', dot - 1)) {
    auto const found = draft.names.find(name.substr(0, dot));
    if (found == draft.names.end()) continue;
    if (found->second.kind == SymbolKind::inner_list) return &*found;
    if (found->second.kind != SymbolKind::fact || found->second.broken) continue;
    auto const& written = *draft.facts[found->second.index].written;
    if (written.type.form == Form::list_of) return &*found;
  }
  return nullptr;
}

std::optional<FieldPath> find_path(Draft& draft, std::string_view name) {
  auto const* root = find_outer_list(draft, name);
  while (root && root->second.kind == SymbolKind::inner_list)
    root = find_outer_list(draft, root->first);
  if (!root || !settle(draft, root->first)) return std::nullopt;
  FieldPath path{FactId(root->second.index), {}, draft.policy.facts[root->second.index].type};
  for (auto rest = name.substr(root->first.size() + 1);;) {
    auto const dot = rest.find('.');
    if (path.type.kind != Kind::list) return std::nullopt;
    auto const& fields = path.type.shape->fields;
    auto const field = std::find_if(fields.begin(), fields.end(), [&](auto const& one) {
      return one.name == rest.substr(0, dot);
    });
    if (field == fields.end()) return std::nullopt;
    path.fields.push_back(static_cast<std::uint32_t>(field - fields.begin()));
    auto type = field->type;
    path.type = std::move(type);
    if (dot == rest.npos) return path;
    rest = rest.substr(dot + 1);
  }
}

}  // namespace heed::check
