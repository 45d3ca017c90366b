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
  if (whole == Number{}) return part == Number{} ? 0 : whole_step;
  auto const ratio = divide(part, whole);
  if (!ratio || *ratio >= Number{2}) return 2 * whole_step;
  auto const scaled = multiply(*ratio, Number{static_cast<std::int64_t>(whole_step)});
  if (!scaled) return whole_step;
  auto const floor = scaled->numerator() / scaled->denominator();
  return static_cast<std::uint64_t>(scaled->is_whole() ? floor : floor + 1);
}

std::uint64_t distance_between_numbers(Value const& from, Value const& to) {
  auto const left = number_of(from);
  auto const right = number_of(to);
  auto const difference = left && right ? subtract(*left, *right) : std::nullopt;
  if (!difference) return whole_step;
  auto const is_on_calendar =
      std::holds_alternative<Date>(from) || std::holds_alternative<Instant>(from);
  if (!is_on_calendar)
    return millionths_of(magnitude_of(*difference),
                         std::max(magnitude_of(*left), magnitude_of(*right)));
  constexpr std::int64_t year_days = 365;
  constexpr std::int64_t day_micros = 86'400'000'000;
  auto const year = std::holds_alternative<Date>(from) ? year_days : year_days * day_micros;
  return millionths_of(magnitude_of(*difference), Number{year});
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
