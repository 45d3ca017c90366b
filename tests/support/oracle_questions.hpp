#pragma once
#include <map>
#include <set>
#include <string>

#include "engine/check/policy.hpp"
#include "tests/support/oracle_world.hpp"

/// What could still change the decision, and what stays unknown because a computation failed.
namespace heed::oracle {

struct Asked {
  std::map<FactId, std::set<std::string>> could_change;  // by fact: what it could change
  std::set<std::string> failures;                        // codes
};

/// `closed` is the world that decides; `open` the one with `is known` and the like left open.
Asked find_questions(World const& closed, World const& open);

}  // namespace heed::oracle
