#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/compare/policies.hpp"
#include "engine/compare/reads.hpp"
#include "engine/run/decision.hpp"

/// Which changes of a policy make a decision another one.
namespace heed::comparing {

/// Both policies with what they read, for asking about many cases.
struct Both {
  std::map<std::string, RuleReads> before, after;
  std::map<std::string, std::set<std::string>> writers;  // rules of either, by point
  std::map<Declaration, std::size_t> changed;            // places in the list of changes
};
Both make_both(RuleSet const& before, RuleSet const& after,
               std::vector<DeclarationChange> const& changes);

struct Causes {
  std::set<std::size_t> changes;  // places in the list of changes
  std::set<std::string> rules;    // that changed, or that read or name what did
  auto operator<=>(Causes const&) const = default;
};

/// Why one point of a decision differs. From the rules that write the point and stand otherwise
/// now, or say otherwise, to what changed in them, in what they read, and in what other rules write
/// that they read. Where none of this is found: the policy's own lines and its sources, where these
/// changed; else empty. `differing` are all points in which the two decisions differ.
Causes find_causes(Both const& both, Decision const& before, Decision const& after,
                   std::set<std::string> const& differing, std::string const& point);

}  // namespace heed::comparing
