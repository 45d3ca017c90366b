#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/time.hpp"

/// Calendars: when somebody is there, and how working time is counted in them.
namespace heed {

/// The hours and days in which time counts, by the wall clock of `zone`.
struct Calendar {
  using Texts = std::map<std::string, std::string, std::less<>>;  // by language
  /// Seconds after midnight, `from` before `to`, at most 86,400.
  struct Stretch {
    std::int32_t from = 0, to = 0;
    auto operator<=>(Stretch const&) const = default;
  };
  struct Closed {
    Date day;
    Texts title;  // may be empty
  };
  std::string name;
  Texts title;
  Zone zone = Zone::utc();
  std::array<std::vector<Stretch>, 7> open;  // from sunday on; ascending, without overlaps
  std::vector<Closed> closed;                // by day, each once
  Date first{-719'162}, last{2'932'896};     // the days it knows of: 0001-01-01 to 9999-12-31
};

/// How working time was counted: the open stretches that were passed, and the days without any.
struct Counted {
  std::string calendar;
  Instant from;
  /// At most limits::counted_intervals_max: where there are more, the first ones and the last.
  std::vector<std::pair<Instant, Instant>> intervals;
  std::vector<Date> skipped;  // in the calendar's zone; the first limits::counted_intervals_max
};

/// The stretches of the weekday of `day`, none where it is closed. By the wall clock: daylight
/// saving may leave nothing of one.
std::vector<Calendar::Stretch> const& stretches_of(Calendar const& calendar, Date day);

/// The instant at which `duration`, working time, has passed since `from`; before it where the
/// duration is negative. Hours end at the earliest instant by which that much time was open
/// (before: the latest). N days end on the Nth following open day at the same time of day, held to
/// that day's hours: between two stretches, to the later one's beginning. No time at all ends at
/// once. With `counted`, says how. Nothing where the count leaves the days that the calendar knows,
/// or looks at more than limits::counted_days_max days.
std::optional<Instant> count(Instant from, Duration const& duration, Counted* counted = nullptr);

/// The same of whole days on dates. Nothing, too, where open seconds are to be counted.
std::optional<Date> count(Date from, Duration const& duration);

}  // namespace heed
