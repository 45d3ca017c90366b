#include "engine/run/evaluator.hpp"

#include "engine/run/decide.hpp"
#include "engine/run/settle.hpp"
#include "engine/run/targets.hpp"

namespace heed {

struct Evaluator::State {
  explicit State(RuleSet const& rules)
      : inputs{run::make_inputs(rules, make_case(rules), {})}, advice{inputs} {}

  run::Inputs inputs;
  run::Advice advice;
};

Evaluator::Evaluator(RuleSet const& rules) : state_{std::make_unique<State>(rules)} {}
Evaluator::~Evaluator() = default;

Evaluation Evaluator::evaluate(Case const& subject, Instant now) {
  auto& frame = state_->advice.plain;
  run::refill(state_->inputs, subject, now);
  frame.begin_again();
  run::settle(frame);
  auto const& policy = frame.policy();
  for (std::uint32_t at = 0; at < policy.scores.size(); ++at) run::score_of(frame, ScoreId(at));
  for (std::uint32_t at = 0; at < policy.answers.size(); ++at) run::answer_of(frame, AnswerId(at));
  for (std::uint32_t at = 0; at < policy.actions.size(); ++at) run::is_advised(frame, ActionId(at));
  return {frame.status, frame.active};
}

lent::Decision const& Evaluator::decide(Case const& subject, Instant now, Others const& others) {
  run::refill(state_->inputs, subject, now, others);
  run::advise(state_->advice);
  return state_->advice.decision;
}

}  // namespace heed
