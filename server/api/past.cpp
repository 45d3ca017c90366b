#include "server/api/past.hpp"

#include <algorithm>
#include <limits>

#include "server/api/sealing.hpp"
#include "server/json/exact.hpp"
#include "server/json/history.hpp"
#include "server/json/write.hpp"

namespace heed::api {
namespace {

/// Only the first of the conditions goes to the store: it leaves enough out.
void narrow(store::EventQuery& query, Event const& event, EventsNeeded const& needed) {
  if (needed.only.empty()) return;
  auto const& [number, value] = needed.only.front();
  auto const& field = event.fields[number];
  json::append_text(query.or_lacking, field.name);
  query.or_lacking += ':';
  query.containing = query.or_lacking;
  if (json::append_exact(query.containing, value, field.type)) return;
  query.containing.clear();
  query.or_lacking.clear();
}

store::EventQuery make_query(RuleSet const& rules, Case const& subject, Instant now,
                             EventsNeeded const& needed) {
  auto const& event = rules.policy.events[index(needed.event)];
  store::EventQuery query;
  query.event = event.name;
  query.whose = needed.across_customers ? store::Whose::others : store::Whose::subject;
  query.subject = subject.subject;
  query.after_us = needed.after ? needed.after->micros : std::numeric_limits<std::int64_t>::min();
  query.until_us = now.micros;
  query.limit = needed.across_customers ? limits::figure_events_max : limits::history_events_max;
  narrow(query, event, needed);
  return query;
}

std::vector<Happened> read_events(Policy const& policy, EventId event, store::FoundEvents& found) {
  std::vector<Happened> events;
  events.reserve(found.events.size());
  for (auto& stored : found.events) {
    open_event(stored);
    events.push_back(
        json::read_stored_event(policy, event, Instant{stored.event.at_us}, stored.event.fields));
  }
  return events;
}

/// The latest ones of all events.
void hold(std::vector<Happened>& history) {
  std::ranges::stable_sort(history, std::greater{}, &Happened::at);
  if (history.size() > limits::history_events_max)
    history.erase(history.begin() + limits::history_events_max, history.end());
}

}  // namespace

Expected<Others, Error> add_past(Service& service, RuleSet const& rules, Case& subject,
                                 Instant now) {
  Others others;
  bool const has_history = subject.history_given || subject.subject.empty();
  for (auto const& needed : find_events_needed(rules, subject, now)) {
    if (!needed.across_customers && has_history) continue;
    auto found = service.history.find_events(make_query(rules, subject, now, needed));
    if (!found) return Failure<Error>{found.error()};
    auto events = read_events(rules.policy, needed.event, found.value());
    if (!needed.across_customers) {
      std::ranges::move(events, std::back_inserter(subject.history));
      continue;
    }
    auto& [given, complete_after] = others[needed.figure];
    given = std::move(events);
    if (!found.value().is_all) complete_after = given.back().at;
  }
  hold(subject.history);
  subject.history_given = true;
  return others;
}

}  // namespace heed::api
