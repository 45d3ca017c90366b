#pragma once
#include <optional>

#include "engine/run/frame.hpp"
#include "engine/run/waits.hpp"

namespace heed::run {

/// All that a decision was made from.
struct Deciding {
  Frame plain;
  std::optional<Frame> left_open;  // nothing where it would be no different
  Waits waits;
  Decision decision;
};

/// Decides a case. `inputs` must outlive the answer.
Deciding decide(Inputs const& inputs);

}  // namespace heed::run

namespace heed {

/// Decides a case at `now`; see engine/advisor.hpp.
Decision decide(RuleSet const& rules, Case const& subject, Instant now);

/// The same, and for every rule why it fired, waits or did not fire.
Explanation explain(RuleSet const& rules, Case const& subject, Instant now);

}  // namespace heed
