#pragma once
#include <memory>
#include <span>

#include "engine/run/explanation.hpp"
#include "engine/run/history.hpp"
#include "engine/run/lent.hpp"

/// Deciding one case after the other by one rule set, in memory that is kept from case to case.
namespace heed {

/// What the rules of a policy come to in a case, without a text: what fired and waits, and for each
/// target what is written to it. It lives until its evaluator's next case.
struct Evaluation {
  std::span<RuleStatus const> status;  // by RuleId
  std::span<RuleId const> active;      // those that fired or are pending, ascending
};

/// Belongs to one thread at a time. `rules` outlive it.
class Evaluator {
 public:
  explicit Evaluator(RuleSet const& rules);
  ~Evaluator();
  Evaluator(Evaluator const&) = delete;
  Evaluator& operator=(Evaluator const&) = delete;

  /// Settles every rule and works out needs, scores, answers and which actions are advised. All
  /// that an explanation tells can be read from what is kept. `subject` outlives the evaluation.
  Evaluation evaluate(Case const& subject, Instant now);

  /// Decides, as heed::decide does. The decision lives until the next case; `subject` and `others`
  /// outlive it.
  lent::Decision const& decide(Case const& subject, Instant now, Others const& others = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace heed
