#include "engine/base/calendar.hpp"

#include <algorithm>

#include "engine/base/ensure.hpp"
#include "engine/base/limits.hpp"

namespace heed {
namespace {

using Open = std::pair<Instant, Instant>;

constexpr std::int64_t micros_per_second = 1'000'000;

std::size_t weekday_of(Date day) {
  auto const rest = (std::int64_t{day.days} + 4) % 7;  // 1970-01-01 was a thursday
  return static_cast<std::size_t>(rest < 0 ? rest + 7 : rest);
}

/// One count under way.
class Count {
 public:
  Count(Calendar const& calendar, Counted* counted) : calendar_{calendar}, counted_{counted} {}

  /// Forwards; `micros` is greater than 0.
  std::optional<Instant> after(Instant from, std::int64_t micros) {
    for (auto day = calendar_.zone.date_of(from); look_at(day); ++day.days) {
      for (auto const& [begin, end] : open_) {
        auto const start = std::max(begin, from);
        if (start >= end) continue;
        if (end.micros - start.micros >= micros)
          return pass({start, Instant{start.micros + micros}}).second;
        pass({start, end});
        micros -= end.micros - start.micros;
      }
    }
    return std::nullopt;
  }

  /// Backwards; `micros` is greater than 0.
  std::optional<Instant> before(Instant from, std::int64_t micros) {
    for (auto day = calendar_.zone.date_of(from); look_at(day); --day.days) {
      for (auto open = open_.rbegin(); open != open_.rend(); ++open) {
        auto const stop = std::min(open->second, from);
        if (open->first >= stop) continue;
        if (stop.micros - open->first.micros >= micros)
          return pass({Instant{stop.micros - micros}, stop}).first;
        pass({open->first, stop});
        micros -= stop.micros - open->first.micros;
      }
    }
    return std::nullopt;
  }

  /// The Nth open day after `from`, before it where `days`, not 0, is less than 0. Its stretches
  /// are then in `open()`; those of the days on the way are passed.
  std::optional<Date> day_after(Date from, std::int64_t days) {
    auto const step = days < 0 ? -1 : 1;
    for (auto day = from;;) {
      day.days += step;
      if (!look_at(day)) return std::nullopt;
      if (open_.empty()) continue;
      days -= step;
      if (days == 0) return day;
      for (auto const& open : open_) pass(open);
    }
  }

  std::optional<Instant> days_after(Instant from, std::int64_t days) {
    auto const& zone = calendar_.zone;
    auto const day = day_after(zone.date_of(from), days);
    auto at = day ? zone.instant_of(*day, zone.second_of_day(from)) : std::nullopt;
    if (!at) return std::nullopt;
    auto const fraction = from.micros % micros_per_second;
    at->micros += fraction < 0 ? fraction + micros_per_second : fraction;
    for (auto const& [begin, end] : open_) {
      if (*at <= end) return pass({begin, std::max(begin, *at)}).second;
      pass({begin, end});
    }
    return open_.back().second;
  }

 private:
  /// Finds what is open on that day. False where it is beyond what can be counted.
  bool look_at(Date day) {
    open_.clear();
    if (day < calendar_.first || day > calendar_.last || ++days_ > limits::counted_days_max)
      return false;
    for (auto const& stretch : stretches_of(calendar_, day)) {
      auto const begin = calendar_.zone.instant_of(day, stretch.from);
      auto const end = calendar_.zone.instant_of(day, stretch.to);
      if (!begin || !end) return false;
      if (*begin < *end) open_.emplace_back(*begin, *end);
    }
    if (open_.empty() && counted_ != nullptr &&
        counted_->skipped.size() < limits::counted_intervals_max)
      counted_->skipped.push_back(day);
    return true;
  }

  Open pass(Open open) {
    if (counted_ == nullptr) return open;
    auto& intervals = counted_->intervals;
    if (intervals.size() == limits::counted_intervals_max) intervals.pop_back();
    intervals.push_back(open);
    return open;
  }

  Calendar const& calendar_;
  Counted* counted_;
  std::vector<Open> open_;  // of the day looked at, ascending
  int days_ = 0;            // looked at
};

}  // namespace

std::vector<Calendar::Stretch> const& stretches_of(Calendar const& calendar, Date day) {
  static std::vector<Calendar::Stretch> const none;
  auto const closed = std::ranges::binary_search(calendar.closed, day, {}, &Calendar::Closed::day);
  return closed ? none : calendar.open[weekday_of(day)];
}

std::optional<Instant> count(Instant from, Duration const& duration, Counted* counted) {
  ensure(duration.calendar != nullptr);
  auto const exact = multiply(duration.seconds, Number{micros_per_second});
  auto const micros = exact ? Number::parse(to_fixed_text(*exact, 0)) : std::nullopt;
  if (!micros) return std::nullopt;
  if (counted != nullptr) *counted = {duration.calendar->name, from, {}, {}};
  Count counting{*duration.calendar, counted};
  std::optional<Instant> at = from;
  if (duration.days != 0) at = counting.days_after(from, duration.days);
  if (!at || *micros == Number{0}) return at;
  return *micros > Number{0} ? counting.after(*at, micros->numerator())
                             : counting.before(*at, -micros->numerator());
}

std::optional<Date> count(Date from, Duration const& duration) {
  ensure(duration.calendar != nullptr);
  if (!(duration.seconds == Number{0})) return std::nullopt;
  if (duration.days == 0) return from;
  return Count{*duration.calendar, nullptr}.day_after(from, duration.days);
}

}  // namespace heed
