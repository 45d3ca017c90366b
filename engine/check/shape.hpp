#pragma once
#include <optional>

#include "engine/check/draft.hpp"
#include "engine/check/expression.hpp"

/// What the items of a list are.
namespace heed::check {

/// The type of a fact that is declared `list of`, with its inner lists. Nothing where it has a
/// mistake, told.
std::optional<Type> make_list_type(Scope const& scope, ast::Fact const& written);

/// A field inside the items of a list, by the way to it: `order.items.parts.name`.
struct FieldPath {
  FactId list{};
  std::vector<std::uint32_t> fields;  // through inner lists; the last is the field itself
  Type type;                          // of that
};
/// The field that a dotted name leads to; nothing where its beginning names no list, or a broken
/// one, or the list has no such field.
std::optional<FieldPath> find_path(Draft& draft, std::string_view name);

/// The list whose name `name` begins with, the longest; null where there is none. Settled or not.
Symbols::value_type const* find_outer_list(Draft const& draft, std::string_view name);

}  // namespace heed::check
