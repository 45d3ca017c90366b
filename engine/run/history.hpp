#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/run/case.hpp"
#include "engine/run/explanation.hpp"

/// What a decision needs to know of the past, where a store has it.
namespace heed {

/// Events that conditions may read: after < at <= now. To be asked of a store before deciding.
struct EventsNeeded {
  EventId event{};
  std::optional<Instant> after;   // nothing: from the beginning
  bool across_customers = false;  // of everyone but the case's subject; otherwise of the subject
  std::string figure;             // across customers: the expression that counts them
  /// Events count at most where each of these fields is unknown or has this value: a store may
  /// leave the others out.
  std::vector<std::pair<std::uint32_t, Value>> only;
};

/// What the conditions of a policy read of the past in this case: one entry for each event of the
/// customer's own history, and one for each figure across customers that the case does not bring.
std::vector<EventsNeeded> find_events_needed(RuleSet const& rules, Case const& subject,
                                             Instant now);

/// Events of the other customers, for one figure; in any order.
struct OthersEvents {
  std::vector<Happened> events;
  std::optional<Instant> complete_after;  // none later than this is missing; nothing: none at all
};
using Others = std::map<std::string, OthersEvents, std::less<>>;  // by EventsNeeded::figure

/// Decides a case at `now`, knowing what happened to others. Where `others` lacks a figure that the
/// case does not bring either, the case's own history is counted alone. Decision::figures holds
/// what was found: a case that brings it is decided again to the same, without `others`.
Decision decide(RuleSet const& rules, Case const& subject, Instant now, Others const& others);

/// The same, and for every rule why it fired, waits or did not fire.
Explanation explain(RuleSet const& rules, Case const& subject, Instant now, Others const& others);

}  // namespace heed
