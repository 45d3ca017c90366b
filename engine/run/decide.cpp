#include "engine/run/decide.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "engine/run/assemble.hpp"
#include "engine/run/evaluate.hpp"
#include "engine/run/settle.hpp"

namespace heed::run {
namespace {

Decision assemble(Frame& frame) {
  auto const& inputs = frame.inputs;
  auto const& policy = frame.policy();
  Decision decision;
  decision.at = inputs.now;
  decision.subject = inputs.subject->subject;
  decision.policy = policy.name;
  decision.revision = inputs.rules.revision;
  decision.zone = policy.zone;
  decision.needs = list_needs(frame);
  decision.scores = list_scores(frame);
  decision.answers = list_answers(frame);
  decision.plan = list_plan(frame, decision.warnings);
  decision.say = list_sayings(frame);
  decision.choices = list_choices(frame);
  decision.checks = list_checks(frame);
  decision.escalations = list_escalations(frame);
  decision.alerts = list_alerts(frame);
  decision.record = list_recordings(frame);
  decision.forbidden = list_forbidden(frame);
  decision.withheld = list_withheld(frame);
  decision.matches = inputs.matches;
  decision.ignored = inputs.subject->ignored;
  for (auto const rule : frame.active)
    (frame.has_fired(rule) ? decision.fired : decision.pending)
        .push_back(policy.rules[index(rule)].name);
  return decision;
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
Figures collect_figures(Deciding& deciding) {
  find_figures(deciding.plain);
  auto figures = deciding.plain.figures;
  if (!deciding.left_open) return figures;
  find_figures(*deciding.left_open);
  for (auto const& [name, figure] : deciding.left_open->figures) {
    auto const plain = deciding.plain.figures.find(name);
    if (plain == deciding.plain.figures.end() || plain->second != figure)
      figures.emplace(open_mark + name, figure);
  }
  return figures;
}

}  // namespace

Deciding decide(Inputs const& inputs) {
  Deciding deciding{Frame{inputs, Reading::plain}, std::nullopt, {}, {}};
  auto& plain = deciding.plain;
  settle(plain);
  deciding.decision = assemble(plain);
  if (!plain.read_something_open) deciding.waits = find_waits(plain, plain);
  // Looking for what rules wait for may read more than deciding did.
  if (plain.read_something_open) {
    auto& left_open = deciding.left_open.emplace(inputs, Reading::left_open);
    settle(left_open);
    deciding.waits = find_waits(plain, left_open);
  }
  deciding.decision.questions = list_questions(plain, deciding.waits);
  auto& warnings = deciding.decision.warnings;
  std::ranges::move(deciding.waits.warnings, std::back_inserter(warnings));
  sort_warnings(warnings);
  deciding.decision.figures = collect_figures(deciding);
  return deciding;
}

}  // namespace heed::run

namespace heed {

Decision decide(RuleSet const& rules, Case const& subject, Instant now) {
  return decide(rules, subject, now, {});
}

Decision decide(RuleSet const& rules, Case const& subject, Instant now, Others const& others) {
  auto const inputs = run::make_inputs(rules, subject, now, others);
  return std::move(run::decide(inputs).decision);
}

}  // namespace heed
