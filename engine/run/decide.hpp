#pragma once
#include <optional>
#include <vector>

#include "engine/run/frame.hpp"
#include "engine/run/lent.hpp"
#include "engine/run/unchanging.hpp"
#include "engine/run/waits.hpp"

namespace heed::run {

/// A decision, and all that it was made from. `inputs` must outlive it.
struct Advice {
  explicit Advice(Inputs const& inputs, Unchanging* parts = nullptr)
      : plain{inputs, Reading::plain}, unchanging{parts} {}
  Advice(Advice const&) = delete;
  Advice& operator=(Advice const&) = delete;

  Frame plain;
  Unchanging* unchanging;          // null: none is kept
  bool is_left_open = false;       // things left open make a difference
  std::optional<Frame> left_open;  // means something where they do
  Waits waits;
  std::vector<Warning> warnings;
  Figures figures;
  lent::Decision decision;
};

/// Decides the case that `inputs` hold, in the memory of the case before.
void advise(Advice& advice);

/// The same once, with a decision that stands on its own.
struct Deciding {
  explicit Deciding(Inputs const& inputs) : advice{inputs} {
    advise(advice);
    decision = lent::own(advice.decision);
  }

  Advice advice;
  Frame& plain = advice.plain;
  Waits const& waits = advice.waits;
  Decision decision;
};

}  // namespace heed::run

namespace heed {

/// Decides a case at `now`; see engine/advisor.hpp.
Decision decide(RuleSet const& rules, Case const& subject, Instant now);

/// The same, and for every rule why it fired, waits or did not fire.
Explanation explain(RuleSet const& rules, Case const& subject, Instant now);

}  // namespace heed
