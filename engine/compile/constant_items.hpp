#pragma once
#include "engine/compile/rule_set.hpp"

/// Plan items that are the same in every case.
namespace heed::compiling {

/// Whether a consequence comes to one, as ConstantItem says.
bool is_constant_item(Policy const& policy, Consequence const& consequence);

/// Fills in the ranks, in the order of plan items.
void rank(std::vector<ConstantItem>& items, Policy const& policy);

}  // namespace heed::compiling
