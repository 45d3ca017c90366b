#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <optional>
#include <string>

#include "engine/base/time.hpp"
#include "tests/property/runs.hpp"
#include "tests/support/chance.hpp"

/// Days, instants and zones against walking them one by one, and against the C library.
namespace heed {

namespace {

using support::Chance;
using support::property_runs;

bool is_leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in(int year, int month) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

struct Day {
  int year = 1, month = 1, day = 1;
};

void step(Day& at) {
  if (++at.day <= days_in(at.year, at.month)) return;
  at.day = 1;
  if (++at.month <= 12) return;
  at.month = 1;
  ++at.year;
}

std::string text_of(Day const& at) {
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", at.year, at.month, at.day);
  return text;
}

TEST(Dates, count_every_day_from_year_1_to_9999) {
  auto const first = make_date(1, 1, 1);
  ASSERT_TRUE(first);
  auto days = first->days;
  for (Day at; at.year <= 9999; step(at), ++days) {
    auto const date = make_date(at.year, at.month, at.day);
    ASSERT_TRUE(date) << text_of(at);
    ASSERT_EQ(date->days, days) << text_of(at);
    bool const at_an_end = at.day == 1 || at.day == days_in(at.year, at.month);
    if (!at_an_end || at.year % 20 != 0) continue;
    ASSERT_EQ(to_text(*date), text_of(at));
    ASSERT_EQ(parse_date(text_of(at)), date);
  }
  EXPECT_EQ(make_date(1970, 1, 1)->days, 0);
}

TEST(Dates, there_is_no_day_beyond_a_months_end) {
  for (int year = 1; year <= 9999; ++year) {
    for (int month = 1; month <= 12; ++month) {
      ASSERT_FALSE(make_date(year, month, days_in(year, month) + 1));
      ASSERT_FALSE(make_date(year, month, 0));
    }
  }
}

/// Months walked one at a time, the day held to the month's end when there.
std::optional<Date> months_later(Day at, std::int64_t months) {
  for (; months > 0; --months) {
    if (++at.month > 12) at = {at.year + 1, 1, at.day};
  }
  for (; months < 0; ++months) {
    if (--at.month < 1) at = {at.year - 1, 12, at.day};
  }
  if (at.year < 1 || at.year > 9999) return std::nullopt;
  return make_date(at.year, at.month, std::min(at.day, days_in(at.year, at.month)));
}

TEST(Dates, months_are_counted_on_the_calendar) {
  Chance chance{1};
  for (std::uint64_t run = 0; run < property_runs(20'000); ++run) {
    Day at{static_cast<int>(chance.between(1, 9999)), static_cast<int>(chance.between(1, 12)), 1};
    if (chance.percent(50)) at.year = static_cast<int>(chance.between(1890, 2110));
    at.day = static_cast<int>(chance.between(1, days_in(at.year, at.month)));
    auto const months = chance.between(-500, 500);
    auto const date = make_date(at.year, at.month, at.day);
    ASSERT_EQ(add(*date, Duration{months, {}}), months_later(at, months))
        << text_of(at) << " and " << months << " months";
  }
}

TEST(Dates, days_are_added_one_by_one) {
  Chance chance{2};
  for (std::uint64_t run = 0; run < property_runs(20'000); ++run) {
    auto const first = make_date(1, 1, 1)->days, last = make_date(9999, 12, 31)->days;
    auto const from = Date{static_cast<std::int32_t>(chance.between(first, last))};
    auto const days = chance.between(-4'000'000, 4'000'000);
    auto const to = from.days + days;
    auto const sum = add(from, Duration{0, Number{days * 86'400}});
    ASSERT_EQ(sum.has_value(), to >= first && to <= last);
    if (!sum) continue;
    ASSERT_EQ(sum->days, to);
    ASSERT_EQ(between(from, *sum), (Duration{0, Number{days * 86'400}}));
  }
}

// Zones.

/// Lets the C library speak for a zone while it lives.
class ZoneOfTheLibrary {
 public:
  explicit ZoneOfTheLibrary(std::string const& name) {
    setenv("TZ", name.c_str(), 1);
    tzset();
  }
  ~ZoneOfTheLibrary() {
    unsetenv("TZ");
    tzset();
  }
  ZoneOfTheLibrary(ZoneOfTheLibrary const&) = delete;
  ZoneOfTheLibrary& operator=(ZoneOfTheLibrary const&) = delete;

  static std::tm wall_clock(std::int64_t seconds) {
    std::time_t const at = seconds;
    std::tm result{};
    localtime_r(&at, &result);
    return result;
  }
};

char const* const zones[] = {"Asia/Jerusalem",
                             "America/New_York",
                             "Europe/London",
                             "Australia/Lord_Howe",
                             "Asia/Kolkata",
                             "Pacific/Apia",
                             "UTC"};

constexpr std::int64_t micros = 1'000'000;
constexpr std::int64_t year_2010 = 1'262'304'000, year_2030 = 1'893'456'000;

TEST(Zones, show_the_wall_clock_of_the_c_library) {
  for (auto const* name : zones) {
    ZoneOfTheLibrary const library{name};
    auto const zone = Zone::find(name);
    ASSERT_TRUE(zone) << name;
    Chance chance{3};
    for (std::uint64_t run = 0; run < property_runs(3'000); ++run) {
      auto const seconds = chance.between(year_2010, year_2030);
      auto const wall = ZoneOfTheLibrary::wall_clock(seconds);
      Instant const at{seconds * micros};
      ASSERT_EQ(zone->date_of(at), make_date(wall.tm_year + 1900, wall.tm_mon + 1, wall.tm_mday))
          << name << " " << seconds;
      ASSERT_EQ(zone->second_of_day(at), wall.tm_hour * 3600 + wall.tm_min * 60 + wall.tm_sec)
          << name << " " << seconds;
      ASSERT_EQ(zone->parse(zone->to_text(at)), at) << name << " " << seconds;
    }
  }
}

/// The first minute at which the wall clock shows this or, where it leaps over it, something later.
std::int64_t first_minute(Date date, std::int64_t second_of_day) {
  auto const wanted = std::int64_t{date.days} * 86'400 + second_of_day;
  auto const shown_at = [](std::int64_t seconds) {
    auto const wall = ZoneOfTheLibrary::wall_clock(seconds);
    auto const day = make_date(wall.tm_year + 1900, wall.tm_mon + 1, wall.tm_mday);
    return std::int64_t{day->days} * 86'400 + wall.tm_hour * 3600 + wall.tm_min * 60 + wall.tm_sec;
  };
  for (auto at = wanted - 26 * 3600;; at += 60) {
    if (shown_at(at) >= wanted) return at;
  }
}

TEST(Zones, find_the_instant_of_a_wall_clock_through_daylight_saving) {
  for (auto const* name : zones) {
    ZoneOfTheLibrary const library{name};
    auto const zone = Zone::find(name);
    ASSERT_TRUE(zone) << name;
    auto offset = std::optional<long>{};
    for (auto hour = year_2010; hour < year_2030; hour += 3600) {
      auto const now = ZoneOfTheLibrary::wall_clock(hour).tm_gmtoff;
      bool const changed = offset && *offset != now;
      offset = now;
      if (!changed) continue;
      for (std::int64_t minutes = -180; minutes <= 180; minutes += 30) {
        auto const shown = hour + now + minutes * 60;  // around the hour of the change
        Date const date{static_cast<std::int32_t>(shown / 86'400)};
        ASSERT_EQ(zone->instant_of(date, shown % 86'400),
                  Instant{first_minute(date, shown % 86'400) * micros})
            << name << " " << to_text(date) << " " << shown % 86'400;
      }
    }
  }
}

TEST(Instants, seconds_are_exact_and_months_keep_the_wall_clock) {
  auto const zone = *Zone::find("Asia/Jerusalem");
  Chance chance{4};
  for (std::uint64_t run = 0; run < property_runs(5'000); ++run) {
    Instant const at{chance.between(year_2010, year_2030) * micros};
    auto const seconds = chance.between(-100'000'000, 100'000'000);
    ASSERT_EQ(add(at, Duration{0, Number{seconds}}, zone), (Instant{at.micros + seconds * micros}));
    auto const months = chance.between(-12, 36);
    auto const moved = add(at, Duration{months, {}}, zone);
    ASSERT_TRUE(moved);
    auto const date = add(zone.date_of(at), Duration{months, {}});
    ASSERT_EQ(*moved, zone.instant_of(*date, zone.second_of_day(at)));
  }
}

}  // namespace

}  // namespace heed
