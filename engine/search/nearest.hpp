#pragma once
#include <string_view>

#include "engine/base/limits.hpp"
#include "engine/run/case.hpp"
#include "engine/run/explanation.hpp"

/// The nearest miss: the smallest change of a case's facts under which something else would come
/// of it. `now`, the history and lists stay as they are.
namespace heed {

struct SearchLimits {
  std::uint64_t tries_max = limits::search_tries_max;
  std::uint64_t tries_each_max = limits::search_tries_each_max;  // where there are many rules
  /// Rules settled in all tries of one search: in a policy of hundreds of rules there are fewer
  /// tries, so that a search never takes long.
  std::uint64_t effort_max = limits::search_tries_max * 100;
  std::size_t facts_max = limits::search_facts_max;
};

/// The smallest change under which the rule would fire; no change where it fires, where it is out
/// of its days, or where none was found. The search decides the case again and again, with values
/// that the policy's conditions name, through its defines, tables and targets, and stops at its
/// limits: then `is_complete` is false. The same arguments give the same answer.
NearestMiss find_nearest_miss(RuleSet const& rules, Case const& subject, Instant now, RuleId rule,
                              SearchLimits const& limits = {});

/// The smallest change under which somebody else would take over (also nobody, or somebody at
/// all), or by another time. What only could still be does not count.
EscalationMiss find_nearest_escalation(RuleSet const& rules, Case const& subject, Instant now,
                                       SearchLimits const& limits = {});

/// Adds to an explanation of the same case what would have made each rule fire that did not, and
/// what would have changed the escalation. `rule` narrows it to one rule, without the escalation;
/// empty: all of them, each with `tries_each_max`, and together five times what one search may
/// take: what is not looked for any more says so, with no tries.
void add_nearest(Explanation& explanation, RuleSet const& rules, Case const& subject, Instant now,
                 std::string_view rule = {}, SearchLimits const& limits = {});

}  // namespace heed
