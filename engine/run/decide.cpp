#include "engine/run/decide.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "engine/run/assemble.hpp"
#include "engine/run/evaluate.hpp"
#include "engine/run/settle.hpp"

namespace heed::run {
namespace {

List<lent::Match> list_matches(Frame& frame) {
  Growing<lent::Match> list{frame.room};
  for (auto const& match : frame.inputs.matches)
    list.push_back({match.fact, match.phrases, match.phrase, match.begin, match.end});
  return list.list();
}

void assemble(Advice& advice) {
  auto& frame = advice.plain;
  auto const& inputs = frame.inputs;
  auto const& policy = frame.policy();
  auto& decision = advice.decision;
  decision.at = inputs.now;
  decision.subject = inputs.subject->subject;
  decision.policy = policy.name;
  decision.revision = inputs.rules.revision;
  decision.zone = policy.zone;
  decision.needs = list_needs(frame, advice.unchanging);
  decision.scores = list_scores(frame);
  decision.answers = list_answers(frame);
  decision.plan = list_plan(frame, advice.unchanging, advice.warnings);
  decision.say = list_sayings(frame);
  decision.choices = list_choices(frame);
  decision.checks = list_checks(frame);
  decision.escalations = list_escalations(frame, advice.unchanging);
  decision.alerts = list_alerts(frame);
  decision.record = list_recordings(frame);
  decision.forbidden = list_forbidden(frame);
  decision.withheld = list_withheld(frame);
  decision.matches = list_matches(frame);
  decision.ignored = {inputs.subject->ignored.data(), inputs.subject->ignored.size()};
  auto const count = frame.active.size();
  Growing<lent::Name> fired{frame.room, count}, pending{frame.room, count};
  for (auto const rule : frame.active)
    (frame.has_fired(rule) ? fired : pending).push_back(policy.rules[index(rule)].name);
  decision.fired = fired.list();
  decision.pending = pending.list();
}

void sort_warnings(std::vector<Warning>& warnings) {
  auto const order = [](Warning const& one) { return std::tie(one.code, one.rule, one.text); };
  std::ranges::sort(warnings, {}, order);
  auto const same = [&order](auto const& one, auto const& other) {
    return order(one) == order(other);
  };
  warnings.erase(std::unique(warnings.begin(), warnings.end(), same), warnings.end());
}

/// Finds every figure, also those that this decision could do without: an explanation computed
/// again from what is kept shows the same.
void find_figures(Frame& frame) {
  for (auto const& read : frame.inputs.rules.history) {
    if (read.window != nullptr && read.window->across_customers) evaluate(frame, *read.window);
    if (read.since != nullptr && read.since->across_customers) evaluate(frame, *read.since);
  }
}

/// The plain ones, and under a mark those that are different with what is left open.
void collect_figures(Advice& advice) {
  find_figures(advice.plain);
  advice.figures = advice.plain.figures;
  if (!advice.is_left_open) return;
  find_figures(*advice.left_open);
  for (auto const& [name, figure] : advice.left_open->figures) {
    auto const plain = advice.plain.figures.find(name);
    if (plain == advice.plain.figures.end() || plain->second != figure)
      advice.figures.emplace(open_mark + name, figure);
  }
}

/// The case with what is left open, settled.
Frame& look_left_open(Advice& advice) {
  advice.is_left_open = true;
  if (advice.left_open)
    advice.left_open->begin_again();
  else
    advice.left_open.emplace(advice.plain.inputs, Reading::left_open);
  settle(*advice.left_open);
  return *advice.left_open;
}

List<lent::Warning> list_warnings(Advice& advice) {
  auto& warnings = advice.warnings;
  std::ranges::move(advice.waits.warnings, std::back_inserter(warnings));
  sort_warnings(warnings);
  Growing<lent::Warning> list{advice.plain.room};
  for (auto const& warning : warnings) list.push_back({warning.code, warning.rule, warning.text});
  return list.list();
}

}  // namespace

void advise(Advice& advice) {
  auto& plain = advice.plain;
  plain.begin_again();
  advice.is_left_open = false;
  advice.warnings.clear();
  settle(plain);
  assemble(advice);
  if (!plain.read_something_open) find_waits(advice.waits, plain, plain);
  // Looking for what rules wait for may read more than deciding did.
  if (plain.read_something_open) find_waits(advice.waits, plain, look_left_open(advice));
  auto& decision = advice.decision;
  decision.questions = list_questions(plain, advice.waits);
  decision.warnings = list_warnings(advice);
  collect_figures(advice);
  decision.figures = advice.figures.empty() ? nullptr : &advice.figures;
}

}  // namespace heed::run

namespace heed {

Decision decide(RuleSet const& rules, Case const& subject, Instant now) {
  return decide(rules, subject, now, {});
}

Decision decide(RuleSet const& rules, Case const& subject, Instant now, Others const& others) {
  auto const inputs = run::make_inputs(rules, subject, now, others);
  run::Advice advice{inputs};
  run::advise(advice);
  return lent::own(advice.decision);
}

}  // namespace heed
