#include "engine/check/calendars.hpp"
#include "engine/check/forms.hpp"
#include "engine/check/tell.hpp"

/// Literals.
namespace heed::check {

namespace {

std::size_t places_in(std::string const& digits) {
  auto const dot = digits.find('.');
  return dot == digits.npos ? 0 : digits.size() - dot - 1;
}

void tell_too_large(Scope const& scope, Span span) {
  tell(scope.draft, place(scope, span), "check.number-range",
       quoted(written(scope, span)) + " is beyond what Heed computes with",
       "a number has at most 18 digits, before and after the point together");
}

std::optional<Number> parse_digits(Scope const& scope, Span span, std::string const& digits) {
  auto const number = Number::parse(digits);
  if (!number) tell_too_large(scope, span);
  return number;
}

ExpressionPtr constant(Scope const& scope, Written whole, Type type, Value value) {
  return make(scope, whole, std::move(type), Constant{std::move(value), {}});
}

std::int64_t seconds_of(ast::DurationLiteral::Unit unit) {
  using Unit = ast::DurationLiteral::Unit;
  switch (unit) {
    case Unit::second:
      return 1;
    case Unit::minute:
      return 60;
    case Unit::hour:
      return 3'600;
    case Unit::day:
      return 86'400;
    case Unit::week:
      return 604'800;
    case Unit::month:
    case Unit::year:
      return 0;
  }
  return 0;
}

/// `4 working hours`, in the calendar named or the only one.
ExpressionPtr working_time(Scope const& scope, Written whole, ast::DurationLiteral const& it) {
  using Unit = ast::DurationLiteral::Unit;
  auto const where = place(scope, whole.span);
  if (it.unit == Unit::week || it.unit == Unit::month || it.unit == Unit::year) {
    tell(scope.draft, where, "check.working-unit",
         "working time is not counted in weeks, months or years",
         "count in working days, hours, minutes or seconds, as in `5 working days`");
    return nullptr;
  }
  auto const calendar = find_calendar(scope, where, it.calendar ? &*it.calendar : nullptr);
  auto const number = parse_digits(scope, whole.span, it.digits);
  if (!calendar || !number) return nullptr;
  Duration duration;
  duration.calendar = calendar;
  if (it.unit == Unit::day && !number->is_whole()) {
    tell(scope.draft, where, "check.fraction-of-working-day",
         quoted(written(scope, whole.span)) + " is no whole number of working days",
         "working days have no fixed length: count in whole ones, or in working hours");
    return nullptr;
  }
  if (it.unit == Unit::day) duration.days = number->numerator();
  auto const seconds = multiply(*number, Number{it.unit == Unit::day ? 0 : seconds_of(it.unit)});
  if (!seconds) {
    tell_too_large(scope, whole.span);
    return nullptr;
  }
  duration.seconds = *seconds;
  return constant(scope, whole, plain(Kind::duration), duration);
}

}  // namespace

void tell_currency(Scope const& scope, ast::Name const& currency) {
  tell(scope.draft, place(scope, currency.span), "check.unknown-currency",
       quoted(currency.text) + " is no currency of ISO 4217",
       "a currency is three capital letters, such as `ILS`, `EUR` or `USD`");
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::NumberLiteral const& it, Hint) {
  auto number = parse_digits(scope, whole.span, it.digits);
  if (number && it.percent) number = divide(*number, Number{100});
  if (!number) return nullptr;
  auto const kind = number->is_whole() ? Kind::whole : Kind::number;
  return constant(scope, whole, plain(kind), *number);
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::MoneyLiteral const& it, Hint) {
  auto const currency = find_currency(it.currency.text);
  if (!currency) {
    tell_currency(scope, it.currency);
    return nullptr;
  }
  auto const places = static_cast<std::size_t>(minor_places_of(*currency));
  if (places_in(it.digits) > places) {
    tell(scope.draft, place(scope, whole.span), "check.money-places",
         quoted(it.digits) + " has more decimals than " + it.currency.text + " has",
         it.currency.text +
             (places == 0 ? " has no decimals" : " has " + std::to_string(places) + " decimals"));
    return nullptr;
  }
  auto const amount = parse_digits(scope, whole.span, it.digits);
  if (!amount) return nullptr;
  auto type = plain(Kind::money);
  type.currency = currency;
  return constant(scope, whole, type, Money{*amount, *currency});
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::DurationLiteral const& it, Hint) {
  auto const where = place(scope, whole.span);
  if (it.working) return working_time(scope, whole, it);
  auto const number = parse_digits(scope, whole.span, it.digits);
  if (!number) return nullptr;
  using Unit = ast::DurationLiteral::Unit;
  Duration duration;
  if (it.unit == Unit::month || it.unit == Unit::year) {
    if (!number->is_whole()) {
      tell(scope.draft, where, "check.fraction-of-month",
           quoted(written(scope, whole.span)) + " is no whole number of months",
           "months have no fixed length: count in whole ones, or in days");
      return nullptr;
    }
    auto const months = multiply(*number, Number{it.unit == Unit::year ? 12 : 1});
    if (!months) {
      tell_too_large(scope, whole.span);
      return nullptr;
    }
    duration.months = months->numerator();
  } else if (auto const seconds = multiply(*number, Number{seconds_of(it.unit)})) {
    duration.seconds = *seconds;
  } else {
    tell_too_large(scope, whole.span);
    return nullptr;
  }
  return constant(scope, whole, plain(Kind::duration), duration);
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::DateLiteral const& it, Hint) {
  return constant(scope, whole, plain(Kind::date), it.date);
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::TimeLiteral const& it, Hint) {
  auto const zone = it.offset_minutes ? Zone::utc() : scope.draft.policy.zone;
  auto at = zone.instant_of(it.date, it.second_of_day);
  if (at && it.offset_minutes)
    at = add(*at, Duration{0, Number{-60 * static_cast<std::int64_t>(*it.offset_minutes)}}, zone);
  if (at) return constant(scope, whole, plain(Kind::time), *at);
  tell(scope.draft, place(scope, whole.span), "check.time-range",
       quoted(written(scope, whole.span)) + " is beyond the years that Heed computes with",
       "times lie in the years 1 to 9999");
  return nullptr;
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::TextLiteral const& it, Hint hint) {
  if (!hint || (hint->kind != Kind::choice))
    return constant(scope, whole, plain(Kind::text), it.value);
  return infer_form(scope, whole, ast::Reference{it.value, true}, hint);
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::TruthLiteral const& it, Hint) {
  return constant(scope, whole, plain(Kind::truth), it.value);
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::NoneLiteral const&, Hint hint) {
  if (hint && hint->or_none) return constant(scope, whole, *hint, None{});
  tell(scope.draft, place(scope, whole.span), "check.never-none", "there is no `none` here",
       "only what is declared `or none` can be `none`");
  return nullptr;
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::Now const&, Hint) {
  return make(scope, whole, plain(Kind::time), NowValue{});
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::Today const&, Hint) {
  return make(scope, whole, plain(Kind::date), TodayValue{});
}

}  // namespace heed::check
