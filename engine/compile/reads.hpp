#pragma once
#include <functional>
#include <vector>

#include "engine/compile/rule_set.hpp"

/// What the conditions and values of a policy read.
namespace heed::compiling {

/// Calls for the expression and all that stands in it.
void for_each_within(Expression const& expression,
                     std::function<void(Expression const&)> const& visit);
/// The same for every expression of rules, actions, defines and tables, but not of tests.
void for_each_expression(Policy const& policy, std::function<void(Expression const&)> const& visit);

/// For each rule the needs that its condition and its values read, through defines, tables and
/// answers that report them too: ascending, each once.
std::vector<std::vector<NeedId>> find_needs_read(Policy const& policy);

/// Each text fact with the phrases that a rule, a define, a table or a `requires` looks for in it.
std::vector<Mentioned> find_mentions(Policy const& policy);

}  // namespace heed::compiling
