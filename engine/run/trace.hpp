#pragma once
#include "engine/run/explanation.hpp"
#include "engine/run/frame.hpp"

namespace heed::run {

/// Whether an expression is made of conditions: `and`, `or`, `not`, `at least K of`, …
bool joins_conditions(Expression const& expression);

/// What became of a condition and of the conditions that it joins, with the values that they read.
ConditionTrace trace(Frame& frame, Expression const& condition);

/// What an expression reads, in the order written, each name once: through defines and tables too.
std::vector<ConditionTrace::Read> list_reads(Frame& frame, Expression const& expression);

/// The first condition of a conjunction, in the order written, that is not yes; the whole where it
/// is no conjunction.
ConditionTrace const& find_stop(ConditionTrace const& when);

/// All of them. What follows `and then` is none where what precedes is not yes.
std::vector<ConditionTrace> find_stops(ConditionTrace const& when);

}  // namespace heed::run
