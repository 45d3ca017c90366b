#include "engine/analyse/analyses.hpp"
#include "engine/analyse/tell.hpp"

namespace heed::analyse {
namespace {

bool is_no_time(Expression const& after) {
  auto const* constant = std::get_if<Constant>(&after.form);
  auto const* duration = constant ? std::get_if<Duration>(&constant->value) : nullptr;
  return duration && duration->months <= 0 && duration->days <= 0 && duration->seconds <= Number{};
}

void look_at(Policy const& policy, Escalate const& ladder, Diagnostics& found) {
  auto const* last = &policy.roles[index(ladder.to)];
  for (auto const& step : ladder.then) {
    auto const& role = policy.roles[index(step.to)];
    if (role.rank <= last->rank) {
      warn(found, step.after->where, "analysis.escalation-ladder",
           "the step to " + quoted(role.name) + " comes to nothing: it is " +
               (role.rank == last->rank ? "the role before it again"
                                        : "below " + quoted(last->name) + ", the role before it"),
           "each step of an escalation goes to a role above the one before");
      continue;
    }
    if (is_no_time(*step.after))
      warn(found, step.after->where, "analysis.escalation-ladder",
           "the step to " + quoted(role.name) + " leaves " + quoted(last->name) +
               " no time: it comes " + quoted(step.after->text) + " after the step before it",
           "`after` counts from the step before: write how long that role has");
    last = &role;
  }
}

}  // namespace

void find_broken_ladders(Policy const& policy, Diagnostics& found) {
  for (auto const& rule : policy.rules)
    for (auto const& consequence : rule.then)
      if (auto const* ladder = std::get_if<Escalate>(&consequence)) look_at(policy, *ladder, found);
}

}  // namespace heed::analyse
