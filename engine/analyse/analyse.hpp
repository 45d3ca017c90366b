#pragma once
#include "engine/base/diagnostic.hpp"
#include "engine/check/policy.hpp"

/// What is suspicious in a policy that has no mistake.
namespace heed::analyse {

/// Warnings with codes `analysis.…`: rules and rows that can never hold, rows that overlap or leave
/// a case out, what is never used, and advice that cannot be meant so. They rest on intervals and
/// sets of values, not on proof: each says something true of the policy, and many true things are
/// not found. In no particular order. Time grows with the policy's length, not with its square.
Diagnostics analyse(Policy const& policy);

}  // namespace heed::analyse
