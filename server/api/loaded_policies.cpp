#include "server/api/loaded_policies.hpp"

namespace heed::api {

std::shared_ptr<RuleSet const> LoadedPolicies::rules_of(store::StoredPolicy const& policy) {
  std::lock_guard const lock{mutex_};
  auto const found = rules_.find(policy.revision);
  if (found != rules_.end()) return found->second;
  return rules_.emplace(policy.revision, load(policy.sources, policy.revision).rules).first->second;
}

}  // namespace heed::api
