#pragma once
#include <optional>

#include "engine/check/expression.hpp"

/// Items of lists and events, inside the brackets that ask something of them.
namespace heed::check {

/// While it lives, names are first looked up among the fields of one item.
class Within {
 public:
  Within(Draft& draft, ItemNames names) : draft_{draft} {
    draft_.items.push_back(std::move(names));
  }
  ~Within() { draft_.items.pop_back(); }
  Within(Within const&) = delete;
  Within& operator=(Within const&) = delete;

 private:
  Draft& draft_;
};

/// Whether a name inside brackets is one of an item's, and so of nothing else.
bool names_item(Draft const& draft, std::string_view name);

/// The field of an item around that `it` names. Nothing where it names none; null where it names
/// one wrongly, told.
std::optional<ExpressionPtr> find_field(Scope const& scope, ast::Expression const& whole,
                                        ast::Reference const& it);

/// The list that is named: a fact, or a field of an item around. Null where there is none, told.
ExpressionPtr find_list(Scope const& scope, ast::Name const& name);

/// What brackets that ask of each item of `list` call it and its fields.
ItemNames names_within(ast::Name const& item, ExpressionPtr const& list);
/// The same where the language names no item: it is called `item`.
ItemNames names_within(ExpressionPtr const& list);

}  // namespace heed::check
