#pragma once
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/number.hpp"

/// Days, instants, durations and zones: exact, on the proleptic Gregorian calendar, years 1 to
/// 9999.
namespace heed {

/// A day without hour or zone: days since 1970-01-01.
struct Date {
  std::int32_t days = 0;
  auto operator<=>(Date const&) const = default;
};

/// A point in time: microseconds since 1970-01-01T00:00Z, leap seconds not counted.
struct Instant {
  std::int64_t micros = 0;
  auto operator<=>(Instant const&) const = default;
};

struct Calendar;

/// A length of time: calendar months and exact seconds; at most one of them is not 0 in what a
/// policy can write, both may meet in a sum. A day here is 86,400 seconds.
/// Working time names its calendar: then `days` are its open days and `seconds` open time, the days
/// counted first; `months` is 0. Plain time has no `days`.
struct Duration {
  std::int64_t months = 0;
  Number seconds;
  std::shared_ptr<Calendar const> calendar;  // null: plain time
  std::int64_t days = 0;
  auto operator<=>(Duration const&) const = delete;
  bool operator==(Duration const&) const = default;
};

/// The time since what never was: longer than any other duration. Nothing computes with it.
inline constinit Duration const never{1'000'000'000'000'000, Number{}};

/// Which is longer. Nothing where months stand against seconds, working days against working hours,
/// or working time against plain time or that of another calendar: none has a fixed length.
std::optional<std::strong_ordering> compare(Duration const& left, Duration const& right);

/// The day of the given year, month and day of month; nothing where there is no such day.
std::optional<Date> make_date(int year, int month, int day);

/// `2026-11-22`. Nothing for any other text.
std::optional<Date> parse_date(std::string_view text);
std::string to_text(Date date);

/// ISO 8601 durations of weeks, days, hours, minutes and seconds: `PT4H`, `P2DT30M`. Years and
/// months are refused: they have no fixed length. Nothing for any other text.
std::optional<Duration> parse_iso_duration(std::string_view text);
/// As the language writes it: `4 hours`, `2 days`, `90 seconds`. Nothing for any other text.
std::optional<Duration> parse_plain_duration(std::string_view text);
/// ISO 8601, the largest units first: `P1DT2H`, `PT0.5S`, `PT0S`; months as `P1M`; a leading `-`
/// where it is negative. Fractions of a second are rounded to six places, half away from zero.
/// Working time as the language writes it, with its calendar: `4 working hours in office`.
std::string to_text(Duration const& duration);

/// A time zone of the system's tz database. Cheap to copy; lives as long as the program.
class Zone {
 public:
  static Zone utc();
  /// `Asia/Jerusalem`. Nothing where the database has no such zone.
  static std::optional<Zone> find(std::string_view name);

  std::string_view name() const;
  /// The day that it is in this zone at `at`.
  Date date_of(Instant at) const;
  /// Seconds after midnight on that day, by the wall clock.
  std::int64_t second_of_day(Instant at) const;
  /// The instant at which the wall clock shows this. Of two such instants the earlier; where the
  /// clock leaps over it, the instant of the leap. Nothing beyond the years 1 to 9999.
  std::optional<Instant> instant_of(Date date, std::int64_t second_of_day) const;
  /// RFC 3339 with this zone's offset, fractions of a second only where there are any:
  /// `2026-11-22T10:15:00+02:00`; `Z` where the offset is nothing. Always this instant: time_text.
  std::string to_text(Instant at) const;
  /// RFC 3339 with an offset, or read in this zone; or a date alone. Nothing where !can_write, too.
  std::optional<Instant> parse(std::string_view text) const;

  bool operator==(Zone const&) const = default;

 private:
  explicit Zone(void const* zone) : zone_{zone} {}
  void const* zone_;  // date::time_zone const*
};

/// Sums. Nothing where the result cannot be written (time_text), or a date's is no whole day; an
/// instant is rounded to the microsecond, half away from zero.
/// Months are counted on the calendar, the 31st held to the month's end; seconds are exact; working
/// time is counted in its own calendar (calendar.hpp), on dates its days alone.
/// Durations add up where both are plain, or working time of one calendar.
std::optional<Instant> add(Instant at, Duration const& duration, Zone const& zone);
std::optional<Date> add(Date date, Duration const& duration);
std::optional<Duration> negate(Duration const& duration);
std::optional<Duration> add(Duration const& left, Duration const& right);
Duration between(Instant from, Instant to);
Duration between(Date from, Date to);

/// The release of the system's tz database, such as `2026b`; empty where it does not say.
std::string tz_version();

}  // namespace heed
