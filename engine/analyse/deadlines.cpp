#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "engine/analyse/analyses.hpp"
#include "engine/analyse/tell.hpp"

/// A deadline in plain time, counted from now, that can pass while those who are to meet it are not
/// there: shorter than the longest stretch of the week in which every calendar that they keep is
/// closed. A role keeps the calendars in which some other deadline of its own is counted; one with
/// none may work day and night. Holidays are left out: they would make any deadline too short.
namespace heed::analyse {
namespace {

constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t week_seconds = 7 * day_seconds;

using Kept = std::set<Calendar const*>;

/// Seconds from the week's beginning, sunday 00:00; `to` may lie in the next week.
struct Gap {
  std::int64_t from = 0, to = 0;
  std::int64_t length() const { return to - from; }
};

/// The longest stretch of a week in which no calendar is open; nothing where they stand in several
/// zones, or none ever opens or closes.
std::optional<Gap> find_longest_gap(Kept const& calendars) {
  std::vector<Gap> open;
  for (auto const* calendar : calendars) {
    if (!(calendar->zone == (*calendars.begin())->zone)) return std::nullopt;
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

/// Who is to do what nobody is named for: the lowest role of the line with the most.
std::optional<RoleId> find_lowest(std::vector<Role> const& roles) {
  std::map<std::uint32_t, std::size_t> lengths;
  for (auto const& role : roles) ++lengths[role.line];
  std::optional<RoleId> lowest;
  for (std::uint32_t at = 0; at < roles.size(); ++at) {
    if (roles[at].rank != 0) continue;
    if (!lowest || lengths[roles[at].line] > lengths[roles[index(*lowest)].line])
      lowest = RoleId{at};
  }
  return lowest;
}

Constant const* constant_of(ExpressionPtr const& value) {
  return value ? std::get_if<Constant>(&value->form) : nullptr;
}
Duration const* duration_of(ExpressionPtr const& value) {
  auto const* constant = constant_of(value);
  return constant ? std::get_if<Duration>(&constant->value) : nullptr;
}

/// A time that a rule gives somebody.
struct Given {
  std::optional<RoleId> to;
  ExpressionPtr time;
  bool from_now;
};
void find_given(std::vector<Given>& given, Consequence const& consequence,
                std::optional<RoleId> lowest) {
  auto const note = [&](std::optional<RoleId> to, std::optional<Deadline> const& deadline) {
    if (deadline) given.push_back({to, deadline->within, !deadline->of});
  };
  auto const note_deed = [&](Do const& it) { note(it.by ? it.by : lowest, it.within); };
  if (auto const* done = std::get_if<Do>(&consequence)) note_deed(*done);
  if (auto const* instead = std::get_if<Instead>(&consequence)) note_deed(instead->what);
  if (auto const* alert = std::get_if<Alert>(&consequence)) note(alert->role, alert->within);
  if (auto const* ladder = std::get_if<Escalate>(&consequence)) {
    note(ladder->to, ladder->within);
    auto before = ladder->to;
    for (auto const& step : ladder->then) {
      given.push_back({before, step.after, false});
      before = step.to;
    }
  }
}

struct Search {
  Policy const& policy;
  Diagnostics& found;
  std::map<std::optional<RoleId>, Kept> kept = {};
  std::set<std::string> told = {};  // parameters, each once

  void note_calendar(Given const& it) {
    auto const* duration = duration_of(it.time);
    if (duration && duration->calendar) kept[it.to].insert(duration->calendar.get());
  }

  std::string working(Duration const& duration, std::string const& calendar) const {
    std::int64_t unit = 60;
    std::string_view name = " working minute";
    if (divide(duration.seconds, Number{3'600})->is_whole()) unit = 3'600, name = " working hour";
    if (divide(duration.seconds, Number{day_seconds})->is_whole())
      unit = day_seconds, name = " working day";
    auto const count = *divide(duration.seconds, Number{unit});
    auto text = to_text(count) + std::string{name} + (count == Number{1} ? "" : "s");
    if (policy.calendars.size() > 1) text += " in " + calendar;
    return text;
  }

  void look_at(Given const& it) {
    auto const* duration = duration_of(it.time);
    auto const calendars = kept.find(it.to);
    if (!it.from_now || !duration || calendars == kept.end()) return;
    if (duration->calendar || duration->months != 0 || duration->days != 0) return;
    auto const gap = find_longest_gap(calendars->second);
    if (!gap || duration->seconds <= Number{} || duration->seconds >= Number{gap->length()}) return;
    auto where = it.time->where;
    if (auto const& name = constant_of(it.time)->name; !name.empty()) {
      if (!told.insert(name).second) return;
      for (auto const& parameter : policy.parameters)
        if (parameter.name == name) where = parameter.where;
    }
    std::vector<std::string> names;
    for (auto const* calendar : calendars->second) names.push_back(calendar->name);
    std::ranges::sort(names);
    warn(found, where, "analysis.deadline-in-closed-time",
         quoted(it.time->text) + " can pass while nobody is there: " +
             (it.to ? "other deadlines of " + quoted(policy.roles[index(*it.to)].name)
                    : std::string{"other deadlines"}) +
             " count in " + listed(names) + ", closed from " + moment(gap->from) + " to " +
             moment(gap->to),
         "count open time alone: " + quoted(working(*duration, names.front())));
  }
};

}  // namespace

void find_closed_deadlines(Policy const& policy, Diagnostics& found) {
  if (policy.calendars.empty()) return;
  std::vector<Given> given;
  auto const lowest = find_lowest(policy.roles);
  for (auto const& rule : policy.rules)
    for (auto const& consequence : rule.then) find_given(given, consequence, lowest);
  Search search{policy, found};
  for (auto const& it : given) search.note_calendar(it);
  for (auto const& it : given) search.look_at(it);
}

}  // namespace heed::analyse
