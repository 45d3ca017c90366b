#pragma once
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/run/decision.hpp"
#include "tests/support/oracle_world.hpp"

/// What a decision says that is done: its plan, and what escalates.
namespace heed::oracle {

/// A value as a decision shows it.
Shown show_value(std::optional<Value> const& value, Type const& type, Zone const& zone);

/// When a deadline ends, and how working time was counted; nothing where there is none, or its
/// duration or time is unknown.
struct Due {
  std::optional<Instant> at;
  std::optional<Counted> counted;
  std::optional<Failed> failed;
};
Due due_of(World const& world, std::optional<Deadline> const& deadline);
Due due_after(World const& world, std::optional<Instant> from, ExpressionPtr const& duration);
/// The earliest of these; of two at once the one that was counted, the first calendar's by name.
Due earliest(Due const& left, Due const& right);
/// Of the later steps of an escalation, each counted from the one before it.
std::vector<Due> dues_of_steps(World const& world, Escalate const& escalate);

/// Arguments or fields by parameter; an unknown one is empty.
using Given = std::vector<std::pair<std::uint32_t, std::optional<Value>>>;
Given given_by(World const& world, std::vector<Argument> const& arguments);
/// By name: what is not given, then what is unknown, then values.
bool given_before(Given const& left, Given const& right);

/// Everything that rules say of one plan item.
struct Planned {
  ActionId action{};
  Given telling_apart;
  std::vector<std::pair<std::uint32_t, Values>> joining;
  std::optional<RoleId> by;
  Due due, expires;
  std::set<std::string> rules;
};
std::vector<Planned> find_planned(World const& world);
/// By parameter, what has joined too.
Given all_given(World const& world, Planned const& item);
/// Who does it; nobody where there are no roles.
std::optional<RoleId> doer_of(Policy const& policy, Planned const& item);

std::vector<PlanItem> find_plan(World const& world);
/// Codes: of parameters that cannot be joined, and of what nobody may give.
std::set<std::string> plan_warnings(World const& world);
std::vector<Offering> find_choices(World const& world);
std::vector<CheckFinding> find_checks(World const& world);
std::vector<Escalation> find_escalations(World const& world);

/// The names of rules of this status for which `writes` holds of a consequence, each once.
template <class F>
std::vector<std::string> rules_where(World const& world, Status status, F const& writes) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < world.policy.rules.size(); ++i) {
    if (world.status[i] != status) continue;
    for (auto const& consequence : world.policy.rules[i].then) {
      if (writes(consequence)) names.insert(world.policy.rules[i].name);
    }
  }
  return {names.begin(), names.end()};
}
std::vector<std::string> rules_that_forbid(World const& world, Status status, ActionId action);

}  // namespace heed::oracle
