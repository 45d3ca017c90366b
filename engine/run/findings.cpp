#include <algorithm>

#include "engine/run/assemble.hpp"
#include "engine/run/compose.hpp"
#include "engine/run/targets.hpp"

/// What rules found out: needs, scores and answers.
namespace heed::run {
namespace {

/// Calls `visit(RuleId)` for each of these rules, ascending, once.
template <class Visit>
void for_each_once(Rules& rules, Visit const& visit) {
  if (!std::ranges::is_sorted(rules)) std::ranges::sort(rules);
  for (std::size_t at = 0; at < rules.size(); ++at)
    if (at == 0 || rules[at - 1] != rules[at]) visit(rules[at]);
}

lent::Reason const* find_reason(Frame& frame, RuleId id, Unchanging* unchanging) {
  auto const& rule = frame.policy().rules[index(id)];
  auto const make = [&] { return lent::Reason{rule.name, compose(frame, rule.because)}; };
  if (unchanging == nullptr ||
      std::ranges::any_of(rule.because, [](auto const& text) { return has_slots(text.second); }))
    return new (frame.room.take_many<lent::Reason>(1)) lent::Reason(make());
  auto const*& known = unchanging->reasons[index(id)];
  if (known == nullptr) known = keep<lent::Reason>(*unchanging, frame, make);
  return known;
}

}  // namespace

lent::Names names_of(Frame& frame, Rules rules) {
  Growing<lent::Name> names{frame.room, rules.size()};
  for_each_once(rules,
                [&](RuleId rule) { names.push_back(frame.policy().rules[index(rule)].name); });
  return names.list();
}

Picked<lent::Reason> reasons_of(Frame& frame, Rules rules, Unchanging* unchanging) {
  Growing<lent::Reason const*> reasons{frame.room, rules.size()};
  for_each_once(rules, [&](RuleId id) { reasons.push_back(find_reason(frame, id, unchanging)); });
  return {reasons.list()};
}

Rules rules_at(Frame& frame, std::span<Writing const> writings, RuleStatus status) {
  Rules rules{frame.room};
  for (auto const& writing : writings) {
    auto const is_last = !rules.empty() && rules.back() == writing.rule;
    if (frame.status[index(writing.rule)] == status && !is_last) rules.push_back(writing.rule);
  }
  return rules;
}

Shown show_outcome(Value const* value, Type const& type, Zone const& zone) {
  return value == nullptr ? Shown{} : show(*value, type, zone);
}

lent::Shown lend_outcome(Frame& frame, Value const* value, Type const& type) {
  if (value == nullptr) return {};
  return lent::show(*value, type, frame.policy().zone, frame.room);
}

lent::Texts lend(Frame& frame, Texts const& texts) {
  Growing<lent::Text> lent{frame.room};
  for (auto const& [language, text] : texts) lent.push_back({language, text});
  return lent.list();
}

List<lent::NeedFinding> list_needs(Frame& frame, Unchanging* unchanging) {
  auto const& policy = frame.policy();
  Growing<lent::NeedFinding> list{frame.room};
  for (std::size_t at = 0; at < policy.needs.size(); ++at) {
    auto const& bounds = frame.needs[at];
    if (!bounds.is_written) continue;
    auto const& need = policy.needs[at];
    lent::NeedFinding finding;
    finding.need = need.name;
    finding.kind = need.kind;
    finding.state = bounds.state;
    finding.could_be = bounds.could_be;
    finding.severity = bounds.severity;
    finding.could_be_severity = bounds.could_be_severity;
    finding.because = reasons_of(
        frame, rules_at(frame, frame.writers.of_needs[at], RuleStatus::fired), unchanging);
    list.push_back(finding);
  }
  return list.list();
}

List<lent::ScoreFinding> list_scores(Frame& frame) {
  auto const& policy = frame.policy();
  Growing<lent::ScoreFinding> list{frame.room};
  for (std::uint32_t at = 0; at < policy.scores.size(); ++at) {
    auto const& score = policy.scores[at];
    auto const start = std::clamp(Number{0}, score.from, score.to);
    auto const& bounds = score_of(frame, ScoreId(at));
    if (bounds.value == start && bounds.least == start && bounds.most == start) continue;
    list.push_back({score.name, bounds.value, bounds.least, bounds.most});
  }
  return list.list();
}

List<lent::AnswerFinding> list_answers(Frame& frame) {
  static Value const none{None{}};
  auto const& policy = frame.policy();
  Growing<lent::AnswerFinding> list{frame.room};
  for (std::uint32_t at = 0; at < policy.answers.size(); ++at) {
    auto const& answer = policy.answers[at];
    auto const& bounds = answer_of(frame, AnswerId(at));
    auto const& start = answer.otherwise && !answer.reports ? *answer.otherwise : none;
    auto const is_start = [&start](Value const* value) {
      return value != nullptr && *value == start;
    };
    if (is_start(bounds.value) && is_start(bounds.could_be)) continue;
    auto const fired = rules_at(frame, frame.writers.of_answers[at], RuleStatus::fired);
    list.push_back({answer.name, lend_outcome(frame, bounds.value, answer.type),
                    lend_outcome(frame, bounds.could_be, answer.type), names_of(frame, fired)});
  }
  return list.list();
}

}  // namespace heed::run
