#include "engine/search/distance.hpp"

#include <algorithm>
#include <cstdlib>

#include "engine/base/expected.hpp"

namespace heed::search {
namespace {

Number magnitude_of(Number const& number) {
  return number < Number{} ? negate(number) : number;
}

/// `part` beside `whole` in millionths, rounded up, so that only nothing is 0.
std::uint64_t millionths_of(Number const& part, Number const& whole) {
  auto const ratio = divide(part, whole);
  if (!ratio) return whole_step;
  auto const scaled = multiply(*ratio, Number{static_cast<std::int64_t>(whole_step)});
  if (!scaled) return whole_step;
  auto const floor = scaled->numerator() / scaled->denominator();
  return static_cast<std::uint64_t>(scaled->is_whole() ? floor : floor + 1);
}

/// What a difference from this value is large or small beside; never 0.
Number scale_of(Value const& from, Number const& number) {
  constexpr std::int64_t year_days = 365;
  constexpr std::int64_t day_micros = 86'400'000'000;
  if (std::holds_alternative<Date>(from)) return Number{year_days};
  if (std::holds_alternative<Instant>(from)) return Number{year_days * day_micros};
  if (number != Number{}) return magnitude_of(number);
  return Number{std::holds_alternative<Duration>(from) ? 3'600 : 1};
}

std::uint64_t distance_between_numbers(Value const& from, Value const& to) {
  auto const left = number_of(from);
  auto const right = number_of(to);
  auto const difference = left && right ? subtract(*left, *right) : std::nullopt;
  if (!difference) return whole_step;
  auto const whole = add(scale_of(from, *left), magnitude_of(*difference));
  return whole ? millionths_of(magnitude_of(*difference), *whole) : whole_step;
}

std::uint64_t distance_between_sets(SetValue const& from, SetValue const& to) {
  std::uint64_t changed = 0;
  auto const count_missing = [&changed](SetValue const& one, SetValue const& other) {
    for (auto const& item : one.items)
      if (std::ranges::find(other.items, item) == other.items.end()) ++changed;
  };
  count_missing(from, to);
  count_missing(to, from);
  return changed * whole_step;
}

}  // namespace

std::optional<Number> number_of(Value const& value) {
  if (auto const* number = std::get_if<Number>(&value)) return *number;
  if (auto const* money = std::get_if<Money>(&value)) return money->amount;
  if (auto const* date = std::get_if<Date>(&value)) return Number{date->days};
  if (auto const* time = std::get_if<Instant>(&value)) return Number{time->micros};
  auto const* duration = std::get_if<Duration>(&value);
  if (duration == nullptr || duration->months != 0 || duration->calendar != nullptr)
    return std::nullopt;
  return duration->seconds;
}

std::uint64_t distance_between(Type const& type, std::optional<Value> const& from,
                               std::optional<Value> const& to) {
  if (from == to || !from) return 0;
  if (!to || from->index() != to->index()) return whole_step;
  if (auto const* chosen = std::get_if<Chosen>(&*from)) {
    auto const steps = type.choice ? type.choice->values.size() : 0;
    if (steps < 2 || !type.choice->ordered) return whole_step;
    auto const left = static_cast<std::int64_t>(*chosen);
    auto const right = static_cast<std::int64_t>(std::get<Chosen>(*to));
    return millionths_of(Number{std::abs(left - right)},
                         Number{static_cast<std::int64_t>(steps) - 1});
  }
  if (auto const* set = std::get_if<SetValue>(&*from))
    return distance_between_sets(*set, std::get<SetValue>(*to));
  return number_of(*from) ? distance_between_numbers(*from, *to) : whole_step;
}

}  // namespace heed::search
