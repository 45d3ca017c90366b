#pragma once
#include <memory>
#include <string>
#include <vector>

#include "engine/check/policy.hpp"

/// What a policy becomes to decide cases quickly. Immutable: any number of threads may read one.
namespace heed {

class PhraseMatcher;  // engine/compile/phrases.hpp

/// Rules that are settled together; see Policy::layers.
struct Layer {
  std::vector<RuleId> rules;
  bool repeats = false;  // applied until nothing changes: they read needs that they write
};

struct RuleSet {
  Policy policy;
  std::string revision;  // hash of the sources, as the caller computed it
  std::vector<Layer> layers;
  std::shared_ptr<PhraseMatcher const> phrases;
};

/// Compiles a policy that has no errors. Never fails.
std::shared_ptr<RuleSet const> compile(Policy policy, std::string revision);

}  // namespace heed
