#include <gtest/gtest.h>

#include "engine/base/calendar.hpp"
#include "engine/base/holidays.hpp"
#include "tests/property/runs.hpp"
#include "tests/support/chance.hpp"
#include "tests/support/slow_calendar.hpp"

// Working time against a count that goes along the clock minute by minute.

namespace heed {
namespace {

using support::Chance;

constexpr std::int64_t day_micros = 86'400'000'000;

std::vector<Calendar::Stretch> random_stretches(Chance& chance) {
  std::vector<Calendar::Stretch> stretches;
  std::int32_t at = 0;
  for (std::size_t i = 0; i < chance.below(4); ++i) {
    auto const from = at + static_cast<std::int32_t>(chance.below(40)) * 900;
    auto const to = from + static_cast<std::int32_t>(1 + chance.below(30)) * 900;
    if (to > 86'400) break;
    stretches.push_back({from, to});
    at = to;
  }
  return stretches;
}

std::shared_ptr<Calendar const> random_calendar(Chance& chance) {
  auto calendar = std::make_shared<Calendar>();
  calendar->name = "random";
  static std::vector<std::string> const zones{"Asia/Jerusalem", "Europe/Berlin", "America/New_York",
                                              "Australia/Lord_Howe", "UTC"};
  calendar->zone = *Zone::find(chance.pick(zones));
  for (auto& day : calendar->open)
    if (chance.percent(70)) day = random_stretches(chance);
  calendar->open[2].push_back({86'400 - 900, 86'400});  // tuesday, so that it opens at all
  std::erase_if(calendar->open[2],
                [](auto const& it) { return it.to == 86'400 && it.from < 85'500; });
  auto const holiday = find_holiday(chance.percent(50) ? "hanukkah" : "sukkot");
  for (auto const day : *holiday)
    if (chance.percent(80)) calendar->closed.push_back({day, {}});
  return calendar;
}

/// Often close to where clocks change, in 2026, and to a year's end.
Instant random_instant(Chance& chance, Zone const& zone) {
  static std::vector<std::string> const close{
      "2026-03-08T01:30Z", "2026-03-27T00:00Z", "2026-03-29T01:00Z", "2026-10-24T22:30Z",
      "2026-10-25T00:30Z", "2026-11-01T05:30Z", "2026-10-03T15:00Z", "2026-12-31T22:00Z",
      "2024-02-29T12:00Z", "2027-10-01T12:00Z"};
  auto const at = zone.parse(chance.pick(close))->micros;
  auto const away = chance.between(-3 * 96, 3 * 96) * 900'000'000;
  return Instant{at + away + (chance.percent(20) ? chance.between(0, 899'999'999) : 0)};
}

Duration random_duration(Chance& chance, std::shared_ptr<Calendar const> calendar) {
  auto const sign = chance.percent(15) ? -1 : 1;
  if (chance.percent(40)) return {0, Number{}, std::move(calendar), sign * chance.between(0, 12)};
  auto const seconds =
      chance.percent(80) ? chance.between(0, 100) * 900 : chance.between(0, 90'000);
  return {0, Number{sign * seconds}, std::move(calendar), 0};
}

std::string tell(Instant from, Duration const& duration) {
  auto const& calendar = *duration.calendar;
  auto text = to_text(duration) + " from " + calendar.zone.to_text(from) + ", " +
              std::string{calendar.zone.name()};
  for (auto const& day : calendar.open) {
    text += " |";
    for (auto const& it : day)
      text += " " + std::to_string(it.from / 900) + "-" + std::to_string(it.to / 900);
  }
  return text;
}

/// Whether it is open just before `at`, or just from then on.
bool is_open_beside(std::shared_ptr<Calendar const> const& calendar, Instant at) {
  auto const next = count(at, {0, Number{1}, calendar, 0});
  auto const last = count(at, {0, Number{-1}, calendar, 0});
  return (next && next->micros - at.micros == 1'000'000) ||
         (last && at.micros - last->micros == 1'000'000);
}

TEST(Calendars, count_as_one_who_watches_the_clock) {
  for (std::uint64_t seed = 1; seed <= support::property_runs(100); ++seed) {
    Chance chance{seed};
    auto const calendar = random_calendar(chance);
    for (int i = 0; i < 3; ++i) {
      auto const from = random_instant(chance, calendar->zone);
      auto const duration = random_duration(chance, calendar);
      bool const ahead = duration.days >= 0 && duration.seconds >= Number{0};
      Counted quick, slow;
      auto const until = count(from, duration, &quick);
      auto const other = oracle::count_slowly(from, duration, &slow);
      ASSERT_EQ(until, other) << tell(from, duration) << "\n"
                              << (until ? calendar->zone.to_text(*until) : "nothing") << " not "
                              << (other ? calendar->zone.to_text(*other) : "nothing");
      if (!ahead || !until) continue;
      ASSERT_EQ(quick.intervals, slow.intervals) << tell(from, duration);
      ASSERT_EQ(quick.skipped, slow.skipped) << tell(from, duration);
    }
  }
}

TEST(Calendars, end_later_for_a_later_start_and_a_longer_time_and_never_when_closed) {
  for (std::uint64_t seed = 1; seed <= support::property_runs(100); ++seed) {
    Chance chance{seed};
    auto const calendar = random_calendar(chance);
    auto const from = random_instant(chance, calendar->zone);
    Instant const later{from.micros + chance.between(0, 3 * day_micros)};
    auto const duration = random_duration(chance, calendar);
    auto longer = duration;
    if (duration.days != 0) ++longer.days;
    if (duration.days == 0)
      longer.seconds = *add(duration.seconds, Number{chance.between(0, 9'000)});
    auto const until = count(from, duration), after = count(later, duration);
    auto const longest = count(from, longer);
    ASSERT_TRUE(until && after && longest) << tell(from, duration);
    bool const is_none = duration.days == 0 && duration.seconds == Number{0};
    // Days keep the hour: from a friday afternoon they end later than from a saturday morning.
    if (duration.days == 0) {
      ASSERT_LE(*until, *after) << tell(from, duration);
    }
    ASSERT_LE(*until, *longest) << tell(from, duration);
    if (is_none) continue;
    ASSERT_TRUE(is_open_beside(calendar, *until)) << tell(from, duration);
  }
}

TEST(Calendars, hours_add_up_and_days_do_by_their_dates) {
  for (std::uint64_t seed = 1; seed <= support::property_runs(100); ++seed) {
    Chance chance{seed};
    auto const calendar = random_calendar(chance);
    auto const from = random_instant(chance, calendar->zone);
    auto const hours = [&](std::int64_t seconds) {
      return Duration{0, Number{seconds}, calendar, 0};
    };
    auto const days = [&](std::int64_t count) { return Duration{0, Number{}, calendar, count}; };
    auto const one = chance.between(0, 90'000), other = chance.between(1, 90'000);
    auto const halfway = count(from, hours(one));
    ASSERT_TRUE(halfway);
    ASSERT_EQ(count(*halfway, hours(other)), count(from, hours(one + other)))
        << tell(from, hours(one)) << " and " << other;
    auto const some = chance.between(1, 9), more = chance.between(1, 9);
    auto const day = count(from, days(some));
    auto const last = day ? count(*day, days(more)) : std::nullopt;
    auto const whole = count(from, days(some + more));
    ASSERT_TRUE(last && whole);
    // An end at midnight is the next day's beginning by the clock.
    auto const date = calendar->zone.date_of(Instant{whole->micros - 1});
    auto const by_parts = calendar->zone.date_of(Instant{last->micros - 1});
    auto const held_at_midnight = calendar->zone.second_of_day(*day) == 0;
    if (held_at_midnight) continue;
    ASSERT_EQ(date, by_parts) << tell(from, days(some)) << " and " << more;
  }
}

}  // namespace
}  // namespace heed
