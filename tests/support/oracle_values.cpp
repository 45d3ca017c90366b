#include "tests/support/oracle_values.hpp"

#include <algorithm>

#include "engine/base/expected.hpp"
#include "tests/support/slow_calendar.hpp"

namespace heed::oracle {

Kleene kleene(bool holds) {
  return holds ? Kleene::yes : Kleene::no;
}

Kleene negation(Kleene operand) {
  if (operand == Kleene::unknown) return Kleene::unknown;
  return kleene(operand == Kleene::no);
}

Kleene all_of(std::vector<Kleene> const& parts) {
  return parts.empty() ? Kleene::yes : *std::min_element(parts.begin(), parts.end());
}

Kleene any_of(std::vector<Kleene> const& parts) {
  return parts.empty() ? Kleene::no : *std::max_element(parts.begin(), parts.end());
}

Kleene at_least_of(std::int64_t count, std::vector<Kleene> const& parts) {
  auto const sure = std::count(parts.begin(), parts.end(), Kleene::yes);
  auto const open = std::count(parts.begin(), parts.end(), Kleene::unknown);
  if (sure >= count) return Kleene::yes;
  return sure + open < count ? Kleene::no : Kleene::unknown;
}

namespace {

constexpr Failed by_zero{"computation.division-by-zero"};
constexpr Failed currencies{"computation.currencies"};
constexpr Failed date_range{"computation.date-out-of-range"};
constexpr Failed number_range{"computation.number-out-of-range"};
constexpr Failed months_and_days{"computation.months-and-days"};
constexpr Failed working_time{"computation.working-time"};
constexpr Failed calendar_range{"computation.calendar-out-of-range"};
constexpr Failed none_computed{"computation.none"};
constexpr Failed never_computed{"computation.never"};

bool is_none(Value const& value) {
  return std::holds_alternative<None>(value);
}

bool is_never(Value const& value) {
  auto const* duration = std::get_if<Duration>(&value);
  return duration && *duration == never;
}

template <class T>
Computed<Value> or_fail(std::optional<T> result, Failed failure) {
  if (!result) return failure;
  return Value{*result};
}

bool is_zero(Number const& number) {
  return number == Number{0};
}

std::optional<Number> on_numbers(Operator op, Number const& left, Number const& right) {
  switch (op) {
    case Operator::add:
      return add(left, right);
    case Operator::subtract:
      return subtract(left, right);
    case Operator::multiply:
      return multiply(left, right);
    case Operator::divide:
      return divide(left, right);
  }
  return std::nullopt;
}

Computed<Value> number_by_number(Operator op, Number const& left, Number const& right) {
  if (op == Operator::divide && is_zero(right)) return by_zero;
  return or_fail(on_numbers(op, left, right), number_range);
}

Computed<Value> money_by_number(Operator op, Money const& left, Number const& right) {
  if (op == Operator::divide && is_zero(right)) return by_zero;
  auto const amount = on_numbers(op, left.amount, right);
  if (!amount) return number_range;
  return Value{Money{*amount, left.currency}};
}

/// Nothing in no currency, a sum of no items, goes with every currency.
bool of_one_currency(Money const& left, Money const& right) {
  auto const fits_any = [](Money const& money) {
    return money.currency == no_currency && is_zero(money.amount);
  };
  return left.currency == right.currency || fits_any(left) || fits_any(right);
}

Computed<Value> money_by_money(Operator op, Money const& left, Money const& right) {
  if (!of_one_currency(left, right)) return currencies;
  if (op == Operator::divide) return number_by_number(op, left.amount, right.amount);
  auto const currency = left.currency == no_currency ? right.currency : left.currency;
  return money_by_number(op, {left.amount, currency}, right.amount);
}

Computed<Value> duration_by_number(Operator op, Duration const& left, Number const& right) {
  if (op == Operator::divide && is_zero(right)) return by_zero;
  auto const months = on_numbers(op, Number{left.months}, right);
  auto const seconds = on_numbers(op, left.seconds, right);
  auto const days = on_numbers(op, Number{left.days}, right);
  if (!months || !seconds || !days) return number_range;
  if (!months->is_whole()) return months_and_days;
  if (!days->is_whole()) return working_time;
  return Value{Duration{months->numerator(), *seconds, left.calendar, days->numerator()}};
}

/// Both plain, or working hours of one calendar, or working days of it.
bool of_one_kind(Duration const& left, Duration const& right) {
  if (left.calendar != right.calendar) return false;
  bool const days = left.days != 0 || right.days != 0;
  bool const hours = !is_zero(left.seconds) || !is_zero(right.seconds);
  return !left.calendar || !days || !hours;
}

Computed<Value> duration_by_duration(Operator op, Duration const& left, Duration const& right) {
  if (!of_one_kind(left, right)) return working_time;
  if (op == Operator::add) return or_fail(add(left, right), number_range);
  if (op == Operator::subtract) {
    auto const minus = negate(right);
    return minus ? or_fail(add(left, *minus), number_range) : Computed<Value>{number_range};
  }
  bool const in_months = left.months != 0 || right.months != 0;
  bool const in_seconds = !is_zero(left.seconds) || !is_zero(right.seconds);
  if (right.months == 0 && right.days == 0 && is_zero(right.seconds)) return by_zero;
  if (left.days != 0 || right.days != 0)
    return number_by_number(op, Number{left.days}, Number{right.days});
  if (in_months && in_seconds) return months_and_days;
  if (in_months) return number_by_number(op, Number{left.months}, Number{right.months});
  return number_by_number(op, left.seconds, right.seconds);
}

Computed<Value> time_by_duration(Operator op, Instant left, Duration const& right,
                                 Zone const& zone) {
  auto const step = op == Operator::add ? std::optional{right} : negate(right);
  if (step && step->calendar) return or_fail(count_slowly(left, *step, nullptr), calendar_range);
  return step ? or_fail(add(left, *step, zone), date_range) : Computed<Value>{date_range};
}

Computed<Value> date_by_duration(Operator op, Date left, Duration const& right) {
  auto const step = op == Operator::add ? std::optional{right} : negate(right);
  if (step && step->calendar)
    return or_fail(count_slowly(left, *step), is_zero(step->seconds) ? calendar_range : date_range);
  return step ? or_fail(add(left, *step), date_range) : Computed<Value>{date_range};
}

}  // namespace

Computed<Value> calculate(Operator op, Value const& left, Value const& right, Zone const& zone) {
  if (is_none(left) || is_none(right)) return none_computed;
  if (is_never(left) || is_never(right)) return never_computed;
  auto const both = overloaded{
      [&](Number const& a, Number const& b) { return number_by_number(op, a, b); },
      [&](Money const& a, Number const& b) { return money_by_number(op, a, b); },
      [&](Number const& a, Money const& b) { return money_by_number(op, b, a); },
      [&](Money const& a, Money const& b) { return money_by_money(op, a, b); },
      [&](Duration const& a, Number const& b) { return duration_by_number(op, a, b); },
      [&](Number const& a, Duration const& b) { return duration_by_number(op, b, a); },
      [&](Duration const& a, Duration const& b) { return duration_by_duration(op, a, b); },
      [&](Instant const& a, Duration const& b) { return time_by_duration(op, a, b, zone); },
      [&](Duration const& a, Instant const& b) { return time_by_duration(op, b, a, zone); },
      [&](Date const& a, Duration const& b) { return date_by_duration(op, a, b); },
      [&](Duration const& a, Date const& b) { return date_by_duration(op, b, a); },
      [&](Instant const& a, Instant const& b) { return Computed<Value>{between(b, a)}; },
      [&](Date const& a, Date const& b) { return Computed<Value>{between(b, a)}; },
      [&](auto const&, auto const&) {
        ensure(false);  // the checker lets no other pair through
        return Computed<Value>{none_computed};
      },
  };
  return std::visit(both, left, right);
}

Computed<Value> negated(Value const& operand) {
  if (is_none(operand)) return none_computed;
  if (is_never(operand)) return never_computed;
  if (auto const* number = std::get_if<Number>(&operand)) return Value{negate(*number)};
  if (auto const* money = std::get_if<Money>(&operand)) {
    return Value{Money{negate(money->amount), money->currency}};
  }
  return or_fail(negate(std::get<Duration>(operand)), number_range);
}

Computed<std::strong_ordering> order(Value const& left, Value const& right) {
  ensure(left.index() == right.index());
  auto const different = std::strong_ordering::less;
  auto const both = overloaded{
      [&](Money const& a, Money const& b) -> Computed<std::strong_ordering> {
        if (!of_one_currency(a, b)) return currencies;
        return a.amount <=> b.amount;
      },
      [&](Duration const& a, Duration const& b) -> Computed<std::strong_ordering> {
        auto const found = heed::compare(a, b);
        if (!found) return of_one_kind(a, b) ? months_and_days : working_time;
        return *found;
      },
      [&](SetValue const& a, SetValue const& b) -> Computed<std::strong_ordering> {
        return a == b ? std::strong_ordering::equal : different;
      },
      [&](ListValue const& a, ListValue const& b) -> Computed<std::strong_ordering> {
        return a == b ? std::strong_ordering::equal : different;
      },
      [&]<class T>(T const& a, T const& b) -> Computed<std::strong_ordering> { return a <=> b; },
      [&](auto const&, auto const&) -> Computed<std::strong_ordering> { return different; },
  };
  return std::visit(both, left, right);
}

Computed<bool> relate(Relation relation, Value const& left, Value const& right) {
  if (is_none(left) || is_none(right)) {
    return relation == Relation::equal && is_none(left) && is_none(right);
  }
  auto const ordered = order(left, right);
  if (auto const* failed = std::get_if<Failed>(&ordered)) return *failed;
  auto const found = std::get<std::strong_ordering>(ordered);
  switch (relation) {
    case Relation::equal:
      return found == 0;
    case Relation::less:
      return found < 0;
    case Relation::at_most:
      return found <= 0;
    case Relation::greater:
      return found > 0;
    case Relation::at_least:
      return found >= 0;
  }
  return false;
}

Computed<Value> extreme(bool largest, std::vector<Value> const& values) {
  ensure(!values.empty());
  if (std::any_of(values.begin(), values.end(), is_none)) return none_computed;
  auto best = values.front();
  std::optional<Failed> worst;
  for (auto const& left : values) {  // every pair, so that no order of them matters
    for (auto const& right : values) {
      auto const above = relate(Relation::greater, left, right);
      auto const* failed = std::get_if<Failed>(&above);
      if (failed && (!worst || failed->code == working_time.code)) worst = *failed;
    }
  }
  if (worst) return *worst;
  for (auto const& left : values) {
    auto const better = relate(largest ? Relation::greater : Relation::less, left, best);
    if (std::get<bool>(better)) best = left;
  }
  return best;
}

std::optional<std::vector<Value>> all_known(Values const& values) {
  std::vector<Value> known;
  for (auto const& value : values) {
    if (!value) return std::nullopt;
    known.push_back(*value);
  }
  return known;
}

std::optional<Value> joined(bool largest, Values const& values) {
  auto known = all_known(values);
  if (!known) return std::nullopt;
  std::erase_if(*known, [](Value const& value) { return std::holds_alternative<None>(value); });
  return known->empty() ? Value{None{}} : success(extreme(largest, *known));
}

}  // namespace heed::oracle
