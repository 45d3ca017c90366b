#include "engine/run/evaluator.hpp"

#include "engine/run/decide.hpp"
#include "engine/run/settle.hpp"
#include "engine/run/targets.hpp"

namespace heed {

struct Evaluator::State {
  explicit State(RuleSet const& rules)
      : inputs{run::make_inputs(rules, make_case(rules), {})},
        unchanging{rules},
        advice{inputs, &unchanging} {}

  run::Inputs inputs;
  run::Unchanging unchanging;
  run::Advice advice;
};

Evaluator::Evaluator(RuleSet const& rules) : state_{std::make_unique<State>(rules)} {}
Evaluator::~Evaluator() = default;

Evaluation Evaluator::evaluate(Case const& subject, Instant now) {
  auto& frame = state_->advice.plain;
  run::refill(state_->inputs, subject, now);
  frame.begin_again();
  run::settle(frame);
  run::join_written_targets(frame);
  return {frame.status, frame.active};
}

lent::Decision const& Evaluator::decide(Case const& subject, Instant now, Others const& others) {
  run::refill(state_->inputs, subject, now, others);
  run::advise(state_->advice);
  return state_->advice.decision;
}

}  // namespace heed
