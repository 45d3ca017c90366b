#pragma once
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <string>

#include "server/json/decision.hpp"
#include "tests/property/policies.hpp"
#include "tests/property/runs.hpp"

/// What properties of decisions share.
namespace heed::support {

/// What a property is asked about.
struct Trial {
  RandomPolicy const& policy;
  RuleSet const& rules;  // what the policy became
  RandomCase const& subject;
  std::uint64_t seed;  // for what the property itself chooses
};
/// What is wrong; empty where the property holds.
using Complaint = std::function<std::string(Trial const&)>;

/// Tries the property on random policies, four cases each, and fails with the smallest policy and
/// case found on which it does not hold.
void expect_of_random_cases(std::uint64_t usual_runs, Words words, Complaint const& complaint);

/// The decision as the world gets it, byte by byte.
inline std::string bytes_of(Decision const& decision) {
  std::string out;
  json::write_decision(out, decision, {});
  return out;
}
inline std::string bytes_of(RuleSet const& rules, RandomCase const& subject) {
  return bytes_of(decide_case(rules, subject));
}

}  // namespace heed::support
