#pragma once
#include <vector>

#include "engine/compile/rule_set.hpp"

namespace heed::compiling {

/// Every expression of a policy, but for its tests, that reads the past. They belong to the policy.
std::vector<HistoryRead> find_history(Policy const& policy);

/// By EventId, whether an expression of the policy or an expectation of a test reads the event.
std::vector<bool> find_events_read(Policy const& policy);

}  // namespace heed::compiling
