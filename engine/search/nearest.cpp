#include "engine/search/nearest.hpp"

#include <algorithm>
#include <map>

#include "engine/run/deadlines.hpp"
#include "engine/run/decide.hpp"
#include "engine/run/targets.hpp"
#include "engine/search/search.hpp"

namespace heed {
namespace search {
namespace {

Shown show_fact(Fact const& fact, Value const* value, Zone const& zone) {
  return value == nullptr ? Shown{} : show(*value, fact.type, zone);
}

NearestMiss to_miss(Answer const& answer, Trial const& trial) {
  auto const& policy = trial.rules().policy;
  NearestMiss miss;
  miss.tries = trial.tries();
  miss.is_complete = answer.is_complete;
  for (auto const& [id, candidate] : answer.change) {
    auto const& fact = policy.facts[index(id)];
    auto const* before = trial.unchanged().facts[index(id)];
    auto const* after = candidate->value ? &*candidate->value : nullptr;
    miss.changes.push_back({fact.name, show_fact(fact, before, policy.zone),
                            show_fact(fact, after, policy.zone), before != nullptr,
                            after != nullptr, candidate->value});
  }
  return miss;
}

Goal fire(RuleSet const& rules, Instant now, RuleId rule) {
  Goal goal;
  goal.may_be = [rule](run::Frame& frame) {
    return frame.has_fired(rule) || frame.is_pending(rule);
  };
  goal.is = [rule](run::Frame& frame) { return frame.has_fired(rule); };
  goal.is_confirmed = [&rules, now, rule](Case const& changed) {
    auto const decision = decide(rules, changed, now);
    return std::ranges::binary_search(decision.fired, rules.policy.rules[index(rule)].name);
  };
  return goal;
}

/// Who takes over and by when, by line of roles: the role's place in Policy::roles.
using TakenOver = std::map<std::uint32_t, std::pair<std::size_t, std::optional<Instant>>>;

TakenOver taken_over(Policy const& policy, std::vector<Escalation> const& escalations) {
  TakenOver taken;
  for (auto const& escalation : escalations) {
    if (!escalation.to) continue;
    auto const role = std::ranges::lower_bound(policy.roles, *escalation.to, {}, &Role::name);
    taken[role->line] = {static_cast<std::size_t>(role - policy.roles.begin()), escalation.due};
  }
  return taken;
}

/// The same before a decision is put into words. Of roles of one rank any may stand here.
TakenOver taken_over(run::Frame& frame) {
  auto const& policy = frame.policy();
  TakenOver taken;
  for (auto const& writing : frame.writers.escalating) {
    if (!frame.has_fired(writing.rule)) continue;
    auto const& form = run::consequence_of<Escalate>(frame, writing);
    auto const& role = policy.roles[index(form.to)];
    auto const due = form.within ? run::due_of(frame, *form.within).at : std::nullopt;
    auto const [found, is_new] = taken.try_emplace(role.line, index(form.to), due);
    auto& [highest, earliest] = found->second;
    if (role.rank > policy.roles[highest].rank) highest = index(form.to);
    if (due && (!earliest || *due < *earliest)) earliest = due;
  }
  return taken;
}

/// What one rule brings to the escalations; the times are nothing where they are not known.
struct Brought {
  RuleStatus status = RuleStatus::did_not_fire;
  std::vector<std::optional<Instant>> due;
  bool operator==(Brought const&) const = default;
};

Brought find_brought(run::Frame& frame, RuleId id) {
  Brought brought{frame.status[index(id)], {}};
  if (brought.status != RuleStatus::fired) return brought;
  for (auto const& consequence : frame.policy().rules[index(id)].then) {
    auto const* escalate = std::get_if<Escalate>(&consequence);
    if (escalate == nullptr || !escalate->within) continue;
    brought.due.push_back(run::due_of(frame, *escalate->within).at);
  }
  return brought;
}

std::vector<RuleId> list_escalating(RuleSet const& rules) {
  std::vector<RuleId> found;
  for (auto const& writing : rules.writers.escalating)
    if (found.empty() || found.back() != writing.rule) found.push_back(writing.rule);
  return found;
}

/// Whether what is not known leaves open that a rule brings something else than `before`.
bool may_bring_else(run::Frame& frame, RuleId rule, Brought const& before) {
  auto const now = find_brought(frame, rule);
  if (now.status == RuleStatus::pending || now.status != before.status) return true;
  auto const is_open = [](std::optional<Instant> const& due) { return !due; };
  return now.due != before.due || std::ranges::any_of(now.due, is_open);
}

Goal change_escalation(RuleSet const& rules, Case const& subject, Instant now, Trial& trial) {
  auto& plain = trial.unchanged_frame();
  auto const escalating = list_escalating(rules);
  std::vector<Brought> before;
  for (auto const rule : escalating) before.push_back(find_brought(plain, rule));
  auto const taken = taken_over(plain);
  auto const decided = taken_over(rules.policy, decide(rules, subject, now).escalations);
  Goal goal;
  goal.may_be = [escalating, before](run::Frame& frame) {
    for (std::size_t at = 0; at < escalating.size(); ++at)
      if (may_bring_else(frame, escalating[at], before[at])) return true;
    return false;
  };
  goal.is = [taken](run::Frame& frame) { return taken_over(frame) != taken; };
  goal.is_confirmed = [&rules, now, decided](Case const& changed) {
    return taken_over(rules.policy, decide(rules, changed, now).escalations) != decided;
  };
  return goal;
}

/// What one try costs, in rules that are settled; the others of the policy are only made room for.
std::uint64_t cost_of_try(RuleSet const& rules, Cone const& cone) {
  std::uint64_t cost = 1 + rules.policy.rules.size() / 8;
  for (auto const& layer : cone.layers) cost += layer.rules.size();
  return cost;
}

std::uint64_t tries_within(SearchLimits const& limits, std::uint64_t cost) {
  constexpr std::uint64_t at_least = 20;
  return std::min(limits.tries_max, std::max(limits.effort_max / cost, at_least));
}

struct Searched {
  NearestMiss miss;
  std::uint64_t effort = 0;
};

Searched search_for(RuleSet const& rules, Case const& subject, Instant now, RuleId rule,
                    SearchLimits const& limits) {
  auto const cone = find_cone(rules, {rule});
  auto const cost = cost_of_try(rules, cone);
  Trial trial{rules, subject, now, cone, tries_within(limits, cost)};
  auto const status = trial.unchanged_frame().status[index(rule)];
  if (status == RuleStatus::fired || status == RuleStatus::out_of_its_days) return {{}, cost};
  auto const candidates = find_candidates(trial);
  auto const goal = fire(rules, now, rule);
  auto const answer = find_smallest_change(trial, subject, candidates, goal, limits.facts_max);
  return {to_miss(answer, trial), trial.tries() * cost};
}

Case change_case(Case const& subject, Change const& change) {
  auto changed = subject;
  for (auto const& [fact, candidate] : change) changed.facts[index(fact)] = candidate->value;
  return changed;
}

}  // namespace
}  // namespace search

NearestMiss find_nearest_miss(RuleSet const& rules, Case const& subject, Instant now, RuleId rule,
                              SearchLimits const& limits) {
  return search::search_for(rules, subject, now, rule, limits).miss;
}

EscalationMiss find_nearest_escalation(RuleSet const& rules, Case const& subject, Instant now,
                                       SearchLimits const& limits) {
  auto const cone = search::find_cone(rules, search::list_escalating(rules));
  auto const tries_max = search::tries_within(limits, search::cost_of_try(rules, cone));
  search::Trial trial{rules, subject, now, cone, tries_max};
  auto const goal = search::change_escalation(rules, subject, now, trial);
  auto const candidates = search::find_candidates(trial);
  auto const answer =
      search::find_smallest_change(trial, subject, candidates, goal, limits.facts_max);
  EscalationMiss miss{search::to_miss(answer, trial), {}};
  if (!answer.change.empty())
    miss.then = decide(rules, search::change_case(subject, answer.change), now).escalations;
  return miss;
}

void add_nearest(Explanation& explanation, RuleSet const& rules, Case const& subject, Instant now,
                 std::string_view rule, SearchLimits const& limits) {
  auto const all = rule.empty();
  auto each = limits;
  if (all) {
    each.tries_max = std::min(limits.tries_max, limits.tries_each_max);
    each.effort_max =
        limits.effort_max * each.tries_max / std::max<std::uint64_t>(limits.tries_max, 1);
  }
  std::uint64_t tries = 0, effort = 0;
  for (std::size_t at = 0; at < explanation.rules.size(); ++at) {
    auto& explained = explanation.rules[at];
    if (!all && explained.rule != rule) continue;
    auto const can_fire =
        explained.status == RuleStatus::did_not_fire || explained.status == RuleStatus::pending;
    if (!can_fire) continue;
    if (tries >= 5 * limits.tries_max || effort >= 5 * limits.effort_max) {
      explained.nearest = NearestMiss{{}, 0, false};
      continue;
    }
    auto const id = RuleId{static_cast<std::uint32_t>(at)};
    auto searched = search::search_for(rules, subject, now, id, each);
    tries += searched.miss.tries;
    effort += searched.effort;
    explained.nearest = std::move(searched.miss);
  }
  if (all && !rules.writers.escalating.empty())
    explanation.escalation = find_nearest_escalation(rules, subject, now, limits);
}

}  // namespace heed
