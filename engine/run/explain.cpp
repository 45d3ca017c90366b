#include "engine/run/compose.hpp"
#include "engine/run/deadlines.hpp"
#include "engine/run/decide.hpp"
#include "engine/run/trace.hpp"

namespace heed {
namespace run {
namespace {

std::vector<std::string> list_facts(Policy const& policy, FactSet const& facts) {
  std::vector<std::string> names;
  facts.for_each([&](std::size_t fact) { names.push_back(policy.facts[fact].name); });
  return names;
}

/// Who silences a rule, or may where it waits.
std::vector<std::string> list_overriding(Frame const& frame, RuleId rule) {
  auto const status = frame.status[index(rule)];
  std::vector<std::string> names;
  for (auto const other : frame.inputs.rules.overriding[index(rule)]) {
    auto const silences = status == RuleStatus::overridden && frame.has_fired(other);
    auto const may = status == RuleStatus::pending && frame.is_pending(other);
    if (silences || may) names.push_back(frame.policy().rules[index(other)].name);
  }
  return names;
}

RuleExplanation explain_rule(Deciding& deciding, std::size_t number) {
  auto& frame = deciding.plain;
  auto const& rule = frame.policy().rules[number];
  RuleExplanation explanation;
  explanation.rule = rule.name;
  explanation.title = rule.title;
  explanation.because = lent::own(compose(frame, rule.because));
  explanation.sources = rule.sources;
  explanation.status = frame.status[number];
  if (explanation.status == RuleStatus::out_of_its_days) return explanation;
  if (rule.when) explanation.when = trace(frame, *rule.when);
  auto const* facts = deciding.waits.of(RuleId(static_cast<std::uint32_t>(number)));
  auto const is_active =
      explanation.status == RuleStatus::pending || explanation.status == RuleStatus::fired;
  if (is_active && facts != nullptr) explanation.waits_for = list_facts(frame.policy(), *facts);
  if (explanation.status == RuleStatus::fired) {
    for (auto const& [duration, due] : list_dues(frame, RuleId(static_cast<std::uint32_t>(number))))
      if (due.at && due.counted != nullptr)
        explanation.dues.push_back({duration->text, *due.at, *due.counted});
    return explanation;
  }
  explanation.overridden_by = list_overriding(frame, RuleId(static_cast<std::uint32_t>(number)));
  if (explanation.status == RuleStatus::overridden) return explanation;
  if (explanation.when && explanation.when->truth != Truth::yes) {
    explanation.stopped_by = find_stop(*explanation.when);
    explanation.failed = find_stops(*explanation.when);
  }
  return explanation;
}

}  // namespace
}  // namespace run

Explanation explain(RuleSet const& rules, Case const& subject, Instant now) {
  return explain(rules, subject, now, {});
}

Explanation explain(RuleSet const& rules, Case const& subject, Instant now, Others const& others) {
  auto const inputs = run::make_inputs(rules, subject, now, others);
  run::Deciding deciding{inputs};
  Explanation explanation;
  explanation.decision = std::move(deciding.decision);
  for (std::size_t at = 0; at < rules.policy.rules.size(); ++at)
    explanation.rules.push_back(run::explain_rule(deciding, at));
  return explanation;
}

}  // namespace heed
