#pragma once
#include <functional>
#include <string>

#include "engine/check/policy.hpp"

/// What stands inside what: the way through expressions and consequences for every analysis.
namespace heed::analyse {

using See = std::function<void(Expression const&)>;

/// Calls `see` for each expression directly inside `whole`, from left to right.
void each_part(Expression const& whole, See const& see);
/// Calls `see` for `whole` and everything inside it.
void each_within(Expression const& whole, See const& see);

/// Calls `see` for each value of a consequence.
void each_value(Consequence const& consequence, See const& see);
/// Calls `see` for each condition and value that the policy says outright: of rules, defines,
/// tables, answers and actions. Tests are left out.
void each_outright(Policy const& policy, See const& see);

}  // namespace heed::analyse
