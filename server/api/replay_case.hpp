#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/advisor.hpp"
#include "server/store/record.hpp"

/// One logged case under two policies.
namespace heed::api {

/// What became of it: `changed` also where the two differ in what makes no difference, such as the
/// names of rules.
struct ReplayedCase {
  enum class How { same, changed, dropped, without_policy, unreadable };
  How how = How::same;
  bool by_another_engine = false, not_as_logged = false;
  std::optional<Decision> before, after;  // where it changed
  std::string refusal;                    // the first mistake
  std::vector<std::string> passed_over, short_history, no_figures;
};

/// `before` is null where the policy that decided it cannot be loaded.
ReplayedCase replay_case(store::Record const& record, RuleSet const* before, RuleSet const& after,
                         EngineVersion const& engine);

}  // namespace heed::api
