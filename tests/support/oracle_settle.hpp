#pragma once
#include <set>
#include <string>

#include "tests/support/oracle_world.hpp"

/// Which rules fire and which are pending.
namespace heed::oracle {

/// What a rule writes, as `could_change` names it: `need:respect`, `action:refund`, `escalation`.
std::set<std::string> written_by(Policy const& policy, Rule const& rule);
/// The targets that an expression names, by the same names, through defines and tables too.
std::set<std::string> named_in(Policy const& policy, ExpressionPtr const& expression);
/// The same of a rule, in its condition and its values.
std::set<std::string> named_in(Policy const& policy, Rule const& rule);

/// The world in which every rule is settled. `open` as in World.
World settle(Policy const& policy, std::vector<std::optional<Value>> const& facts, Instant now,
             bool open, Past const* past = nullptr);

}  // namespace heed::oracle
