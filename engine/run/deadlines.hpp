#pragma once
#include <optional>
#include <vector>

#include "engine/run/frame.hpp"

/// When what rules ask for is due, and how that was counted.
namespace heed::run {

struct Due {
  std::optional<Instant> at;         // nothing where it is unknown or cannot be computed
  Counted const* counted = nullptr;  // of working time; the frame keeps it
  std::optional<Flaw> flaw;          // why it cannot be computed
};

Due due_of(Frame& frame, Deadline const& deadline);
/// `duration` after `from`, nothing where that is nothing.
Due due_after(Frame& frame, std::optional<Instant> from, Expression const& duration);
/// Of each step of a ladder, in its order, counted from the step before it: the first from `first`,
/// or from now where the escalation names no deadline.
List<Due> dues_of_steps(Frame& frame, Escalate const& form, Due const& first);

/// Takes `other` where it is earlier, or where there is none yet. Which of two that end at once is
/// kept does not depend on their order.
void keep_earlier(Due& due, Due const& other);

/// Every deadline of a rule that fired, as written.
struct NamedDue {
  Expression const* duration;
  Due due;
};
List<NamedDue> list_dues(Frame& frame, RuleId rule);
/// Warnings of deadlines of a rule that fired which cannot be computed.
std::vector<Warning> find_missed_dues(Frame& frame, RuleId rule);

}  // namespace heed::run
