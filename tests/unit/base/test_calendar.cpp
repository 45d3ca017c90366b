#include "engine/base/calendar.hpp"

#include <gtest/gtest.h>

#include "engine/base/limits.hpp"

namespace heed {
namespace {

enum Weekday { sunday, monday, tuesday, wednesday, thursday, friday, saturday };

struct Maker {
  std::shared_ptr<Calendar> calendar = std::make_shared<Calendar>();

  Maker(std::string name, std::string_view zone) {
    calendar->name = std::move(name);
    calendar->zone = *Zone::find(zone);
  }
  Maker& open(int from_day, int to_day, int from_hour, int to_hour) {
    for (int day = from_day; day <= to_day; ++day)
      calendar->open[static_cast<std::size_t>(day)].push_back({from_hour * 3600, to_hour * 3600});
    return *this;
  }
  Maker& closed(std::string_view day) {
    calendar->closed.push_back({*parse_date(day), {}});
    return *this;
  }
};

/// Sunday to thursday, and friday until one.
std::shared_ptr<Calendar> office() {
  Maker maker{"office", "Asia/Jerusalem"};
  maker.open(sunday, thursday, 9, 18).open(friday, friday, 9, 13);
  return maker.closed("2026-09-12").closed("2026-09-13").calendar;
}
std::shared_ptr<Calendar> always() {
  return Maker{"always", "Asia/Jerusalem"}.open(sunday, saturday, 0, 24).calendar;
}
/// The night in which clocks change.
std::shared_ptr<Calendar> night() {
  return Maker{"night", "Asia/Jerusalem"}.open(sunday, saturday, 0, 4).calendar;
}
/// With an hour for lunch.
std::shared_ptr<Calendar> berlin() {
  Maker maker{"berlin", "Europe/Berlin"};
  maker.open(monday, friday, 8, 12).open(monday, friday, 13, 17);
  return maker.closed("2026-01-01").calendar;
}
std::shared_ptr<Calendar> new_york() {
  Maker maker{"new_york", "America/New_York"};
  return maker.open(monday, friday, 9, 17).closed("2026-07-03").closed("2026-11-26").calendar;
}

Duration minutes(std::shared_ptr<Calendar const> calendar, std::int64_t count) {
  return {0, Number{count * 60}, std::move(calendar), 0};
}
Duration hours(std::shared_ptr<Calendar const> calendar, std::int64_t count) {
  return minutes(std::move(calendar), count * 60);
}
Duration days(std::shared_ptr<Calendar const> calendar, std::int64_t count) {
  return {0, Number{}, std::move(calendar), count};
}

struct Case {
  std::string_view from;
  Duration duration;
  std::string_view until;
};

void expect_all(std::vector<Case> const& cases) {
  for (auto const& c : cases) {
    auto const& zone = c.duration.calendar->zone;
    auto const until = count(*zone.parse(c.from), c.duration);
    EXPECT_EQ(until ? zone.to_text(*until) : "nothing", c.until)
        << to_text(c.duration) << " from " << c.from;
  }
}

TEST(WorkingHours, count_open_time_alone) {
  expect_all({
      {"2026-11-22T10:00", hours(office(), 4), "2026-11-22T14:00:00+02:00"},  // a sunday
      {"2026-11-22T16:00", hours(office(), 4), "2026-11-23T11:00:00+02:00"},  // over night
      {"2026-11-22T07:00", hours(office(), 1), "2026-11-22T10:00:00+02:00"},  // before opening
      {"2026-11-22T10:00", hours(office(), 8), "2026-11-22T18:00:00+02:00"},  // to closing
      {"2026-11-22T17:45", minutes(office(), 30), "2026-11-23T09:15:00+02:00"},
      {"2026-11-26T16:00", hours(office(), 4), "2026-11-27T11:00:00+02:00"},  // into a friday
      {"2026-11-26T16:00", hours(office(), 6), "2026-11-27T13:00:00+02:00"},
      {"2026-11-26T16:00", hours(office(), 7), "2026-11-29T10:00:00+02:00"},  // over a sabbath
      {"2026-11-27T14:00", hours(office(), 1), "2026-11-29T10:00:00+02:00"},
      {"2026-11-28T12:00", hours(office(), 1), "2026-11-29T10:00:00+02:00"},  // on one
      {"2026-09-11T12:00", hours(office(), 2), "2026-09-14T10:00:00+03:00"},  // over holidays
      {"2026-12-31T17:00", hours(office(), 3), "2027-01-01T11:00:00+02:00"},  // over a year's end
      {"2026-11-23T11:30", hours(berlin(), 1), "2026-11-23T13:30:00+01:00"},  // over lunch
      {"2025-12-31T16:30", hours(berlin(), 1), "2026-01-02T08:30:00+01:00"},  // over new year
      {"2028-02-28T16:00", hours(berlin(), 2), "2028-02-29T09:00:00+01:00"},  // a leap day
      {"2026-07-02T16:30", hours(new_york(), 1), "2026-07-06T09:30:00-04:00"},
      {"2026-11-22T10:00", hours(office(), 90), "2026-12-03T15:00:00+02:00"},  // 8 + 40 + 36 + 6
      {"2026-11-22T10:00:00.25", minutes(office(), 1), "2026-11-22T10:01:00.25+02:00"},
  });
}

TEST(WorkingHours, go_through_daylight_saving) {
  expect_all({
      // Jerusalem 2026: from friday 27 march 02:00, to sunday 25 october 02:00.
      {"2026-03-26T17:00", hours(office(), 2), "2026-03-27T10:00:00+03:00"},
      {"2026-10-23T12:00", hours(office(), 2), "2026-10-25T10:00:00+02:00"},
      {"2026-03-27T00:00", hours(always(), 4), "2026-03-27T05:00:00+03:00"},
      {"2026-10-25T00:00", hours(always(), 4), "2026-10-25T03:00:00+02:00"},
      {"2026-03-26T12:00", hours(night(), 3), "2026-03-27T04:00:00+03:00"},  // three hours of it
      {"2026-10-24T12:00", hours(night(), 5), "2026-10-25T04:00:00+02:00"},  // five
      {"2026-03-26T12:00", hours(night(), 4), "2026-03-28T01:00:00+03:00"},
      // Berlin 2026: sunday 29 march, sunday 25 october.
      {"2026-03-27T16:00", hours(berlin(), 2), "2026-03-30T09:00:00+02:00"},
      {"2026-10-23T16:00", hours(berlin(), 2), "2026-10-26T09:00:00+01:00"},
      // New York 2026: sunday 8 march, sunday 1 november.
      {"2026-03-06T16:00", hours(new_york(), 2), "2026-03-09T10:00:00-04:00"},
      {"2026-10-30T16:00", hours(new_york(), 2), "2026-11-02T10:00:00-05:00"},
  });
}

TEST(WorkingDays, end_on_the_nth_following_open_day_held_to_its_hours) {
  expect_all({
      {"2026-11-22T10:00", days(office(), 1), "2026-11-23T10:00:00+02:00"},
      {"2026-11-26T15:00", days(office(), 1), "2026-11-27T13:00:00+02:00"},  // friday closes at one
      {"2026-11-26T20:00", days(office(), 1), "2026-11-27T13:00:00+02:00"},
      {"2026-11-26T15:00", days(office(), 2), "2026-11-29T15:00:00+02:00"},
      {"2026-11-27T15:00", days(office(), 1), "2026-11-29T15:00:00+02:00"},
      {"2026-11-28T10:00", days(office(), 1), "2026-11-29T10:00:00+02:00"},  // from a closed day
      {"2026-11-25T07:00", days(office(), 1), "2026-11-26T09:00:00+02:00"},  // to opening
      {"2026-09-11T10:00", days(office(), 1), "2026-09-14T10:00:00+03:00"},  // holidays
      {"2026-03-26T10:00", days(office(), 1), "2026-03-27T10:00:00+03:00"},  // daylight saving
      {"2026-11-23T12:30", days(berlin(), 1), "2026-11-24T13:00:00+01:00"},  // to lunch's end
      {"2028-02-29T10:00", days(berlin(), 1), "2028-03-01T10:00:00+01:00"},
      {"2025-12-31T10:00", days(berlin(), 1), "2026-01-02T10:00:00+01:00"},
      {"2026-11-25T12:00", days(new_york(), 1), "2026-11-27T12:00:00-05:00"},
      {"2026-11-22T10:00:00.5", days(office(), 1), "2026-11-23T10:00:00.5+02:00"},
  });
}

TEST(WorkingTime, counts_backwards_as_well) {
  expect_all({
      {"2026-11-22T10:00", hours(office(), -2), "2026-11-20T12:00:00+02:00"},
      {"2026-11-22T10:00", hours(office(), -1), "2026-11-22T09:00:00+02:00"},
      {"2026-11-21T10:00", hours(office(), -1), "2026-11-20T12:00:00+02:00"},
      {"2026-11-22T10:00", days(office(), -1), "2026-11-20T10:00:00+02:00"},
      {"2026-11-22T15:00", days(office(), -1), "2026-11-20T13:00:00+02:00"},
  });
}

TEST(WorkingTime, that_is_none_ends_at_once) {
  expect_all({{"2026-11-28T12:00", hours(office(), 0), "2026-11-28T12:00:00+02:00"},
              {"2026-11-28T12:00", days(office(), 0), "2026-11-28T12:00:00+02:00"}});
}

TEST(WorkingTime, ends_where_a_calendar_never_opens_or_is_not_known) {
  auto const never = std::make_shared<Calendar>();
  auto const known = office();
  known->last = *parse_date("2026-11-23");
  expect_all({{"2026-11-22T10:00", hours(never, 1), "nothing"},
              {"2026-11-22T10:00", days(never, 1), "nothing"},
              {"2026-11-22T10:00", days(office(), limits::counted_days_max), "nothing"},
              {"2026-11-22T10:00", hours(known, 17), "2026-11-23T18:00:00+02:00"},
              {"2026-11-22T10:00", hours(known, 18), "nothing"},
              {"9999-12-31T10:00", hours(office(), 24), "nothing"}});
}

TEST(WorkingTime, says_how_it_was_counted) {
  auto const zone = office()->zone;
  auto const at = [&](std::string_view text) { return *zone.parse(text); };
  Counted counted;
  ASSERT_TRUE(count(at("2026-11-26T16:00"), hours(office(), 7), &counted));
  EXPECT_EQ(counted.calendar, "office");
  EXPECT_EQ(counted.from, at("2026-11-26T16:00"));
  EXPECT_EQ(counted.intervals, (std::vector<std::pair<Instant, Instant>>{
                                   {at("2026-11-26T16:00"), at("2026-11-26T18:00")},
                                   {at("2026-11-27T09:00"), at("2026-11-27T13:00")},
                                   {at("2026-11-29T09:00"), at("2026-11-29T10:00")}}));
  EXPECT_EQ(counted.skipped, std::vector{*parse_date("2026-11-28")});
  ASSERT_TRUE(count(at("2026-11-26T16:00"), days(office(), 2), &counted));
  EXPECT_EQ(counted.intervals, (std::vector<std::pair<Instant, Instant>>{
                                   {at("2026-11-27T09:00"), at("2026-11-27T13:00")},
                                   {at("2026-11-29T09:00"), at("2026-11-29T16:00")}}));
  EXPECT_EQ(counted.skipped, std::vector{*parse_date("2026-11-28")});
}

TEST(WorkingTime, says_the_first_stretches_and_the_last_of_a_long_count) {
  Counted counted;
  auto const until =
      count(*office()->zone.parse("2026-11-22T10:00"), days(office(), 300), &counted);
  ASSERT_TRUE(until);
  ASSERT_EQ(counted.intervals.size(), limits::counted_intervals_max);
  EXPECT_EQ(counted.intervals.back().second, *until);
  EXPECT_EQ(counted.intervals.front().first, *office()->zone.parse("2026-11-23T09:00"));
}

TEST(WorkingDays, count_on_dates_too) {
  EXPECT_EQ(to_text(*count(*parse_date("2026-11-26"), days(office(), 2))), "2026-11-29");
  EXPECT_EQ(to_text(*count(*parse_date("2026-11-29"), days(office(), -1))), "2026-11-27");
  EXPECT_FALSE(count(*parse_date("2026-11-26"), hours(office(), 2)));
}

TEST(WorkingTime, is_written_as_the_language_writes_it) {
  EXPECT_EQ(to_text(hours(office(), 4)), "4 working hours in office");
  EXPECT_EQ(to_text(minutes(office(), 90)), "90 working minutes in office");
  EXPECT_EQ(to_text(days(office(), 1)), "1 working day in office");
}

TEST(WorkingTime, compares_with_its_like_alone) {
  auto const one = office();
  EXPECT_EQ(compare(hours(one, 4), hours(one, 3)), std::strong_ordering::greater);
  EXPECT_EQ(compare(days(one, 1), days(one, 2)), std::strong_ordering::less);
  EXPECT_FALSE(compare(days(one, 1), hours(one, 9)));
  EXPECT_FALSE(compare(hours(one, 4), hours(office(), 4)));
  EXPECT_FALSE(compare(hours(one, 4), Duration{0, Number{4 * 3600}}));
  EXPECT_FALSE(add(hours(one, 4), Duration{0, Number{4 * 3600}}));
  EXPECT_EQ(*add(hours(one, 4), hours(one, 4)), hours(one, 8));
}

}  // namespace
}  // namespace heed
