#include <algorithm>

#include "engine/run/assemble.hpp"
#include "engine/run/compose.hpp"
#include "engine/run/targets.hpp"

/// What rules found out: needs, scores and answers.
namespace heed::run {

std::vector<std::string> names_of(Policy const& policy, std::vector<RuleId> rules) {
  std::ranges::sort(rules);
  std::vector<std::string> names;
  for (std::size_t at = 0; at < rules.size(); ++at) {
    if (at == 0 || rules[at - 1] != rules[at]) names.push_back(policy.rules[index(rules[at])].name);
  }
  return names;
}

std::vector<Reason> reasons_of(Frame& frame, std::vector<RuleId> rules) {
  std::ranges::sort(rules);
  std::vector<Reason> reasons;
  for (std::size_t at = 0; at < rules.size(); ++at) {
    auto const& rule = frame.policy().rules[index(rules[at])];
    if (at == 0 || rules[at - 1] != rules[at])
      reasons.push_back({rule.name, compose(frame, rule.because)});
  }
  return reasons;
}

std::vector<RuleId> rules_at(Frame const& frame, Writings const& writings, RuleStatus status) {
  std::vector<RuleId> rules;
  for (auto const& writing : writings) {
    auto const is_last = !rules.empty() && rules.back() == writing.rule;
    if (frame.status[index(writing.rule)] == status && !is_last) rules.push_back(writing.rule);
  }
  return rules;
}

Shown show_outcome(Value const* value, Type const& type, Zone const& zone) {
  return value == nullptr ? Shown{} : show(*value, type, zone);
}

std::vector<NeedFinding> list_needs(Frame& frame) {
  auto const& policy = frame.policy();
  std::vector<NeedFinding> list;
  for (std::size_t at = 0; at < policy.needs.size(); ++at) {
    auto const& bounds = frame.needs[at];
    if (!bounds.is_written) continue;
    auto const& need = policy.needs[at];
    auto& finding = list.emplace_back();
    finding.need = need.name;
    finding.kind = need.kind;
    finding.state = bounds.state;
    finding.could_be = bounds.could_be;
    finding.severity = bounds.severity;
    finding.could_be_severity = bounds.could_be_severity;
    finding.because =
        reasons_of(frame, rules_at(frame, frame.writers.of_needs[at], RuleStatus::fired));
  }
  return list;
}

std::vector<ScoreFinding> list_scores(Frame& frame) {
  auto const& policy = frame.policy();
  std::vector<ScoreFinding> list;
  for (std::uint32_t at = 0; at < policy.scores.size(); ++at) {
    auto const& score = policy.scores[at];
    auto const start = std::clamp(Number{0}, score.from, score.to);
    auto const& bounds = score_of(frame, ScoreId(at));
    if (bounds.value == start && bounds.least == start && bounds.most == start) continue;
    list.push_back({score.name, bounds.value, bounds.least, bounds.most});
  }
  return list;
}

std::vector<AnswerFinding> list_answers(Frame& frame) {
  static Value const none{None{}};
  auto const& policy = frame.policy();
  std::vector<AnswerFinding> list;
  for (std::uint32_t at = 0; at < policy.answers.size(); ++at) {
    auto const& answer = policy.answers[at];
    auto const& bounds = answer_of(frame, AnswerId(at));
    auto const& start = answer.otherwise && !answer.reports ? *answer.otherwise : none;
    auto const is_start = [&start](Value const* value) {
      return value != nullptr && *value == start;
    };
    if (is_start(bounds.value) && is_start(bounds.could_be)) continue;
    auto const fired = rules_at(frame, frame.writers.of_answers[at], RuleStatus::fired);
    list.push_back({answer.name, show_outcome(bounds.value, answer.type, policy.zone),
                    show_outcome(bounds.could_be, answer.type, policy.zone),
                    names_of(policy, fired)});
  }
  return list;
}

}  // namespace heed::run
