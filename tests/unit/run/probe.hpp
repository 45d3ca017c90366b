#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "engine/advisor.hpp"

/// Deciding cases written in the language itself, and decisions as short lines to compare.
namespace heed::testing {

/// The policy; fails the test where the text has a mistake.
std::shared_ptr<RuleSet const> load_text(std::string_view policy);

/// Decides the case that `given` says, as a test in a policy would: `a is yes`, one to a line. Now
/// is 2026-11-22T10:00 in Jerusalem (a Sunday, +02:00) unless `now is` says otherwise.
Decision decide_text(std::string_view policy, std::string_view given);
Explanation explain_text(std::string_view policy, std::string_view given);

/// One line for each thing in a decision, parts that are empty left out:
///
///     fired a, b
///     pending c
///     need respect: violated 4, could be violated 5 [a]
///     score churn: 45 in 45 to 70
///     answer priority: high, could be urgent [a]
///     do apologise (amount 5.00 ILS) by lead due 12:00 if REQUIRES unless c approval boss 5 [a]
///     offer refund (amount 5.00 ILS) if REQUIRES unless c, call [a]
///     check "text" before close [a]
///     say hello [a]
///     escalate to lead due 12:00 then boss due 14:00 could be boss [a]
///     alert lead due 12:00 [a]
///     record blamed (by agent) [a]
///     forbid refund [a]
///     withhold refund: REQUIRES [a]
///     ask tier: action:refund, need:respect
///     match message: blame "not my fault" at 3 to 15
///     warn code [rule]
///
/// Times of the day of the case are shown without their date.
std::string describe(Decision const& decision);

/// `fired`, `pending` or `silent`.
std::string status_of(Decision const& decision, std::string_view rule);

}  // namespace heed::testing
