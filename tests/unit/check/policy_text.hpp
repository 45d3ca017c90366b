#pragma once
#include <string>

#include "engine/check/policy.hpp"

/// A checked policy as text, without Places: two policies are the same where their texts are.
namespace heed {

/// `and(is(customer.tier, gold), violated(respect))`.
std::string text_of(Policy const& policy, Expression const& expression);
std::string text_of(Policy const& policy, Value const& value, Type const& type);
std::string text_of(Policy const& policy, Consequence const& consequence);

/// Everything that a policy says, one line for each declaration.
std::string text_of(Policy const& policy);

}  // namespace heed
