#include <gtest/gtest.h>

#include "engine/base/time.hpp"

namespace heed {
namespace {

Zone jerusalem() {
  return *Zone::find("Asia/Jerusalem");
}

Duration months(std::int64_t count) {
  return {count, Number{}};
}
Duration hours(std::int64_t count) {
  return {0, Number{count * 3600}};
}

TEST(Date, is_read_and_written) {
  for (std::string_view text : {"0001-01-01", "1970-01-01", "2024-02-29", "9999-12-31"})
    EXPECT_EQ(to_text(*parse_date(text)), text);
  for (std::string_view text :
       {"2023-02-29", "0000-01-01", "10000-01-01", "2026-1-1", "2026-11-22T", "x"})
    EXPECT_FALSE(parse_date(text)) << text;
  EXPECT_EQ(parse_date("1970-01-02")->days, 1);
}

TEST(Instant, is_read_with_an_offset_or_in_the_zone) {
  struct Case {
    std::string_view text, shown;
  };
  constexpr Case cases[] = {
      {"2026-11-22T10:15:00+02:00", "2026-11-22T10:15:00+02:00"},
      {"2026-11-22T08:15:00Z", "2026-11-22T10:15:00+02:00"},
      {"2026-11-22T10:15", "2026-11-22T10:15:00+02:00"},
      {"2026-11-22", "2026-11-22T00:00:00+02:00"},
      {"2026-07-01T12:00:00.25Z", "2026-07-01T15:00:00.25+03:00"},
  };
  for (auto const& c : cases) {
    auto const at = jerusalem().parse(c.text);
    ASSERT_TRUE(at) << c.text;
    EXPECT_EQ(jerusalem().to_text(*at), c.shown);
  }
  for (std::string_view text :
       {"2026-11-22T", "2026-11-22T25:00Z", "2026-11-22 10:00", "2026-11-22T10:00+2", ""})
    EXPECT_FALSE(jerusalem().parse(text)) << text;
  EXPECT_EQ(Zone::utc().to_text(Instant{0}), "1970-01-01T00:00:00Z");
}

TEST(Instant, is_refused_where_its_year_cannot_be_written_in_the_zone) {
  auto const utc = Zone::utc(), new_york = *Zone::find("America/New_York");
  for (auto const* text : {"9999-12-31T23:59:59Z", "9999-12-31T22:00:00Z"}) {
    EXPECT_TRUE(utc.parse(text)) << text;
    EXPECT_FALSE(jerusalem().parse(text)) << text;
    EXPECT_TRUE(new_york.parse(text)) << text;
  }
  EXPECT_TRUE(jerusalem().parse("9999-12-31T21:59:59Z"));
  EXPECT_FALSE(new_york.parse("0001-01-01T00:00:00Z"));
  EXPECT_FALSE(jerusalem().parse("0001-01-01"));
  EXPECT_EQ(jerusalem().to_text(*utc.parse("9999-12-31T23:59:59Z")), "9999-12-31T23:59:59Z");
  EXPECT_EQ(new_york.to_text(*utc.parse("0001-01-01T00:00:00Z")), "0001-01-01T00:00:00Z");
}

TEST(Instant, of_local_mean_time_is_written_as_the_same_instant) {
  auto const new_york = *Zone::find("America/New_York");
  for (auto const& zone : {jerusalem(), new_york})
    for (auto const* text : {"0001-01-02T00:00:00Z", "1850-06-01T12:30:00.5Z"}) {
      auto const at = *Zone::utc().parse(text);
      auto const again = zone.parse(zone.to_text(at));
      ASSERT_TRUE(again) << zone.to_text(at);
      EXPECT_EQ(*again, at) << zone.to_text(at);
    }
  EXPECT_EQ(jerusalem().to_text(*Zone::utc().parse("0001-01-01T00:00:00Z")),
            "0001-01-01T02:20:00+02:20");
}

TEST(Sums, that_leave_the_years_of_the_zone_are_nothing) {
  auto const zone = jerusalem();
  auto const last = *zone.parse("9999-12-31T23:00:00+02:00");
  EXPECT_TRUE(add(last, Duration{0, Number{3'599}}, zone));
  EXPECT_FALSE(add(last, hours(1), zone));
  EXPECT_TRUE(add(last, hours(1), Zone::utc()));
  EXPECT_FALSE(add(last, months(1), zone));
}

TEST(Zone, an_hour_that_is_leapt_over_is_the_leap_and_a_double_one_the_earlier) {
  // Israel 2026: 27 March 02:00 -> 03:00, 25 October 02:00 -> 01:00.
  auto const zone = jerusalem();
  EXPECT_EQ(zone.to_text(*zone.parse("2026-03-27T02:30")), "2026-03-27T03:00:00+03:00");
  EXPECT_EQ(zone.to_text(*zone.parse("2026-10-25T01:30")), "2026-10-25T01:30:00+03:00");
  EXPECT_FALSE(Zone::find("Asia/Nowhere"));
}

TEST(Sums, months_hold_the_31st_to_the_months_end_and_hours_are_exact) {
  auto const zone = jerusalem();
  EXPECT_EQ(zone.to_text(*add(*zone.parse("2026-01-31T10:00"), months(1), zone)),
            "2026-02-28T10:00:00+02:00");
  EXPECT_EQ(zone.to_text(*add(*zone.parse("2024-02-29T10:00"), months(12), zone)),
            "2025-02-28T10:00:00+02:00");
  EXPECT_EQ(zone.to_text(*add(*zone.parse("2026-03-26T12:00"), hours(24), zone)),
            "2026-03-27T13:00:00+03:00");
  EXPECT_EQ(to_text(*add(*parse_date("2026-01-31"), months(-11))), "2025-02-28");
  EXPECT_EQ(to_text(*add(*parse_date("2026-02-28"), hours(24))), "2026-03-01");
  EXPECT_FALSE(add(*parse_date("2026-02-28"), hours(5)));
  EXPECT_FALSE(add(*parse_date("9999-12-31"), hours(24)));
  EXPECT_FALSE(add(*zone.parse("9999-12-31T10:00"), months(1), zone));
}

TEST(Duration, is_read_and_written) {
  struct Case {
    std::string_view text, shown;
  };
  constexpr Case iso[] = {{"PT4H", "PT4H"}, {"P2DT30M", "P2DT30M"}, {"PT36H", "P1DT12H"},
                          {"P1W", "P7D"},   {"PT0.5S", "PT0.5S"},   {"-PT90S", "-PT1M30S"},
                          {"PT0S", "PT0S"}};
  for (auto const& c : iso) {
    auto const duration = parse_iso_duration(c.text);
    ASSERT_TRUE(duration) << c.text;
    EXPECT_EQ(to_text(*duration), c.shown);
  }
  for (std::string_view text : {"P", "PT", "P1M", "P1Y", "4H", "PT4", "P1H", "PT1H1D", "P1DT"})
    EXPECT_FALSE(parse_iso_duration(text)) << text;
  EXPECT_EQ(to_text(*parse_plain_duration("4 hours")), "PT4H");
  EXPECT_EQ(to_text(*parse_plain_duration("1 day")), "P1D");
  for (std::string_view text : {"4hours", "4 hour s", "four hours", "1 month", "4", "4 "})
    EXPECT_FALSE(parse_plain_duration(text)) << text;
  EXPECT_EQ(to_text(months(14)), "P14M");
}

TEST(Duration, a_month_has_no_fixed_length) {
  EXPECT_FALSE(compare(months(1), hours(24 * 30)));
  EXPECT_EQ(compare(months(1), months(2)), std::strong_ordering::less);
  EXPECT_EQ(compare(hours(25), hours(24)), std::strong_ordering::greater);
}

}  // namespace
}  // namespace heed
