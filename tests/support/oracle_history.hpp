#pragma once
#include <optional>
#include <vector>

#include "tests/support/oracle_lists.hpp"

/// Events of the past, one by one and each time anew.
namespace heed::oracle {

/// `count of EVENT in last D where (…)`, `any EVENT in last D where (…)`.
Outcome window(World const& world, EventWindow const& it);
/// `time since last EVENT where (…)`.
Outcome time_since(World const& world, TimeSince const& it);

/// Why the window has no beginning; nothing where it has one, or its length is unknown.
std::optional<Failed> window_failure(World const& world, EventWindow const& it);

/// The case's own events of which it matters whether they count.
std::vector<Looked> events_that_matter(World const& world, EventWindow const& it);
std::vector<Looked> events_that_matter(World const& world, TimeSince const& it);

/// What stands beside `time since last …`: months are counted back from now.
Outcome beside_time_since(World const& world, Outcome outcome);
bool is_time_since(World const& world, Expression const& expression);

/// The largest parts of a condition in which no field of an item or event stands.
std::vector<ExpressionPtr> parts_beside_items(ExpressionPtr const& condition);

}  // namespace heed::oracle
