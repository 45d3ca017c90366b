#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "engine/advisor.hpp"
#include "server/store/policies.hpp"

namespace heed::api {

/// The policies of a log, each loaded once, for all threads that decide its cases again.
class LoadedPolicies {
 public:
  /// Null where the stored sources have mistakes. Who asks first loads; others wait.
  std::shared_ptr<RuleSet const> rules_of(store::StoredPolicy const& policy);

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<RuleSet const>, std::less<>> rules_;  // by revision
};

}  // namespace heed::api
