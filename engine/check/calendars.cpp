#include "engine/check/calendars.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "engine/base/holidays.hpp"
#include "engine/base/limits.hpp"
#include "engine/check/tell.hpp"
#include "engine/check/texts.hpp"

namespace heed::check {

namespace {

constexpr std::array<std::string_view, 7> weekdays = {"sunday",   "monday", "tuesday", "wednesday",
                                                      "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 7> hebrew_weekdays = {"ראשון", "שני",  "שלישי", "רביעי",
                                                             "חמישי", "שישי", "שבת"};
constexpr int day_seconds = 86'400;

std::optional<std::size_t> find_weekday(Scope const& scope, ast::Name const& name) {
  for (std::size_t i = 0; i < weekdays.size(); ++i)
    if (name.text == weekdays[i] || name.text == hebrew_weekdays[i]) return i;
  tell_word(scope.draft, place(scope, name.span), "check.unknown-weekday",
            quoted(name.text) + " is no day of the week", name.text,
            {weekdays.begin(), weekdays.end()},
            "the days are `sunday`, `monday`, `tuesday`, `wednesday`, `thursday`, `friday` and "
            "`saturday`");
  return std::nullopt;
}

/// `09:00` in seconds; nothing where no clock shows it.
std::optional<std::int32_t> find_hour(Scope const& scope, ast::Text const& written) {
  auto const digit = [&](std::size_t at) { return written.value.at(at) - '0'; };
  auto const hour = digit(0) * 10 + digit(1);
  auto const minute = digit(3) * 10 + digit(4);
  auto const seconds = hour * 3'600 + minute * 60;
  if (minute < 60 && seconds <= day_seconds) return seconds;
  tell(scope.draft, place(scope, written.span), "check.hour",
       quoted(written.value) + " is no hour of the day", "hours run from `00:00` to `24:00`");
  return std::nullopt;
}

/// From the first weekday named to the last, over the end of the week where need be.
std::vector<std::size_t> find_weekdays(Scope const& scope, ast::Calendar::Open const& written) {
  std::vector<std::size_t> days;
  for (auto const& name : written.days)
    if (auto const day = find_weekday(scope, name)) days.push_back(*day);
  if (days.size() != written.days.size() || !written.range) return days;
  std::vector<std::size_t> range = {days.front()};
  while (range.back() != days.back()) range.push_back((range.back() + 1) % weekdays.size());
  return range;
}

void check_open(Scope const& scope, ast::Calendar::Open const& written, Calendar& calendar) {
  auto const days = find_weekdays(scope, written);
  auto const from = find_hour(scope, written.from);
  auto const to = find_hour(scope, written.to);
  if (!from || !to) return;
  if (*from >= *to) {
    tell(scope.draft, place(scope, written.to.span), "check.hours-end",
         quoted(written.to.value) + " is not after " + quoted(written.from.value),
         "where the hours pass midnight, write two lines: to `24:00`, and the next day from "
         "`00:00`");
    return;
  }
  for (auto const day : days) {
    auto& open = calendar.open[day];
    auto const overlaps = [&](Calendar::Stretch const& other) {
      return other.from < *to && *from < other.to;
    };
    if (std::ranges::any_of(open, overlaps)) {
      tell(scope.draft, place(scope, written.from.span), "check.hours-overlap",
           "these hours of " + std::string{weekdays[day]} + " overlap others of it",
           "a day's stretches stand apart: name each hour once");
      return;
    }
    open.push_back({*from, *to});
    std::ranges::sort(open);
  }
}

/// Each is computed once: ICU takes some microseconds a year.
using Holidays = std::map<std::pair<std::string, bool>, std::optional<std::vector<Date>>>;

std::vector<Date> find_days(Scope const& scope, ast::Calendar::Closed const& written,
                            Holidays& found) {
  if (auto const* date = std::get_if<Date>(&written.day)) return {*date};
  auto const& name = std::get<ast::Name>(written.day);
  auto const [days, is_new] = found.try_emplace({name.text, written.eve});
  if (is_new) days->second = find_holiday(name.text, written.eve ? Eve::yes : Eve::no);
  if (days->second) return *days->second;
  std::vector<std::string> known;
  std::string all;
  for (auto const& holiday : heed::holidays()) {
    known.emplace_back(holiday.name);
    known.emplace_back(holiday.hebrew);
    all += (all.empty() ? "`" : ", `") + std::string{holiday.name} + "`";
  }
  tell_word(scope.draft, place(scope, name.span), "check.unknown-holiday",
            "no holiday is named " + quoted(name.text), name.text, known,
            "write a date, or one of " + all);
  return {};
}

void check_closed(Scope const& scope, ast::Calendar const& written, Calendar& calendar,
                  Holidays& holidays) {
  for (auto const& closed : written.closed) {
    auto title = check_texts(scope, closed.title);
    for (auto const day : find_days(scope, closed, holidays))
      calendar.closed.push_back({day, title});
    if (std::holds_alternative<Date>(closed.day)) continue;
    calendar.first = *make_date(limits::holiday_year_first, 1, 1);
    calendar.last = *make_date(limits::holiday_year_last, 12, 31);
  }
  std::ranges::stable_sort(calendar.closed, {}, &Calendar::Closed::day);
  auto const same = [](Calendar::Closed const& one, Calendar::Closed const& other) {
    return one.day == other.day;
  };
  auto const twice = std::unique(calendar.closed.begin(), calendar.closed.end(), same);
  calendar.closed.erase(twice, calendar.closed.end());
}

Zone find_zone(Scope const& scope, ast::Calendar const& written) {
  if (!written.zone) return scope.draft.policy.zone;
  if (auto const zone = Zone::find(written.zone->value)) return *zone;
  tell(scope.draft, place(scope, written.zone->span), "check.unknown-zone",
       "there is no time zone " + quoted(written.zone->value),
       "zones are named by continent and city, such as \"Asia/Jerusalem\"");
  return scope.draft.policy.zone;
}

std::shared_ptr<Calendar const> make_calendar(Scope const& scope, ast::Calendar const& written,
                                              Holidays& holidays) {
  auto calendar = std::make_shared<Calendar>();
  calendar->name = written.name.text;
  calendar->title = check_texts(scope, written.title);
  calendar->zone = find_zone(scope, written);
  for (auto const& open : written.open) check_open(scope, open, *calendar);
  check_closed(scope, written, *calendar, holidays);
  if (written.open.empty())
    tell(scope.draft, place(scope, written.name.span), "check.never-open",
         quoted(calendar->name) + " is never open",
         "say when it is, as in `open sunday to thursday 09:00 to 18:00`");
  return calendar;
}

}  // namespace

void check_calendars(Draft& draft) {
  Holidays holidays;
  for (auto const& [written, file, progress] : draft.calendar_list) {
    auto& calendars = draft.policy.calendars;
    if (calendars.size() == limits::calendars_max) {
      tell(draft, {file, written->name.span}, "check.too-many-calendars",
           "the policy has more than " + std::to_string(limits::calendars_max) + " calendars",
           "those with the same hours can be one");
      return;
    }
    calendars.push_back(make_calendar({draft, file}, *written, holidays));
  }
}

std::shared_ptr<Calendar const> find_calendar(Scope const& scope, Place where,
                                              ast::Name const* name) {
  auto const& calendars = scope.draft.policy.calendars;
  std::vector<std::string> names;
  for (auto const& calendar : calendars) names.push_back(calendar->name);
  if (name == nullptr) {
    if (calendars.size() == 1) return calendars.front();
    auto const there_is_none = scope.draft.calendars.empty();
    if (!there_is_none && calendars.empty()) return nullptr;  // broken: told already
    tell(scope.draft, where, "check.which-calendar",
         there_is_none ? "working time counts in a calendar, and the policy has none"
                       : "the policy has several calendars: " + listed(names),
         there_is_none ? "declare one, as in `calendar office` with `open sunday to thursday 09:00 "
                         "to 18:00`"
                       : "name the one that counts, as in " +
                             quoted(written(scope, where.span) + " in " + names.front()));
    return nullptr;
  }
  for (auto const& calendar : calendars)
    if (calendar->name == name->text) return calendar;
  if (scope.draft.calendars.contains(name->text)) return nullptr;  // broken: told already
  tell_word(scope.draft, place(scope, name->span), "check.unknown-calendar",
            "no calendar is named " + quoted(name->text), name->text, names,
            "declare it, as in " + quoted("calendar " + name->text));
  return nullptr;
}

}  // namespace heed::check
