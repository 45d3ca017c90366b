#include "engine/run/arithmetic.hpp"

#include <utility>

namespace heed::run {
namespace {

using Result = Expected<Value, Flaw>;

Failure<Flaw> fail(Flaw flaw) {
  return {flaw};
}

/// The number, or that it is beyond the limits.
Result number(std::optional<Number> const& result) {
  if (!result) return fail(Flaw::number_out_of_range);
  return Value{*result};
}

Result money(std::optional<Number> const& amount, Currency currency) {
  if (!amount) return fail(Flaw::number_out_of_range);
  return Value{Money{*amount, currency}};
}

bool divides_by_zero(Operator op, Number const& right) {
  return op == Operator::divide && right == Number{0};
}

Result of(Operator op, Number const& left, Number const& right) {
  if (divides_by_zero(op, right)) return fail(Flaw::division_by_zero);
  return number(calculate(op, left, right));
}

Result of(Operator op, Money const& left, Money const& right) {
  if (!stand_together(left, right)) return fail(Flaw::currencies);
  if (divides_by_zero(op, right.amount)) return fail(Flaw::division_by_zero);
  auto const result = calculate(op, left.amount, right.amount);
  return op == Operator::divide
             ? number(result)
             : money(result, left.currency == no_currency ? right.currency : left.currency);
}

Result of(Operator op, Money const& left, Number const& right) {
  if (divides_by_zero(op, right)) return fail(Flaw::division_by_zero);
  return money(calculate(op, left.amount, right), left.currency);
}

Result of(Operator op, Number const& left, Money const& right) {
  return of(op, right, left);
}

Result scale(Operator op, Duration const& left, Number const& right) {
  if (divides_by_zero(op, right)) return fail(Flaw::division_by_zero);
  auto const months = calculate(op, left.months, right);
  auto const seconds = calculate(op, left.seconds, right);
  auto const days = calculate(op, left.days, right);
  if (!months || !seconds || !days) return fail(Flaw::number_out_of_range);
  if (!months->is_whole()) return fail(Flaw::months_and_days);
  if (!days->is_whole()) return fail(Flaw::working_time);
  return Value{Duration{months->numerator(), *seconds, left.calendar, days->numerator()}};
}

Result of(Operator op, Duration const& left, Number const& right) {
  return scale(op, left, right);
}
Result of(Operator op, Number const& left, Duration const& right) {
  return scale(op, right, left);
}

/// Plain time, or working time of one calendar, either in days or in hours.
bool are_alike(Duration const& left, Duration const& right) {
  auto const has_seconds = left.seconds != Number{0} || right.seconds != Number{0};
  auto const has_days = left.days != 0 || right.days != 0;
  return left.calendar == right.calendar && !(has_seconds && has_days);
}

Result divide_durations(Duration const& left, Duration const& right) {
  auto const in_months = left.seconds == Number{0} && right.seconds == Number{0};
  auto const in_seconds = left.months == 0 && right.months == 0;
  if (right.months == 0 && right.days == 0 && right.seconds == Number{0})
    return fail(Flaw::division_by_zero);
  if (left.days != 0 || right.days != 0)
    return number(divide(Number{left.days}, Number{right.days}));
  if (in_seconds) return number(divide(left.seconds, right.seconds));
  if (in_months) return number(divide(Number{left.months}, Number{right.months}));
  return fail(Flaw::months_and_days);
}

Result of(Operator op, Duration const& left, Duration const& right) {
  if (!are_alike(left, right)) return fail(Flaw::working_time);
  if (op == Operator::divide) return divide_durations(left, right);
  auto const second = op == Operator::subtract ? negate(right) : std::optional{right};
  auto const sum = second ? add(left, *second) : std::nullopt;
  if (!sum) return fail(Flaw::number_out_of_range);
  return Value{*sum};
}

/// A time or a day moved by a duration, forwards or backwards.
template <class Moment, class... Where>
Result move(Operator op, Moment from, Duration const& by, Where const&... where) {
  auto const step = op == Operator::subtract ? negate(by) : std::optional{by};
  auto const to = step ? add(from, *step, where...) : std::nullopt;
  auto const splits_day = std::is_same_v<Moment, Date> && by.seconds != Number{0};
  if (!to) return fail(splits_day ? Flaw::date_out_of_range : find_flaw_of_moving(by));
  return Value{*to};
}

Result compute_moments(Operator op, Value const& left, Value const& right, Zone const& zone) {
  auto const* by = std::get_if<Duration>(&right);
  if (auto const* at = std::get_if<Instant>(&left)) {
    if (by != nullptr) return move(op, *at, *by, zone);
    if (auto const* other = std::get_if<Instant>(&right)) return Value{between(*other, *at)};
  }
  if (auto const* date = std::get_if<Date>(&left)) {
    if (by != nullptr) return move(op, *date, *by);
    if (auto const* other = std::get_if<Date>(&right)) return Value{between(*other, *date)};
  }
  if (std::holds_alternative<Duration>(left) && by == nullptr)
    return compute_moments(op, right, left, zone);
  ensure(false);  // the checker lets nothing else pass
  return fail(Flaw::none);
}

template <class Left>
std::optional<Result> compute_with(Operator op, Left const& left, Value const& right) {
  if (auto const* other = std::get_if<Number>(&right)) return of(op, left, *other);
  if constexpr (!std::is_same_v<Left, Duration>) {
    if (auto const* other = std::get_if<Money>(&right)) return of(op, left, *other);
  }
  if constexpr (!std::is_same_v<Left, Money>) {
    if (auto const* other = std::get_if<Duration>(&right)) return of(op, left, *other);
  }
  return std::nullopt;
}

bool is_never(Value const& value) {
  auto const* duration = std::get_if<Duration>(&value);
  return duration != nullptr && *duration == never;
}

using Order = Expected<std::strong_ordering, Flaw>;

Order order_others(Value const& left, Value const& right) {
  if (left == right) return std::strong_ordering::equal;
  return comes_before(left, right) ? std::strong_ordering::less : std::strong_ordering::greater;
}

Order order(Value const& left, Value const& right) {
  if (auto const* number = std::get_if<Number>(&left)) return *number <=> std::get<Number>(right);
  if (auto const* chosen = std::get_if<Chosen>(&left)) return *chosen <=> std::get<Chosen>(right);
  if (auto const* truth = std::get_if<bool>(&left)) return *truth <=> std::get<bool>(right);
  if (auto const* at = std::get_if<Instant>(&left)) return *at <=> std::get<Instant>(right);
  if (auto const* date = std::get_if<Date>(&left)) return *date <=> std::get<Date>(right);
  if (auto const* money = std::get_if<Money>(&left)) {
    auto const& other = std::get<Money>(right);
    if (!stand_together(*money, other)) return fail(Flaw::currencies);
    return money->amount <=> other.amount;
  }
  if (auto const* duration = std::get_if<Duration>(&left)) {
    auto const result = compare(*duration, std::get<Duration>(right));
    if (!result)
      return fail(are_alike(*duration, std::get<Duration>(right)) ? Flaw::months_and_days
                                                                  : Flaw::working_time);
    return *result;
  }
  return order_others(left, right);
}

}  // namespace

Flaw find_flaw_of_moving(Duration const& by) {
  if (by == never) return Flaw::never;
  return by.calendar ? Flaw::calendar_out_of_range : Flaw::date_out_of_range;
}

std::string_view code_of(Flaw flaw) {
  switch (flaw) {
    case Flaw::division_by_zero:
      return "computation.division-by-zero";
    case Flaw::currencies:
      return "computation.currencies";
    case Flaw::date_out_of_range:
      return "computation.date-out-of-range";
    case Flaw::number_out_of_range:
      return "computation.number-out-of-range";
    case Flaw::months_and_days:
      return "computation.months-and-days";
    case Flaw::working_time:
      return "computation.working-time";
    case Flaw::calendar_out_of_range:
      return "computation.calendar-out-of-range";
    case Flaw::none:
      return "computation.none";
    case Flaw::nothing:
      return "computation.smallest-of-nothing";
    case Flaw::never:
      return "computation.never";
  }
  return {};
}

std::string_view words_of(Flaw flaw) {
  switch (flaw) {
    case Flaw::division_by_zero:
      return "divides by zero";
    case Flaw::currencies:
      return "puts money of two currencies together";
    case Flaw::date_out_of_range:
      return "leads beyond the years 1 to 9999, or to no whole day";
    case Flaw::number_out_of_range:
      return "leads to a number that is too large or too fine";
    case Flaw::months_and_days:
      return "puts calendar months beside a fixed length of time";
    case Flaw::working_time:
      return "puts working time beside time of another kind, or splits a working day";
    case Flaw::calendar_out_of_range:
      return "counts beyond the days that its calendar knows, or for more than twenty years";
    case Flaw::none:
      return "computes with none";
    case Flaw::nothing:
      return "takes the smallest or largest of nothing";
    case Flaw::never:
      return "computes with the time since an event that never was";
  }
  return {};
}

Expected<Value, Flaw> compute(Operator op, Value const& left, Value const& right,
                              Zone const& zone) {
  if (std::holds_alternative<None>(left) || std::holds_alternative<None>(right))
    return fail(Flaw::none);
  if (is_never(left) || is_never(right)) return fail(Flaw::never);
  std::optional<Result> result;
  if (auto const* number = std::get_if<Number>(&left)) result = compute_with(op, *number, right);
  if (auto const* money = std::get_if<Money>(&left)) result = compute_with(op, *money, right);
  if (auto const* duration = std::get_if<Duration>(&left))
    result = compute_with(op, *duration, right);
  return result ? *std::move(result) : compute_moments(op, left, right, zone);
}

Expected<Value, Flaw> negate(Value const& value) {
  if (is_never(value)) return fail(Flaw::never);
  if (auto const* number = std::get_if<Number>(&value)) return Value{heed::negate(*number)};
  if (auto const* money = std::get_if<Money>(&value))
    return Value{Money{heed::negate(money->amount), money->currency}};
  if (auto const* duration = std::get_if<Duration>(&value)) {
    auto const result = heed::negate(*duration);
    if (!result) return fail(Flaw::number_out_of_range);
    return Value{*result};
  }
  return fail(Flaw::none);
}

Expected<bool, Flaw> compare(Relation relation, Value const& left, Value const& right) {
  auto const has_none = std::holds_alternative<None>(left) || std::holds_alternative<None>(right);
  if (has_none || left.index() != right.index())
    return relation == Relation::equal && left.index() == right.index();
  auto const result = order(left, right);
  if (!result) return fail(result.error());
  return holds(relation, result.value());
}

}  // namespace heed::run
