#include <algorithm>
#include <array>
#include <set>

#include "engine/analyse/analyses.hpp"
#include "engine/analyse/parts.hpp"
#include "engine/analyse/tell.hpp"

/// A deadline in plain time, counted from now, that can pass while every calendar of the policy is
/// closed: shorter than the longest stretch of the week in which none of them is open. Holidays are
/// left out: they would make any deadline too short.
namespace heed::analyse {
namespace {

constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t week_seconds = 7 * day_seconds;

/// Seconds from the week's beginning, sunday 00:00; `to` may lie in the next week.
struct Gap {
  std::int64_t from = 0, to = 0;
  std::int64_t length() const { return to - from; }
};

/// The longest stretch of a week in which no calendar is open; nothing where they stand in several
/// zones, or none ever opens or closes.
std::optional<Gap> find_longest_gap(Policy const& policy) {
  std::vector<Gap> open;
  for (auto const& calendar : policy.calendars) {
    if (!(calendar->zone == policy.calendars.front()->zone)) return std::nullopt;
    for (std::size_t day = 0; day < calendar->open.size(); ++day)
      for (auto const& stretch : calendar->open[day]) {
        auto const begin = static_cast<std::int64_t>(day) * day_seconds;
        open.push_back({begin + stretch.from, begin + stretch.to});
      }
  }
  if (open.empty()) return std::nullopt;
  std::ranges::sort(open, {}, &Gap::from);
  open.push_back({open.front().from + week_seconds, open.front().to + week_seconds});
  Gap longest;
  auto closed_from = open.front().to;
  for (auto const& stretch : open) {
    if (stretch.from - closed_from > longest.length()) longest = {closed_from, stretch.from};
    closed_from = std::max(closed_from, stretch.to);
  }
  return longest.length() > 0 ? std::optional{longest} : std::nullopt;
}

/// `friday 13:00`.
std::string moment(std::int64_t second) {
  constexpr std::array<char const*, 7> days = {"sunday",   "monday", "tuesday", "wednesday",
                                               "thursday", "friday", "saturday"};
  auto const of_week = second % week_seconds;
  auto const two = [](std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  auto const of_day = of_week % day_seconds;
  return std::string{days[static_cast<std::size_t>(of_week / day_seconds)]} + " " +
         two(of_day / 3'600) + ":" + two(of_day % 3'600 / 60);
}

struct Search {
  Policy const& policy;
  Gap gap;
  Diagnostics& found;
  std::set<std::string> told = {};  // parameters, each once

  std::string working(Duration const& duration) const {
    std::int64_t const unit = divide(duration.seconds, Number{3'600})->is_whole() ? 3'600 : 60;
    auto const count = *divide(duration.seconds, Number{unit});
    auto text = to_text(count) + (unit == 60 ? " working minute" : " working hour") +
                (count == Number{1} ? "" : "s");
    if (policy.calendars.size() > 1) text += " in " + policy.calendars.front()->name;
    return text;
  }

  void look_at(std::optional<Deadline> const& deadline) {
    if (!deadline || deadline->of) return;
    auto const* constant = std::get_if<Constant>(&deadline->within->form);
    auto const* duration = constant ? std::get_if<Duration>(&constant->value) : nullptr;
    if (!duration || duration->calendar || duration->months != 0) return;
    if (duration->seconds <= Number{} || duration->seconds >= Number{gap.length()}) return;
    auto where = deadline->within->where;
    if (!constant->name.empty()) {
      if (!told.insert(constant->name).second) return;
      for (auto const& parameter : policy.parameters)
        if (parameter.name == constant->name) where = parameter.where;
    }
    warn(found, where, "analysis.deadline-in-closed-time",
         quoted(deadline->within->text) + " can pass while nobody is there: from " +
             moment(gap.from) + " to " + moment(gap.to) + " " +
             (policy.calendars.size() == 1 ? quoted(policy.calendars.front()->name) + " is"
                                           : std::string{"every calendar is"}) +
             " closed",
         "count open time alone: " + quoted(working(*duration)));
  }
};

}  // namespace

void find_closed_deadlines(Policy const& policy, Diagnostics& found) {
  if (policy.calendars.empty()) return;
  auto const gap = find_longest_gap(policy);
  if (!gap) return;
  Search search{policy, *gap, found};
  for (auto const& rule : policy.rules)
    for (auto const& consequence : rule.then)
      if (auto const* done = std::get_if<Do>(&consequence))
        search.look_at(done->within);
      else if (auto const* instead = std::get_if<Instead>(&consequence))
        search.look_at(instead->what.within);
      else if (auto const* escalate = std::get_if<Escalate>(&consequence))
        search.look_at(escalate->within);
      else if (auto const* alert = std::get_if<Alert>(&consequence))
        search.look_at(alert->within);
}

}  // namespace heed::analyse
