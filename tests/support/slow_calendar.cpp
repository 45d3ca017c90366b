#include "tests/support/slow_calendar.hpp"

#include <algorithm>
#include <vector>

#include "engine/base/limits.hpp"

namespace heed::oracle {

namespace {

constexpr std::int64_t second = 1'000'000, day_seconds = 86'400;

/// One step during which somebody is there: `stretch` of `day`.
struct Step {
  std::int64_t begin = 0, end = 0;
  std::int32_t day = 0;
  std::size_t stretch = 0;
};

/// Runs along the clock. The latest hour that it has shown counts: an hour that it shows a second
/// time, in autumn, neither opens nor closes anything.
struct Clock {
  Calendar const& calendar;
  std::int64_t at, step;
  std::int64_t latest = 0;

  Clock(Calendar const& hours, Instant from) : calendar{hours}, at{from.micros} {
    auto const coarse = [](Calendar::Stretch const& it) {
      return it.from % 900 == 0 && it.to % 900 == 0;
    };
    auto const all_coarse = std::all_of(hours.open.begin(), hours.open.end(), [&](auto const& day) {
      return std::all_of(day.begin(), day.end(), coarse);
    });
    step = (all_coarse ? 900 : 60) * second;
    at -= at % step;
    if (at > from.micros) at -= step;
    at -= 2 * day_seconds * second;
    latest = shown();
  }

  std::int64_t shown() const {
    auto const& zone = calendar.zone;
    return zone.date_of(Instant{at}).days * day_seconds + zone.second_of_day(Instant{at});
  }
  Date day() const {
    auto const down = latest % day_seconds < 0 ? 1 : 0;
    return Date{static_cast<std::int32_t>(latest / day_seconds - down)};
  }
  std::int64_t second_of_day() const { return latest - day().days * day_seconds; }

  void advance() {
    at += step;
    latest = std::max(latest, shown());
  }
  std::optional<Step> open() const {
    auto const today = day();
    for (auto const& closed : calendar.closed)
      if (closed.day == today) return std::nullopt;
    auto const weekday = ((today.days % 7) + 7 + 4) % 7;
    auto const& stretches = calendar.open[static_cast<std::size_t>(weekday)];
    for (std::size_t i = 0; i < stretches.size(); ++i)
      if (stretches[i].from <= second_of_day() && second_of_day() < stretches[i].to)
        return Step{at, at + step, today.days, i};
    return std::nullopt;
  }
};

void join(std::vector<Step>& open, Step const& next) {
  auto const goes_on = !open.empty() && open.back().end == next.begin &&
                       open.back().day == next.day && open.back().stretch == next.stretch;
  if (goes_on)
    open.back().end = next.end;
  else
    open.push_back(next);
}

void tell(Counted& counted, std::vector<Step> const& open, Date first, Date last) {
  for (auto const& one : open) counted.intervals.push_back({Instant{one.begin}, Instant{one.end}});
  auto const most = limits::counted_intervals_max;
  if (counted.intervals.size() > most)
    counted.intervals.erase(counted.intervals.begin() + static_cast<std::ptrdiff_t>(most) - 1,
                            counted.intervals.end() - 1);
  for (auto day = first; day <= last && counted.skipped.size() < most; ++day.days) {
    auto const on = [&](Step const& one) { return one.day == day.days; };
    if (std::none_of(open.begin(), open.end(), on)) counted.skipped.push_back(day);
  }
}

bool is_known(Calendar const& calendar, Date day) {
  return day >= calendar.first && day <= calendar.last;
}

std::optional<Instant> hours_after(Calendar const& calendar, Instant from, std::int64_t micros,
                                   Counted* counted) {
  auto const first = calendar.zone.date_of(from);
  std::vector<Step> open;
  for (Clock clock{calendar, from};; clock.advance()) {
    if (clock.at + clock.step <= from.micros) continue;
    auto const day = clock.day();
    if (day.days - first.days >= limits::counted_days_max || !is_known(calendar, day))
      return std::nullopt;
    auto step = clock.open();
    if (!step) continue;
    step->begin = std::max(step->begin, from.micros);
    step->end = std::min(step->end, step->begin + micros);
    micros -= step->end - step->begin;
    join(open, *step);
    if (micros > 0) continue;
    if (counted) {
      // Days that opened before the count began are not closed ones.
      auto const begun = !open.empty() && open.front().day == first.days;
      bool opened_today = begun;
      for (Clock early{calendar, from}; !opened_today && early.at < from.micros; early.advance())
        opened_today = early.day() == first && early.open().has_value();
      tell(*counted, open, opened_today && !begun ? Date{first.days + 1} : first, day);
    }
    return Instant{step->end};
  }
}

std::optional<Instant> hours_before(Calendar const& calendar, Instant from, std::int64_t micros) {
  auto const last = calendar.zone.date_of(from);
  for (std::int32_t reach = 4;; reach *= 2) {
    auto const start = Instant{from.micros - reach * day_seconds * second};
    auto const first = calendar.zone.date_of(start);
    std::vector<Step> open;
    for (Clock clock{calendar, start}; clock.at < from.micros; clock.advance()) {
      auto step = clock.open();
      if (!step || clock.day() <= first) continue;
      step->end = std::min(step->end, from.micros);
      join(open, *step);
    }
    auto left = micros;
    for (auto one = open.rbegin(); one != open.rend(); ++one) {
      auto const known =
          is_known(calendar, Date{one->day}) && last.days - one->day < limits::counted_days_max;
      if (!known) return std::nullopt;
      if (one->end - one->begin >= left) return Instant{one->end - left};
      left -= one->end - one->begin;
    }
    if (reach > limits::counted_days_max) return std::nullopt;
  }
}

/// What is open on `day`.
std::vector<Step> stretches_on(Calendar const& calendar, Date day) {
  std::vector<Step> open;
  auto const noon = Instant{(day.days * day_seconds + day_seconds / 2) * second};
  for (Clock clock{calendar, noon}; clock.at < noon.micros + 3 * day_seconds * second;
       clock.advance()) {
    auto const step = clock.open();
    if (step && step->day == day.days) join(open, *step);
  }
  return open;
}

/// When the clock shows the hour of `from` on `day`, or first passes it.
Instant hour_on(Calendar const& calendar, Date day, Instant from) {
  auto const wanted = day.days * day_seconds + calendar.zone.second_of_day(from);
  auto fraction = from.micros % second;
  if (fraction < 0) fraction += second;
  auto const noon = Instant{(day.days * day_seconds + day_seconds / 2) * second};
  for (Clock clock{calendar, noon};; clock.advance()) {
    auto const reached = clock.latest + clock.step / second > wanted;
    if (!reached || clock.latest != clock.shown()) continue;
    return Instant{clock.at + std::max<std::int64_t>(wanted - clock.latest, 0) * second + fraction};
  }
}

/// The Nth open day after `from`, or before; what was open on the days on the way into `open`.
std::optional<Date> nth_day(Calendar const& calendar, Date from, std::int64_t days,
                            std::vector<Step>* open) {
  auto const step = days < 0 ? -1 : 1;
  auto day = from;
  for (int looked = 0; looked < limits::counted_days_max; ++looked) {
    day.days += step;
    if (!is_known(calendar, day)) return std::nullopt;
    auto const stretches = stretches_on(calendar, day);
    if (stretches.empty()) continue;
    days -= step;
    if (days == 0) return day;
    if (open) open->insert(open->end(), stretches.begin(), stretches.end());
  }
  return std::nullopt;
}

std::optional<Instant> days_after(Calendar const& calendar, Instant from, std::int64_t days,
                                  Counted* counted) {
  std::vector<Step> open;
  auto const first = calendar.zone.date_of(from);
  auto const day = nth_day(calendar, first, days, &open);
  if (!day) return std::nullopt;
  auto const at = hour_on(calendar, *day, from).micros;
  std::int64_t due = 0;
  for (auto one : stretches_on(calendar, *day)) {
    due = std::clamp(at, one.begin, one.end);
    auto const within = at <= one.end;
    one.end = due;
    open.push_back(one);
    if (within) break;
  }
  if (counted && days > 0) tell(*counted, open, Date{first.days + 1}, *day);
  return Instant{due};
}

}  // namespace

std::optional<Instant> count_slowly(Instant from, Duration const& duration, Counted* counted) {
  auto const& calendar = *duration.calendar;
  if (counted) *counted = Counted{calendar.name, from, {}, {}};
  if (duration.days != 0) return days_after(calendar, from, duration.days, counted);
  auto const exact = multiply(duration.seconds, Number{second});
  auto const micros = exact ? Number::parse(to_fixed_text(*exact, 0)) : std::nullopt;
  if (!micros) return std::nullopt;
  auto const open = micros->numerator();
  if (open == 0) return from;
  return open > 0 ? hours_after(calendar, from, open, counted)
                  : hours_before(calendar, from, -open);
}

std::optional<Date> count_slowly(Date from, Duration const& duration) {
  if (duration.seconds != Number{0}) return std::nullopt;
  if (duration.days == 0) return from;
  return nth_day(*duration.calendar, from, duration.days, nullptr);
}

}  // namespace heed::oracle
