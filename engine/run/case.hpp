#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/compile/rule_set.hpp"

/// One customer's case, its facts in the slots of a rule set.
namespace heed {

struct Case {
  std::optional<Instant> at;  // the case's own clock
  std::string subject;        // whose case; may be empty
  std::vector<std::optional<Value>>
      facts;                         // by FactId, as many as the policy has; empty: not given
  std::vector<Happened> history;     // in the order given
  std::vector<std::string> ignored;  // JSON Pointers of what the policy does not declare, sorted
};

/// A case in which nothing is known.
Case make_case(RuleSet const& rules);

}  // namespace heed
