#include <algorithm>
#include <tuple>

#include "engine/run/assemble.hpp"
#include "engine/run/authority.hpp"
#include "engine/run/deeds.hpp"
#include "engine/run/planned.hpp"
#include "engine/run/targets.hpp"

/// What is to be done: plan items, and what is forbidden or withheld.
namespace heed::run {
namespace {

/// A plan item and what orders it.
struct Entry {
  lent::PlanItem shown;
  std::size_t phase = 0;
  int weight = 0, severity = 0;
  ActionId action{};
  AllGiven given;
};

/// The heaviest need that the item's rules serve: its weight, and its severity as it stands.
void find_weight(Frame const& frame, Planned const& item, Entry& entry) {
  for (auto const rule : item.rules) {
    for (auto const need : frame.inputs.rules.serves[index(rule)]) {
      auto const weight = frame.policy().needs[index(need)].weight;
      auto const severity = frame.needs[index(need)].severity;
      if (std::tie(entry.weight, entry.severity) >= std::tie(weight, severity)) continue;
      entry.weight = weight;
      entry.severity = severity;
    }
  }
}

bool comes_before(Entry const& left, Entry const& right) {
  auto const place = [](Entry const& entry) {
    return std::tuple{entry.phase, -entry.weight, -entry.severity, entry.action};
  };
  if (place(left) != place(right)) return place(left) < place(right);
  return comes_before(left.given, right.given);
}

/// What of an item concerns its whole action, and is the same for all its items.
struct Standing {
  Truth may = Truth::yes;
  lent::Names unless;
};

void warn_of(Policy const& policy, Planned const& item, Judgement const& judgement,
             std::vector<Warning>& warnings) {
  auto const& action = policy.actions[index(item.action)];
  auto const name_of = [&](std::uint32_t parameter) {
    return "`" + action.takes[parameter].name + "` of `" + action.name + "`";
  };
  for (auto const& [parameter, flaw] : item.failures)
    warnings.push_back({std::string{code_of(flaw)}, "",
                        "joining " + name_of(parameter) + " " + std::string{words_of(flaw)}});
  if (judgement.beyond_all)
    warnings.push_back(
        {"authority.nobody", "",
         "no role may give as much as the " + name_of(*judgement.beyond_all) + " that is advised"});
}

Entry const* make_entry(Frame& frame, Planned const& item, Standing const& standing,
                        std::vector<Warning>& warnings) {
  auto const& policy = frame.policy();
  auto const& action = policy.actions[index(item.action)];
  auto const judgement = judge(frame, item);
  warn_of(policy, item, judgement, warnings);
  auto& entry = *new (frame.room.take_many<Entry>(1)) Entry{};
  entry.action = item.action;
  entry.phase = action.phase ? *action.phase : policy.phases.size();
  entry.given = item.given;
  find_weight(frame, item, entry);
  auto& shown = entry.shown;
  if (action.phase) shown.phase = policy.phases[*action.phase];
  shown.action = action.name;
  shown.with = show_given(frame, item.given, action.takes);
  if (!policy.roles.empty()) shown.by = policy.roles[index(item.by)].name;
  if (!action.internal_to.empty()) shown.internal_to = action.internal_to;
  shown.due = item.due.at;
  shown.expires = item.expires.at;
  shown.counted = item.due.counted != nullptr ? item.due.counted : item.expires.counted;
  if (auto const& approval = judgement.approval)
    shown.approval = {frame.room.keep(approval->role), frame.room.keep(approval->limit)};
  if (standing.may == Truth::unknown) shown.requires_ = action.requires_->text;
  shown.unless = standing.unless;
  shown.rules = names_of(frame, item.rules);
  return &entry;
}

}  // namespace

List<lent::PlanItem> list_plan(Frame& frame, std::vector<Warning>& warnings) {
  Growing<Entry const*> entries{frame.room};
  auto const& policy = frame.policy();
  for (std::uint32_t at = 0; at < policy.actions.size(); ++at) {
    ActionId const action{at};
    if (is_done(frame, action) != Truth::yes || is_forbidden(frame, action)) continue;
    Standing standing{may_be_done(frame, action), {}};
    if (standing.may == Truth::no) continue;
    auto const& forbidding = frame.writers.forbidding[at];
    standing.unless = names_of(frame, rules_at(frame, forbidding, RuleStatus::pending));
    for (auto const& item : find_planned(frame, action))
      entries.push_back(make_entry(frame, item, standing, warnings));
  }
  std::ranges::sort(
      entries, [](Entry const* one, Entry const* other) { return comes_before(*one, *other); });
  Growing<lent::PlanItem> plan{frame.room, entries.size()};
  for (auto const* entry : entries) plan.push_back(entry->shown);
  return plan.list();
}

List<lent::Forbidding> list_forbidden(Frame& frame) {
  Growing<lent::Forbidding> list{frame.room};
  for (std::size_t at = 0; at < frame.policy().actions.size(); ++at) {
    auto const rules = rules_at(frame, frame.writers.forbidding[at], RuleStatus::fired);
    if (!rules.empty()) list.push_back({frame.policy().actions[at].name, names_of(frame, rules)});
  }
  return list.list();
}

List<lent::Withholding> list_withheld(Frame& frame) {
  auto const& policy = frame.policy();
  Growing<lent::Withholding> list{frame.room};
  for (std::uint32_t at = 0; at < policy.actions.size(); ++at) {
    if (!policy.actions[at].requires_) continue;
    ActionId const action{at};
    Rules rules{frame.room};  // that do or offer it
    for (auto const& writing : frame.writers.doing[at])
      if (is_done(frame, writing) == Truth::yes) rules.push_back(writing.rule);
    for (auto const& writing : frame.writers.offering) {
      if (!frame.has_fired(writing.rule)) continue;
      for (auto const& offered : consequence_of<Offer>(frame, writing).actions)
        if (offered.action == action) rules.push_back(writing.rule);
    }
    if (rules.empty() || is_forbidden(frame, action)) continue;
    if (may_be_done(frame, action) != Truth::no) continue;
    list.push_back(
        {policy.actions[at].name, policy.actions[at].requires_->text, names_of(frame, rules)});
  }
  return list.list();
}

}  // namespace heed::run
