#pragma once
#include "engine/check/policy.hpp"

namespace heed::compiling {

/// Whether nothing of what a rule brings about and says can be unknown or fail once it fires: all
/// its values are constants, its texts have no slots, and it counts no deadline.
bool is_plain(Policy const& policy, Rule const& rule);

/// Whether an action is done with constants, whenever its rule fires, and no deadline.
bool is_plain_deed(Policy const& policy, Do const& what);

}  // namespace heed::compiling
