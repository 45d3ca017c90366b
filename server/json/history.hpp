#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/json/value.hpp"

/// Events of the past as JSON: in a case's `history`, on their way into the store and out of it.
namespace heed::json {

/// Reads the history of a case, which stands at `pointer`. Events that the policy does not declare,
/// and fields that an event does not have, are passed over and named in `ignored`.
std::vector<Happened> read_history(Node const& node, Policy const& policy, std::string pointer,
                                   Findings& findings);

/// Reads `figures` of a resolved case: {"count of … across customers": {"surely": 3, "possibly":
/// 5}}, times for `time since`; `null` is any number more, and no event. Those that no expression
/// of the policy has are passed over and named.
Figures read_figures(Node const& node, RuleSet const& rules, std::string pointer,
                     Findings& findings);
/// Appends them in canonical JSON.
void append_figures(std::string& out, Figures const& figures);

/// Appends the events in canonical JSON and canonical order: by time, then as they are written.
void append_history(std::string& out, std::vector<Happened> const& history, Policy const& policy);

/// An event that is to be kept.
struct PostedEvent {
  Happened happened;
  std::string subject;
  std::vector<std::string> ignored;  // JSON Pointers of what the policy does not declare, sorted
};
/// Reads {"event": "contact", "subject": "c-1", "at": "…", "channel": "phone"}. Without `at` it
/// was `now`. Here an event that the policy does not declare is a mistake, and so is a missing
/// subject.
Expected<PostedEvent, CaseMistakes> read_posted_event(Policy const& policy, std::string_view json,
                                                      Instant now);

/// The fields of an event as an object of canonical JSON; what JSON cannot write is left out.
std::string event_fields(Policy const& policy, Happened const& happened);
/// The same back, under a policy that may have changed since: fields that no longer fit are
/// unknown.
Happened read_stored_event(Policy const& policy, EventId event, Instant at,
                           std::string_view fields);

/// The event of this name; nothing where the policy declares none.
std::optional<EventId> find_event(Policy const& policy, std::string_view name);

}  // namespace heed::json
