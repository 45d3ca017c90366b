#include "engine/check/constant.hpp"

#include "engine/base/expected.hpp"
#include "engine/check/tell.hpp"

namespace heed::check {

namespace {

struct Folding {
  Scope const& scope;
  std::string_view what;
  std::optional<Instant> now;
};

template <class T>
std::optional<Value> as_value(std::optional<T> value) {
  if (!value) return std::nullopt;
  return Value{*value};
}

std::optional<Value> compute_money(Operator op, Money const& left, Value const& right) {
  if (auto const* number = std::get_if<Number>(&right)) {
    auto const amount = calculate(op, left.amount, *number);
    if (!amount) return std::nullopt;
    return Money{*amount, left.currency};
  }
  auto const& money = std::get<Money>(right);
  if (money.currency != left.currency) return std::nullopt;
  auto const amount = calculate(op, left.amount, money.amount);
  if (!amount) return std::nullopt;
  if (op == Operator::divide) return *amount;
  return Money{*amount, left.currency};
}

std::optional<Value> scale(Operator op, Duration const& duration, Number const& by) {
  auto const months = calculate(op, Number{duration.months}, by);
  auto const seconds = calculate(op, duration.seconds, by);
  auto const days = calculate(op, Number{duration.days}, by);
  if (!months || !seconds || !days || !months->is_whole() || !days->is_whole()) return std::nullopt;
  return Duration{months->numerator(), *seconds, duration.calendar, days->numerator()};
}

std::optional<Value> compute_duration(Operator op, Duration const& left, Value const& right) {
  if (auto const* number = std::get_if<Number>(&right)) return scale(op, left, *number);
  auto const& other = std::get<Duration>(right);
  if (op == Operator::add) return as_value(add(left, other));
  if (op == Operator::subtract) {
    auto const turned = negate(other);
    return turned ? as_value(add(left, *turned)) : std::nullopt;
  }
  if (left.calendar != other.calendar) return std::nullopt;
  auto const in_units = left.months != 0 || other.months != 0 || left.days != 0 || other.days != 0;
  if (!in_units) return as_value(divide(left.seconds, other.seconds));
  if (!(left.seconds == Number{}) || !(other.seconds == Number{})) return std::nullopt;
  return as_value(divide(Number{left.months + left.days}, Number{other.months + other.days}));
}

template <class Moment>
std::optional<Value> compute_moment(Operator op, Moment const& left, Value const& right,
                                    Zone const& zone) {
  if (auto const* other = std::get_if<Moment>(&right)) return Value{between(*other, left)};
  auto duration = std::optional{std::get<Duration>(right)};
  if (op == Operator::subtract) duration = negate(*duration);
  if (!duration) return std::nullopt;
  if constexpr (std::is_same_v<Moment, Instant>)
    return as_value(add(left, *duration, zone));
  else
    return as_value(add(left, *duration));
}

std::optional<Value> compute(Operator op, Value const& left, Value const& right, Zone const& zone) {
  if (auto const* number = std::get_if<Number>(&left))
    return as_value(calculate(op, *number, std::get<Number>(right)));
  if (auto const* money = std::get_if<Money>(&left)) return compute_money(op, *money, right);
  if (auto const* duration = std::get_if<Duration>(&left))
    return compute_duration(op, *duration, right);
  if (auto const* at = std::get_if<Instant>(&left)) return compute_moment(op, *at, right, zone);
  if (auto const* date = std::get_if<Date>(&left)) return compute_moment(op, *date, right, zone);
  return std::nullopt;
}

std::optional<bool> is_less(Value const& left, Value const& right) {
  if (auto const* duration = std::get_if<Duration>(&left)) {
    auto const order = compare(*duration, std::get<Duration>(right));
    if (!order) return std::nullopt;
    return *order < 0;
  }
  auto const* money = std::get_if<Money>(&left);
  if (money && money->currency != std::get<Money>(right).currency) return std::nullopt;
  return comes_before(left, right);
}

std::optional<Value> fold_within(Folding const& folding, Expression const& expression);

std::optional<Value> tell_failed(Folding const& folding, Expression const& expression) {
  tell(folding.scope.draft, expression.where, "check.computation",
       quoted(expression.text) + " cannot be computed",
       "look for a division by zero, months beside days, two currencies, working time beside plain "
       "time, or a number too large");
  return std::nullopt;
}

std::optional<Value> tell_not_constant(Folding const& folding, Expression const& expression) {
  tell(folding.scope.draft, expression.where, "check.not-constant",
       quoted(expression.text) + " is not constant, and " + std::string{folding.what} + " must be",
       "write a literal, a parameter, or arithmetic over them");
  return std::nullopt;
}

std::optional<Value> fold_form(Folding const& folding, Expression const& whole,
                               Arithmetic const& it) {
  auto const left = fold_within(folding, *it.left);
  auto const right = fold_within(folding, *it.right);
  if (!left || !right) return std::nullopt;
  auto const& zone = folding.scope.draft.policy.zone;
  auto const value = compute(it.op, *left, *right, zone);
  return value ? value : tell_failed(folding, whole);
}

std::optional<Value> fold_form(Folding const& folding, Expression const& whole,
                               Negative const& it) {
  auto const value = fold_within(folding, *it.operand);
  if (!value) return std::nullopt;
  if (auto const* number = std::get_if<Number>(&*value)) return Value{negate(*number)};
  if (auto const* money = std::get_if<Money>(&*value))
    return Value{Money{negate(money->amount), money->currency}};
  auto const turned = as_value(negate(std::get<Duration>(*value)));
  return turned ? turned : tell_failed(folding, whole);
}

std::optional<Value> fold_form(Folding const& folding, Expression const& whole, Extreme const& it) {
  std::optional<Value> best;
  for (auto const& part : it.parts) {
    auto const value = fold_within(folding, *part);
    if (!value) return std::nullopt;
    if (!best) {
      best = value;
      continue;
    }
    auto const less = is_less(*value, *best);
    if (!less) return tell_failed(folding, whole);
    if (*less != it.largest && *value != *best) best = value;
  }
  return best;
}

std::optional<Value> fold_within(Folding const& folding, Expression const& expression) {
  return std::visit(overloaded{
                        [](Constant const& it) { return std::optional{it.value}; },
                        [&](Arithmetic const& it) { return fold_form(folding, expression, it); },
                        [&](Negative const& it) { return fold_form(folding, expression, it); },
                        [&](Extreme const& it) { return fold_form(folding, expression, it); },
                        [&](NowValue const&) -> std::optional<Value> {
                          if (folding.now) return Value{*folding.now};
                          return tell_not_constant(folding, expression);
                        },
                        [&](TodayValue const&) -> std::optional<Value> {
                          if (folding.now)
                            return Value{folding.scope.draft.policy.zone.date_of(*folding.now)};
                          return tell_not_constant(folding, expression);
                        },
                        [&](auto const&) { return tell_not_constant(folding, expression); },
                    },
                    expression.form);
}

}  // namespace

std::optional<Value> fold(Scope const& scope, ExpressionPtr const& expression,
                          std::string_view what, std::optional<Instant> now) {
  if (!expression) return std::nullopt;
  return fold_within({scope, what, now}, *expression);
}

Value set_of(Value const& item) {
  return std::visit(overloaded{
                        [](None const&) { return Value{SetValue{}}; },
                        [](SetValue const& set) { return Value{set}; },
                        [](ListValue const& list) { return Value{list}; },
                        [](auto const& scalar) { return Value{make_set({Scalar{scalar}})}; },
                    },
                    item);
}

std::optional<Value> check_constant(Scope const& scope, ast::Expression const& written,
                                    Wanted const& wanted, std::string_view what,
                                    std::optional<Instant> now) {
  return fold(scope, check_value(scope, written, wanted), what, now);
}

std::optional<Value> check_constants(Scope const& scope,
                                     std::vector<ast::ExpressionPtr> const& written,
                                     Wanted const& wanted, std::string_view what,
                                     std::optional<Instant> now) {
  if (wanted.type.kind != Kind::set) {
    if (written.size() == 1) return check_constant(scope, *written[0], wanted, what, now);
    if (written.size() > 1)
      tell(scope.draft, place(scope, written[1]->span), "check.several-values",
           wanted.of + " takes one value, and several are given",
           "only a set takes several: leave one");
    return std::nullopt;
  }
  auto element = wanted;
  element.type.kind = wanted.type.element;
  SetValue all;
  for (auto const& item : written) {
    auto const inferred = infer(scope, *item, &element.type);
    if (!inferred) return std::nullopt;
    auto const& meant = inferred->type.kind == Kind::set ? wanted : element;
    if (!fits(inferred->type, meant.type)) {
      tell_mismatch(scope, *item, inferred->type, meant);
      return std::nullopt;
    }
    auto const value = fold(scope, inferred, what, now);
    if (!value) return std::nullopt;
    auto const set = set_of(*value);
    auto const& items = std::get<SetValue>(set).items;
    all.items.insert(all.items.end(), items.begin(), items.end());
  }
  return make_set(std::move(all.items));
}

}  // namespace heed::check
