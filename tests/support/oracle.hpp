#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/run/decision.hpp"

/// A second, deliberately simple evaluator, written from part 3 of the language alone: no index, no
/// layers worked out beforehand, every value computed again whenever it is read. The real one must
/// agree with it on everything.
namespace heed::oracle {

struct Past;  // tests/support/oracle_world.hpp

/// Decides a case in which `facts` are known, by FactId, as many as the policy has. Warnings have
/// their code alone.
Decision decide(Policy const& policy, std::string const& revision,
                std::vector<std::optional<Value>> const& facts, Instant now,
                Past const* past = nullptr);

}  // namespace heed::oracle
