#pragma once
#include <functional>
#include <map>
#include <string>

#include "tests/support/random_facts.hpp"
#include "tests/support/random_policy.hpp"

/// Making a failing policy and case small enough to be read.
namespace heed::support {

/// An event, its names kept: a smaller policy numbers them differently.
struct NamedEvent {
  std::string event;
  Instant at;
  std::map<std::string, Value> fields;
};

struct Failing {
  RandomPolicy policy;
  std::map<std::string, Value> facts;  // what is known, by name
  Instant now;
  std::vector<NamedEvent> history, of_others;
};

Failing make_failing(RandomPolicy const& policy, Policy const& checked, RandomCase const& subject);

/// The case for a policy that may declare fewer facts.
RandomCase case_for(Policy const& checked, Failing const& failing);

/// Leaves out declarations, lines, brackets and facts for as long as `fails` holds. `fails` answers
/// false for a policy that has errors.
Failing shrink(Failing failing, std::function<bool(Failing const&)> const& fails);

/// The policy and what is known, for a person.
std::string describe(Failing const& failing);

}  // namespace heed::support
