#pragma once
#include <optional>
#include <vector>

#include "engine/check/expression.hpp"

/// Lists that a test gives.
namespace heed::check {

/// `given order.items: sku "a", price 20 ILS`: one more item. An item of an inner list,
/// `order.items.parts: name "x"`, belongs to the item that was given last. A field that is a set or
/// a list may be named several times. Mistakes are told.
void give_item(Scope const& scope, Test& test, Instant now, ast::GivenItem const& written);

/// `given order.codes is "a", "b"`: the values of a list of single values; `is none`: a list
/// without items. Nothing where there is a mistake, told.
std::optional<Value> check_items(Scope const& scope, std::vector<ast::ExpressionPtr> const& written,
                                 Wanted const& wanted, Instant now);

}  // namespace heed::check
