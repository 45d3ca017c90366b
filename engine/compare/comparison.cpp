#include "engine/compare/comparison.hpp"

#include <algorithm>

#include "engine/compare/causes.hpp"
#include "engine/compare/merging.hpp"
#include "engine/compare/points.hpp"

namespace heed {
namespace comparing {
namespace {

struct Gathered {
  ComparisonGroup group;
  Merging points;
};

std::string const* find(Points const& points, std::string const& point) {
  auto const found = points.find(point);
  return found == points.end() ? nullptr : &found->second;
}

std::set<std::string> find_differing(Points const& before, Points const& after) {
  std::set<std::string> differing;
  for (auto const& [point, words] : before)
    if (auto const* other = find(after, point); other == nullptr || *other != words)
      differing.insert(point);
  for (auto const& [point, words] : after)
    if (find(before, point) == nullptr) differing.insert(point);
  return differing;
}

constexpr std::pair<std::string_view, Language> languages[] = {{"en", Language::english},
                                                               {"he", Language::hebrew}};

}  // namespace
}  // namespace comparing

struct Comparer::State {
  RuleSet const& before;
  RuleSet const& after;
  std::size_t examples;
  PolicyComparison comparison;
  comparing::Both both;
  std::map<comparing::Causes, comparing::Gathered> groups;

  /// The changes of one case, in words.
  std::map<std::string, PointChange> describe(std::set<std::string> const& differing,
                                              Decision const& old, Decision const& now) const {
    std::map<std::string, PointChange> changes;
    for (auto const& [code, language] : comparing::languages) {
      auto const then = comparing::find_points(old, language, &before.policy);
      auto const here = comparing::find_points(now, language, &after.policy);
      for (auto const& point : differing) {
        auto& change = changes[point];
        change.point = point;
        auto const* was = comparing::find(then, point);
        auto const* is = comparing::find(here, point);
        if (was != nullptr) change.before.emplace(code, *was);
        if (is != nullptr) change.after.emplace(code, *is);
        change.title.emplace(
            code,
            comparing::title_of(point, language, is != nullptr ? &after.policy : &before.policy));
      }
    }
    return changes;
  }

  void put(comparing::Causes const& causes, CaseName const& name, Instant at,
           std::vector<PointChange> changes) {
    auto found = groups.find(causes);
    if (found == groups.end()) {
      if (groups.size() >= limits::compare_groups_max) {
        ++comparison.groups_left_out;
        return;
      }
      found = groups.emplace(causes, comparing::Gathered{}).first;
      found->second.group.rules.assign(causes.rules.begin(), causes.rules.end());
      found->second.group.causes.assign(causes.changes.begin(), causes.changes.end());
    }
    auto& [group, points] = found->second;
    ++group.cases;
    if (group.names.size() < limits::compare_cases_max) group.names.push_back(name);
    for (auto const& change : changes)
      if (!points.add(change)) ++group.points_left_out;
    if (group.examples.size() < examples) group.examples.push_back({name, at, std::move(changes)});
  }
};

Comparer::Comparer(PolicySide const& before, PolicySide const& after, std::size_t examples)
    : state_{new State{before.rules, after.rules, examples, {}, {}, {}}} {
  auto& comparison = state_->comparison;
  auto const side = [](RuleSet const& rules) {
    return PolicyComparison::Side{rules.policy.name, rules.revision, rules.policy.title};
  };
  comparison.before = side(before.rules);
  comparison.after = side(after.rules);
  comparison.zone = after.rules.policy.zone;
  comparison.changes = find_changes(before, after);
  for (auto const* rules : {&before.rules, &after.rules})
    for (auto const& rule : rules->policy.rules)
      if (!rule.title.empty()) comparison.rule_titles[rule.name] = rule.title;
  state_->both = comparing::make_both(before.rules, after.rules, comparison.changes);
}

Comparer::~Comparer() = default;

bool Comparer::add(CaseName const& name, Decision const& before, Decision const& after) {
  auto& comparison = state_->comparison;
  ++comparison.cases;
  auto const differing =
      comparing::find_differing(comparing::find_points(before, Language::english, nullptr),
                                comparing::find_points(after, Language::english, nullptr));
  if (differing.empty()) {
    ++comparison.same;
    return false;
  }
  ++comparison.changed;
  std::map<comparing::Causes, std::vector<PointChange>> by_causes;
  for (auto& [point, change] : state_->describe(differing, before, after)) {
    auto causes = comparing::find_causes(state_->both, before, after, differing, point);
    by_causes[std::move(causes)].push_back(std::move(change));
  }
  for (auto& [causes, changes] : by_causes) state_->put(causes, name, after.at, std::move(changes));
  return true;
}

void Comparer::add_refused(Refusal refusal) {
  auto& comparison = state_->comparison;
  ++comparison.cases;
  ++(refusal.by_before && refusal.by_after ? comparison.refused_by_both
     : refusal.by_before                   ? comparison.refused_by_before
                                           : comparison.refused_by_after);
  auto const is_told = comparison.refusals.size() < 100;
  if (is_told) comparison.refusals.push_back(std::move(refusal));
}

PolicyComparison Comparer::finish() && {
  auto& comparison = state_->comparison;
  for (auto& [causes, gathered] : state_->groups) {
    auto& group = gathered.group;
    group.points = std::move(gathered.points).take();
    comparison.groups.push_back(std::move(group));
  }
  std::ranges::stable_sort(comparison.groups, std::ranges::greater{}, &ComparisonGroup::cases);
  return std::move(comparison);
}

}  // namespace heed
