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
  lent::PlanItem const* shown = nullptr;
  std::size_t phase = 0;
  int weight = 0, severity = 0;
  ActionId action{};
  std::uint32_t rank = 0;  // of a constant item: by what it gives
  AllGiven given;          // of any other
};

/// Of the heaviest need that the item's rules serve: its weight, and its severity as it stands.
void add_weight(Frame const& frame, RuleId rule, Entry& entry) {
  for (auto const need : frame.inputs.rules.serves[index(rule)]) {
    auto const weight = frame.policy().needs[index(need)].weight;
    auto const severity = frame.needs[index(need)].severity;
    if (std::tie(entry.weight, entry.severity) >= std::tie(weight, severity)) continue;
    entry.weight = weight;
    entry.severity = severity;
  }
}

/// Items of one action are all constant or none is.
bool comes_before(Entry const& left, Entry const& right) {
  if (left.phase != right.phase) return left.phase < right.phase;
  if (left.weight != right.weight) return left.weight > right.weight;
  if (left.severity != right.severity) return left.severity > right.severity;
  if (left.action != right.action) return left.action < right.action;
  if (left.rank != right.rank) return left.rank < right.rank;
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

Entry make_entry(Policy const& policy, ActionId action) {
  Entry entry;
  entry.action = action;
  entry.phase = policy.actions[index(action)].phase.value_or(
      static_cast<std::uint32_t>(policy.phases.size()));
  return entry;
}

lent::PlanItem show(Frame& frame, Planned const& item, Standing const& standing,
                    std::vector<Warning>& warnings) {
  auto const& policy = frame.policy();
  auto const& action = policy.actions[index(item.action)];
  auto const judgement = judge(frame, item);
  warn_of(policy, item, judgement, warnings);
  lent::PlanItem shown;
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
  return shown;
}

using Entries = Growing<Entry>;

lent::PlanItem const* find_constant_item(Frame& frame, Writing const& writing,
                                         Unchanging& unchanging) {
  auto const*& known = unchanging.items[writing.item];
  if (known == nullptr) {
    known = keep<lent::PlanItem>(unchanging, frame, [&] {
      std::vector<Warning> none;
      return show(frame, plan_constant_item(frame, writing), {}, none);
    });
  }
  return known;
}

/// Adds the items of an action that are the same in every case. False, and none is added, where one
/// is not: where two rules give the same, or the action may yet be forbidden.
bool add_constant_items(Frame& frame, ActionId action, Unchanging& unchanging, Entries& entries) {
  if (!frame.writers.forbidding[index(action)].empty()) return false;
  auto const before = entries.size();
  auto const of_action = make_entry(frame.policy(), action);
  for (auto const& writing : frame.writers.doing[index(action)]) {
    if (!frame.has_fired(writing.rule)) continue;
    auto entry = of_action;
    if (writing.item != Writing::no_item)
      entry.rank = frame.inputs.rules.constant_items[writing.item].rank;
    auto const is_same = [&](Entry const& other) { return other.rank == entry.rank; };
    if (writing.item == Writing::no_item ||
        std::any_of(entries.begin() + before, entries.end(), is_same)) {
      entries.shorten(before);
      return false;
    }
    add_weight(frame, writing.rule, entry);
    entry.shown = find_constant_item(frame, writing, unchanging);
    entries.push_back(entry);
  }
  return true;
}

void add_items(Frame& frame, ActionId action, std::vector<Warning>& warnings, Entries& entries) {
  if (is_done(frame, action) != Truth::yes || is_forbidden(frame, action)) return;
  Standing standing{may_be_done(frame, action), {}};
  if (standing.may == Truth::no) return;
  auto const& forbidding = frame.writers.forbidding[index(action)];
  standing.unless = names_of(frame, rules_at(frame, forbidding, RuleStatus::pending));
  for (auto const& item : find_planned(frame, action)) {
    auto entry = make_entry(frame.policy(), action);
    entry.given = item.given;
    for (auto const rule : item.rules) add_weight(frame, rule, entry);
    entry.shown = new (frame.room.take_many<lent::PlanItem>(1))
        lent::PlanItem(show(frame, item, standing, warnings));
    entries.push_back(entry);
  }
}

}  // namespace

Picked<lent::PlanItem> list_plan(Frame& frame, Unchanging* unchanging,
                                 std::vector<Warning>& warnings) {
  Entries entries{frame.room};
  for (std::uint32_t at = 0; at < frame.policy().actions.size(); ++at) {
    ActionId const action{at};
    if (frame.writers.doing[at].empty()) continue;
    if (unchanging == nullptr || !add_constant_items(frame, action, *unchanging, entries))
      add_items(frame, action, warnings, entries);
  }
  std::ranges::sort(entries,
                    [](Entry const& one, Entry const& other) { return comes_before(one, other); });
  Growing<lent::PlanItem const*> plan{frame.room, entries.size()};
  for (auto const& entry : entries) plan.push_back(entry.shown);
  return {plan.list()};
}

List<lent::Forbidding> list_forbidden(Frame& frame) {
  Growing<lent::Forbidding> list{frame.room};
  for (std::size_t at = 0; at < frame.policy().actions.size(); ++at) {
    if (frame.writers.forbidding[at].empty()) continue;
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
