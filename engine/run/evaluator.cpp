#include "engine/run/evaluator.hpp"

#include <optional>

#include "engine/run/settle.hpp"
#include "engine/run/targets.hpp"

namespace heed {

struct Evaluator::State {
  RuleSet const& rules;
  std::optional<run::Inputs> inputs;
  std::optional<run::Frame> frame;
};

Evaluator::Evaluator(RuleSet const& rules)
    : state_{std::make_unique<State>(State{rules, std::nullopt, std::nullopt})} {}
Evaluator::~Evaluator() = default;

Evaluation Evaluator::evaluate(Case const& subject, Instant now) {
  auto& [rules, inputs, kept] = *state_;
  inputs.emplace(run::make_inputs(rules, subject, now));
  auto& frame = kept.emplace(*inputs, run::Reading::plain);
  run::settle(frame);
  auto const& policy = rules.policy;
  for (std::uint32_t at = 0; at < policy.scores.size(); ++at) run::score_of(frame, ScoreId(at));
  for (std::uint32_t at = 0; at < policy.answers.size(); ++at) run::answer_of(frame, AnswerId(at));
  for (std::uint32_t at = 0; at < policy.actions.size(); ++at) run::is_advised(frame, ActionId(at));
  return {frame.status, frame.active};
}

}  // namespace heed
