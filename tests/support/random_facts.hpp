#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/check/policy.hpp"
#include "tests/support/chance.hpp"

/// Random cases of a checked policy.
namespace heed::support {

/// A value that a fact of the type can have.
Value random_fact_value(Chance& chance, Type const& type, Zone const& zone);

/// A value for what is not known: of a known list, of its unknown fields alone. The same value
/// where everything is known.
Value random_answer(Chance& chance, std::optional<Value> const& known, Type const& type,
                    Zone const& zone);

struct RandomCase {
  std::vector<std::optional<Value>> facts;  // by FactId; empty: unknown
  Instant now;
  std::vector<Happened> history, of_others;  // in any order
};

/// A case in which some facts, all or none are known, and in whose past something may have
/// happened, also after its present.
RandomCase random_case(Policy const& policy, std::uint64_t seed);

/// The case in words, for a failing test.
std::string describe(Policy const& policy, RandomCase const& subject);

}  // namespace heed::support
