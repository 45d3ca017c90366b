#include "server/api/workspace.hpp"

namespace heed::api {

Workspace& workspace_for(std::shared_ptr<RuleSet const> const& rules) {
  thread_local std::unique_ptr<Workspace> kept;
  if (kept == nullptr || kept->rules != rules) kept = std::make_unique<Workspace>(rules);
  return *kept;
}

}  // namespace heed::api
