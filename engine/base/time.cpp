#include "engine/base/time.hpp"

#include <date/tz.h>

#include <algorithm>
#include <fstream>

#include "engine/base/calendar.hpp"
#include "engine/base/limits.hpp"
#include "engine/base/time_text.hpp"

namespace heed {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

constexpr std::int32_t first_day = -719'162;  // 0001-01-01
constexpr std::int32_t last_day = 2'932'896;  // 9999-12-31
constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t micros_per_day = 86'400 * micros_per_second;

bool in_range(std::int64_t day) {
  return day >= first_day && day <= last_day;
}

date::year_month_day civil(Date day) {
  return date::year_month_day{date::sys_days{date::days{day.days}}};
}

std::string padded(std::int64_t value, std::size_t width) {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

/// Takes `width` digits from the front of `text`; nothing where they are not there.
std::optional<int> take_digits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return std::nullopt;
  int value = 0;
  for (char c : text.substr(0, width)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> take_date(std::string_view& text) {
  auto const year = take_digits(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  auto const month = take_digits(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  auto const day = take_digits(text, 2);
  return day ? make_date(*year, *month, *day) : std::nullopt;
}

/// `09:00`, `09:00:30`, `09:00:30.25` as microseconds after midnight. Digits beyond microseconds
/// are dropped.
std::optional<std::int64_t> take_clock(std::string_view& text) {
  auto const hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  auto const minute = take_digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  std::int64_t micros = (*hour * 3600 + *minute * 60) * micros_per_second;
  if (!take(text, ':')) return micros;
  auto const second = take_digits(text, 2);
  if (!second || *second > 59) return std::nullopt;
  micros += *second * micros_per_second;
  if (!take(text, '.')) return micros;
  std::int64_t unit = micros_per_second / 10;
  bool any = false;
  for (; !text.empty() && text[0] >= '0' && text[0] <= '9'; text.remove_prefix(1), unit /= 10) {
    micros += (text[0] - '0') * unit;
    any = true;
  }
  return any ? std::optional{micros} : std::nullopt;
}

/// `Z` or `+02:00`, in seconds.
std::optional<std::int64_t> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return 0;
  bool const behind = text.starts_with('-');
  if (!take(text, '+') && !take(text, '-')) return std::nullopt;
  auto const hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  auto const minute = take_digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  std::int64_t const offset = *hour * 3600 + *minute * 60;
  return behind ? -offset : offset;
}

std::int64_t floor_div(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

date::time_zone const& zone_of(void const* zone) {
  return *static_cast<date::time_zone const*>(zone);
}

/// A time in which a zone keeps its offset: asking the database takes a search.
struct KnownOffset {
  void const* zone = nullptr;
  std::int64_t begin = 0, end = 0;  // seconds
  std::int64_t offset = 0;
};

std::int64_t offset_at(void const* zone, Instant at) {
  constexpr std::uintptr_t places = 4;
  thread_local KnownOffset all_known[places];
  auto const second = floor_div(at.micros, micros_per_second);
  auto& known =
      all_known[reinterpret_cast<std::uintptr_t>(zone) / sizeof(date::time_zone) % places];
  if (known.zone != zone || second < known.begin || second >= known.end) {
    auto const info = zone_of(zone).get_info(date::sys_seconds{seconds{second}});
    known = {zone, info.begin.time_since_epoch().count(), info.end.time_since_epoch().count(),
             info.offset.count()};
  }
  return known.offset;
}

std::int64_t local_micros(void const* zone, Instant at) {
  return at.micros + offset_at(zone, at) * micros_per_second;
}

std::optional<Date> add_months(Date day, std::int64_t months) {
  if (months > 120'000 || months < -120'000) return std::nullopt;
  auto const from = civil(day);
  auto const month =
      date::year_month{from.year(), from.month()} + date::months{static_cast<int>(months)};
  auto const year = static_cast<int>(month.year());
  if (year < 1 || year > 9999) return std::nullopt;
  auto const end = static_cast<unsigned>(
      date::year_month_day_last{month.year(), date::month_day_last{month.month()}}.day());
  return make_date(year, static_cast<int>(static_cast<unsigned>(month.month())),
                   static_cast<int>(std::min(static_cast<unsigned>(from.day()), end)));
}

std::optional<Instant> checked(std::int64_t micros) {
  if (!in_range(floor_div(micros, micros_per_day))) return std::nullopt;
  return Instant{micros};
}

std::optional<Instant> checked(std::optional<Instant> at, Zone const& zone) {
  return at && can_write(*at, zone) ? at : std::nullopt;
}

}  // namespace

std::optional<Date> make_date(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || day < 1) return std::nullopt;
  date::year_month_day const ymd{date::year{year}, date::month{static_cast<unsigned>(month)},
                                 date::day{static_cast<unsigned>(day)}};
  if (!ymd.ok()) return std::nullopt;
  return Date{date::sys_days{ymd}.time_since_epoch().count()};
}

std::optional<Date> parse_date(std::string_view text) {
  auto const day = take_date(text);
  return text.empty() ? day : std::nullopt;
}

std::string to_text(Date day) {
  auto const ymd = civil(day);
  return padded(static_cast<int>(ymd.year()), 4) + "-" +
         padded(static_cast<unsigned>(ymd.month()), 2) + "-" +
         padded(static_cast<unsigned>(ymd.day()), 2);
}

Zone Zone::utc() {
  static date::time_zone const* const zone = date::locate_zone("Etc/UTC");
  return Zone{zone};
}

std::optional<Zone> Zone::find(std::string_view name) {
  try {
    return Zone{date::locate_zone(std::string{name})};
  } catch (std::exception const&) {  // the library's way to say that there is none
    return std::nullopt;
  }
}

std::string_view Zone::name() const {
  return zone_of(zone_).name();
}

Date Zone::date_of(Instant at) const {
  return Date{static_cast<std::int32_t>(floor_div(local_micros(zone_, at), micros_per_day))};
}

std::int64_t Zone::second_of_day(Instant at) const {
  std::int64_t const local = local_micros(zone_, at);
  return (local - floor_div(local, micros_per_day) * micros_per_day) / micros_per_second;
}

std::optional<Instant> Zone::instant_of(Date day, std::int64_t second_of_day) const {
  date::local_seconds const local{seconds{day.days * std::int64_t{86'400} + second_of_day}};
  auto const info = zone_of(zone_).get_info(local);
  if (info.result == date::local_info::nonexistent)
    return checked(info.first.end.time_since_epoch().count() * micros_per_second);
  std::int64_t const at = local.time_since_epoch().count() - info.first.offset.count();
  return checked(at * micros_per_second);
}

std::string Zone::to_text(Instant at) const {
  std::string text;
  append_text(text, at, *this);
  return text;
}

std::optional<Instant> Zone::parse(std::string_view text) const {
  auto const day = take_date(text);
  if (!day) return std::nullopt;
  if (text.empty()) return instant_of(*day, 0);
  if (!take(text, 'T') && !take(text, 't')) return std::nullopt;
  auto const clock = take_clock(text);
  if (!clock) return std::nullopt;
  if (text.empty()) {
    auto const whole = instant_of(*day, *clock / micros_per_second);
    return whole ? checked(whole->micros + *clock % micros_per_second) : std::nullopt;
  }
  auto const offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return checked(checked(day->days * micros_per_day + *clock - *offset * micros_per_second), *this);
}

std::optional<Instant> add(Instant at, Duration const& duration, Zone const& zone) {
  if (duration.calendar) return checked(count(at, duration), zone);
  if (duration.months != 0) {
    auto const day = add_months(zone.date_of(at), duration.months);
    auto const moved = day ? zone.instant_of(*day, zone.second_of_day(at)) : std::nullopt;
    if (!moved) return std::nullopt;
    at.micros =
        moved->micros + (at.micros - floor_div(at.micros, micros_per_second) * micros_per_second);
  }
  constexpr std::int64_t seconds_max = limits::number_part_max / micros_per_second;
  if (duration.seconds.is_whole() && duration.seconds.numerator() <= seconds_max &&
      duration.seconds.numerator() >= -seconds_max)
    return checked(checked(at.micros + duration.seconds.numerator() * micros_per_second), zone);
  auto const exact = multiply(duration.seconds, Number{micros_per_second});
  auto const micros = exact ? Number::parse(to_fixed_text(*exact, 0)) : std::nullopt;
  return micros ? checked(checked(at.micros + micros->numerator()), zone) : std::nullopt;
}

std::optional<Date> add(Date day, Duration const& duration) {
  if (duration.calendar) return count(day, duration);
  auto const days = divide(duration.seconds, Number{86'400});
  if (!days || !days->is_whole()) return std::nullopt;
  auto const moved = duration.months == 0 ? std::optional{day} : add_months(day, duration.months);
  if (!moved || !in_range(moved->days + days->numerator())) return std::nullopt;
  return Date{static_cast<std::int32_t>(moved->days + days->numerator())};
}

Duration between(Instant from, Instant to) {
  return {0, *Number::make(to.micros - from.micros, micros_per_second)};
}

Duration between(Date from, Date to) {
  return {0, Number{(std::int64_t{to.days} - from.days) * 86'400}};
}

std::string tz_version() {
  std::ifstream file{"/usr/share/zoneinfo/tzdata.zi"};  // its first line is `# version 2026b`
  std::string line;
  std::getline(file, line);
  constexpr std::string_view lead = "# version ";
  return line.starts_with(lead) ? line.substr(lead.size()) : std::string{};
}

}  // namespace heed
