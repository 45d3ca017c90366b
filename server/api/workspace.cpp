#include "server/api/workspace.hpp"

namespace heed::api {

Case const* Workspace::read_resolved(std::string_view json) {
  if (auto const read = reader.read(json)) return read.value();
  auto large = json::read_resolved_case(*rules, json);
  if (!large) return nullptr;
  other = std::move(large).value();
  return &other;
}

Workspace& workspace_for(std::shared_ptr<RuleSet const> const& rules) {
  thread_local std::unique_ptr<Workspace> kept;
  if (kept == nullptr || kept->rules != rules) kept = std::make_unique<Workspace>(rules);
  return *kept;
}

}  // namespace heed::api
