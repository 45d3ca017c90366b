#pragma once
#include "tests/support/oracle_world.hpp"

/// Lists, item by item.
namespace heed::oracle {

/// The items of a list, each with the fact that it came from; nothing where the list is unknown.
std::optional<std::vector<Looked>> items_of(World const& world, Expression const& list);

/// The same world in which one more item is looked at.
World looking_at(World world, Looked const& item);

/// Whether each item fits: nothing where the list is unknown.
std::optional<std::vector<Kleene>> each_fits(World const& world, Expression const& list,
                                             ExpressionPtr const& condition);

/// `any … has` and `every … has`.
Kleene item_test(World const& world, ItemTest const& test);
Outcome item_count(World const& world, Aggregate const& count);
/// A sum, smallest or largest; nothing where an item that may be taken in is unknown.
std::optional<Computed<Value>> aggregated(World const& world, Aggregate const& aggregate);

/// Whether a rule that says this does the action, all else being sure: of `for each`, whether an
/// item fits.
Kleene does(World const& world, Do const& what);

}  // namespace heed::oracle
