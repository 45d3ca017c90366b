#include "engine/run/past.hpp"

#include <algorithm>

namespace heed::run {
namespace {

PastEvent make_event(Policy const& policy, Happened const& happened) {
  PastEvent event{happened.at, {}};
  event.fields.resize(policy.events[index(happened.event)].fields.size());
  for (auto const& [field, value] : happened.fields) event.fields[field] = value;
  return event;
}

void sort(PastEvents& events) {
  std::ranges::stable_sort(events, {}, &PastEvent::at);
}

}  // namespace

void fill_past(Past& past, RuleSet const& rules, Case const& subject, Instant now,
               Others const& others) {
  auto const& policy = rules.policy;
  past.of_events.resize(policy.events.size());
  for (auto& events : past.of_events) events.clear();
  past.of_others.clear();
  for (auto const& happened : subject.history) {
    if (rules.events_read[index(happened.event)] && happened.at <= now)
      past.of_events[index(happened.event)].push_back(make_event(policy, happened));
  }
  for (auto& events : past.of_events) sort(events);
  for (auto const& [figure, given] : others) {
    auto& [events, complete_after] = past.of_others[figure];
    complete_after = given.complete_after;
    for (auto const& happened : given.events)
      if (happened.at <= now) events.push_back(make_event(policy, happened));
    sort(events);
  }
}

std::span<PastEvent const> find_after(PastEvents const& events, std::optional<Instant> after) {
  if (!after) return events;
  auto const first = std::ranges::upper_bound(events, *after, {}, &PastEvent::at);
  return {first, events.end()};
}

}  // namespace heed::run
