#include <algorithm>
#include <array>
#include <span>

#include "engine/base/calendar.hpp"
#include "engine/base/limits.hpp"

namespace heed {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t seconds;
};
constexpr std::array<Unit, 5> plain_units{
    {{"second", 1}, {"minute", 60}, {"hour", 3600}, {"day", 86400}, {"week", 604800}}};
constexpr std::array<Unit, 5> iso_units{
    {{"W", 604800}, {"D", 86400}, {"H", 3600}, {"M", 60}, {"S", 1}}};

std::string_view take_number(std::string_view& text) {
  auto const end = std::min(text.find_first_not_of("0123456789."), text.size());
  auto const number = text.substr(0, end);
  text.remove_prefix(end);
  return number;
}

std::optional<Number> seconds_of(std::string_view digits, std::int64_t unit) {
  auto const count = Number::parse(digits);
  return count ? multiply(*count, Number{unit}) : std::nullopt;
}

/// Adds `2D`, `30M`, … of `units` in their order while `text` lasts.
std::optional<Number> read_parts(std::string_view text, std::span<Unit const> units) {
  Number sum;
  while (!text.empty()) {
    auto const digits = take_number(text);
    if (digits.empty() || text.empty()) return std::nullopt;
    while (!units.empty() && units.front().name[0] != text[0]) units = units.subspan(1);
    if (units.empty()) return std::nullopt;
    auto const part = seconds_of(digits, units.front().seconds);
    auto const total = part ? add(sum, *part) : std::nullopt;
    if (!total) return std::nullopt;
    sum = *total;
    units = units.subspan(1);
    text.remove_prefix(1);
  }
  return sum;
}

/// In the largest unit that it is a whole number of, otherwise in seconds.
std::string working_text(Duration const& duration) {
  auto const text = [&duration](Number const& count, std::string_view unit) {
    auto const plural = count == Number{1} ? "" : "s";
    return to_text(count) + " working " + std::string{unit} + plural + " in " +
           duration.calendar->name;
  };
  if (duration.days != 0) return text(Number{duration.days}, "day");
  for (auto const& unit : {plain_units[2], plain_units[1]}) {
    auto const count = divide(duration.seconds, Number{unit.seconds});
    if (count && count->is_whole()) return text(*count, unit.name);
  }
  return text(duration.seconds, "second");
}

}  // namespace

std::optional<std::strong_ordering> compare(Duration const& left, Duration const& right) {
  if (left == never || right == never) return (left == never) <=> (right == never);
  if (left.calendar != right.calendar) return std::nullopt;
  auto const months = left.months <=> right.months;
  auto const days = left.days <=> right.days;
  auto const seconds = left.seconds <=> right.seconds;
  if (months == 0 && days == 0) return seconds;
  if (seconds == 0) return months == 0 ? days : months;
  return std::nullopt;
}

std::optional<Duration> parse_iso_duration(std::string_view text) {
  bool const negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (!text.starts_with('P') || text.size() < 3) return std::nullopt;
  text.remove_prefix(1);
  auto const split = text.find('T');
  auto const days = text.substr(0, split);
  auto const clock = split == std::string_view::npos ? std::string_view{} : text.substr(split + 1);
  if (split != std::string_view::npos && clock.empty()) return std::nullopt;
  auto const units = std::span{iso_units};
  auto const whole_days = read_parts(days, units.first(2));
  auto const rest = read_parts(clock, units.subspan(2));
  if (!whole_days || !rest) return std::nullopt;
  auto const seconds = add(*whole_days, *rest);
  if (!seconds) return std::nullopt;
  return Duration{0, negative ? negate(*seconds) : *seconds};
}

std::optional<Duration> parse_plain_duration(std::string_view text) {
  auto const digits = take_number(text);
  if (digits.empty() || !text.starts_with(' ')) return std::nullopt;
  text.remove_prefix(text.find_first_not_of(' ') == std::string_view::npos
                         ? text.size()
                         : text.find_first_not_of(' '));
  for (auto const& unit : plain_units) {
    if (!text.starts_with(unit.name)) continue;
    auto const rest = text.substr(unit.name.size());
    if (!rest.empty() && rest != "s") continue;
    auto const seconds = seconds_of(digits, unit.seconds);
    if (!seconds) return std::nullopt;
    return Duration{0, *seconds};
  }
  return std::nullopt;
}

std::string to_text(Duration const& duration) {
  if (duration.calendar) return working_text(duration);
  bool const negative = duration.months < 0 || duration.seconds < Number{0};
  Number rest = duration.seconds < Number{0} ? negate(duration.seconds) : duration.seconds;
  // Rounded first, so that 59.9999999 seconds are a minute.
  rest = Number::parse(to_fixed_text(rest, 6)).value_or(rest);
  std::int64_t const months = duration.months < 0 ? -duration.months : duration.months;
  std::string text = negative ? "-P" : "P";
  if (months != 0) text += std::to_string(months) + "M";
  std::int64_t const whole = rest.numerator() / rest.denominator();
  Number const seconds =
      add(Number{whole % 60}, *subtract(rest, Number{whole})).value_or(Number{whole % 60});
  std::int64_t const days = whole / 86400, hours = whole / 3600 % 24, minutes = whole / 60 % 60;
  if (days != 0) text += std::to_string(days) + "D";
  std::string clock;
  if (hours != 0) clock += std::to_string(hours) + "H";
  if (minutes != 0) clock += std::to_string(minutes) + "M";
  if (seconds != Number{0}) clock += to_text(seconds, 6) + "S";
  if (clock.empty() && days == 0 && months == 0) clock = "0S";
  return clock.empty() ? text : text + "T" + clock;
}

std::optional<Duration> negate(Duration const& duration) {
  return Duration{-duration.months, negate(duration.seconds), duration.calendar, -duration.days};
}

std::optional<Duration> add(Duration const& left, Duration const& right) {
  auto const seconds = add(left.seconds, right.seconds);
  std::int64_t const months = left.months + right.months;
  std::int64_t const days = left.days + right.days;
  if (left.calendar != right.calendar || !seconds) return std::nullopt;
  if (months > 120'000 || months < -120'000) return std::nullopt;
  if (days > limits::number_part_max || days < -limits::number_part_max) return std::nullopt;
  return Duration{months, *seconds, left.calendar, days};
}

}  // namespace heed
