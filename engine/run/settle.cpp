#include "engine/run/settle.hpp"

#include "engine/run/evaluate.hpp"
#include "engine/run/targets.hpp"

namespace heed::run {
namespace {

bool is_in_its_days(Rule const& rule, Date today) {
  return (!rule.from || *rule.from <= today) && (!rule.until || today <= *rule.until);
}

RuleStatus find_own_status(Frame& frame, Rule const& rule) {
  if (!is_in_its_days(rule, frame.inputs.today)) return RuleStatus::out_of_its_days;
  if (!rule.when) return RuleStatus::fired;
  switch (truth_of(frame, *rule.when)) {
    case Truth::yes:
      return RuleStatus::fired;
    case Truth::unknown:
      return RuleStatus::pending;
    case Truth::no:
      return RuleStatus::did_not_fire;
  }
  return RuleStatus::did_not_fire;
}

/// A rule that fires silences those that it overrides; while it is pending they are at most that.
RuleStatus find_status(Frame& frame, RuleId id) {
  auto status = find_own_status(frame, frame.policy().rules[index(id)]);
  if (status != RuleStatus::fired && status != RuleStatus::pending) return status;
  for (auto const other : frame.inputs.rules.overriding[index(id)]) {
    if (frame.has_fired(other)) return RuleStatus::overridden;
    if (frame.is_pending(other)) status = RuleStatus::pending;
  }
  return status;
}

void settle_once(Frame& frame, RuleId rule) {
  frame.status[index(rule)] = find_status(frame, rule);
  write_needs(frame, rule);
}

void forget_computed(Frame& frame) {
  for (auto& define : frame.defines) define.reset();
  for (auto& table : frame.tables) table.reset();
  frame.past.clear();
}

/// Statuses only rise, from not firing over pending to fired: so this ends.
bool raise_status(Frame& frame, RuleId rule) {
  auto& status = frame.status[index(rule)];
  if (status == RuleStatus::fired) return false;
  auto const found = find_status(frame, rule);
  auto const rises =
      found == RuleStatus::fired || (found == RuleStatus::pending && status != RuleStatus::pending);
  if (found == RuleStatus::out_of_its_days || found == RuleStatus::overridden) status = found;
  if (!rises) return false;
  status = found;
  write_needs(frame, rule);
  return true;
}

}  // namespace

void settle(Frame& frame) {
  settle(frame, frame.inputs.rules.layers);
}

void settle(Frame& frame, std::vector<Layer> const& layers) {
  for (auto const& layer : layers) {
    if (!layer.repeats) {
      for (auto const rule : layer.rules) settle_once(frame, rule);
      continue;
    }
    for (bool changes = true; changes;) {
      changes = false;
      forget_computed(frame);
      for (auto const rule : layer.rules) changes = raise_status(frame, rule) || changes;
    }
  }
}

}  // namespace heed::run
