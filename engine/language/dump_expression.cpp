#include "engine/language/dump.hpp"
#include "engine/language/dump_parts.hpp"

namespace heed::language {

// The smallest parts.

std::string show(Name const& form) {
  auto const& [text, span, is_quoted] = form;
  return is_quoted ? quoted(text) : show(text);
}
std::string show(Text const& form) {
  auto const& [value, span] = form;
  return quoted(value);
}
std::string show(LocalText const& form) {
  auto const& [language, text] = form;
  return (language ? show(*language) + ":" : "") + show(text);
}
static std::string show(Unknown const&) {
  return "unknown";
}
std::string show(Value const& value) {
  auto const& [span, form] = value;
  return show(form);
}

// Expressions.

std::string show(NumberLiteral const& form) {
  auto const& [digits, percent, span] = form;
  return digits + (percent ? "%" : "");
}
static std::string show(MoneyLiteral const& form) {
  auto const& [digits, currency] = form;
  return node("money", digits, currency);
}
static std::string show(DurationLiteral const& form) {
  auto const& [digits, unit, working, calendar] = form;
  return node("duration", digits, unit, flag("working", working), calendar);
}
static std::string show(DateLiteral const& form) {
  auto const& [date] = form;
  return show(date);
}
static std::string show(TimeLiteral const& form) {
  auto const& [date, second_of_day, offset_minutes] = form;
  return node("time", date, second_of_day, offset_minutes);
}
static std::string show(TextLiteral const& form) {
  auto const& [value] = form;
  return quoted(value);
}
static std::string show(TruthLiteral const& form) {
  auto const& [value] = form;
  return value ? "yes!" : "no!";
}
static std::string show(NoneLiteral const&) {
  return "none!";
}
static std::string show(Now const&) {
  return "now!";
}
static std::string show(Today const&) {
  return "today!";
}
static std::string show(Reference const& form) {
  auto const& [name, is_quoted] = form;
  return is_quoted ? quoted(name) : show(name);
}
static std::string show(Compare const& form) {
  auto const& [relation, left, right] = form;
  return node(written(relation), left, right);
}
static std::string show(IsAtLeast const& form) {
  auto const& [left, right, negated] = form;
  return node("is-at-least", left, right, flag("not", negated));
}
static std::string show(IsOneOf const& form) {
  auto const& [subject, values, negated] = form;
  return node("is-one-of", subject, values, flag("not", negated));
}
static std::string show(IsKnown const& form) {
  auto const& [subject, unknown] = form;
  return node(unknown ? "is-unknown" : "is-known", subject);
}
static std::string show(IsNone const& form) {
  auto const& [subject, negated] = form;
  return node(negated ? "is-not-none" : "is-none", subject);
}
static std::string show(Contains const& form) {
  auto const& [subject, item] = form;
  return node("contains", subject, item);
}
static std::string show(Mentions const& form) {
  auto const& [subject, phrases] = form;
  return node("mentions", subject, phrases);
}
static std::string show(AllOf const& form) {
  auto const& [parts] = form;
  return node("and", parts);
}
static std::string show(AnyOf const& form) {
  auto const& [parts] = form;
  return node("or", parts);
}
static std::string show(AndThen const& form) {
  auto const& [first, second] = form;
  return node("and-then", first, second);
}
static std::string show(Not const& form) {
  auto const& [operand] = form;
  return node("not", operand);
}
static std::string show(Possibly const& form) {
  auto const& [operand] = form;
  return node("possibly", operand);
}
static std::string show(Certainly const& form) {
  auto const& [operand] = form;
  return node("certainly", operand);
}
static std::string show(AtLeastOf const& form) {
  auto const& [count, parts] = form;
  return node("at-least-of", count, parts);
}
static std::string show(Conditional const& form) {
  auto const& [value, condition, otherwise] = form;
  return node("if", condition, value, otherwise);
}
static std::string show(Arithmetic const& form) {
  auto const& [op, left, right] = form;
  return node(std::string_view{"+-*/"}.substr(static_cast<std::size_t>(op), 1), left, right);
}
static std::string show(Negative const& form) {
  auto const& [operand] = form;
  return node("negative", operand);
}
static std::string show(Extreme const& form) {
  auto const& [largest, parts] = form;
  return node(largest ? "largest" : "smallest", parts);
}
static std::string show(DateOf const& form) {
  auto const& [time] = form;
  return node("date-of", time);
}
static std::string show(DaysBetween const& form) {
  auto const& [from, to] = form;
  return node("days", from, to);
}
static std::string show(AnyNeed const& form) {
  auto const& [which, every, at_least, state] = form;
  return node(every ? "every-need" : "any-need", which, flag("at-least", at_least), state);
}
static std::string show(CountNeeds const& form) {
  auto const& [which, at_least, state] = form;
  return node("count-needs", which, flag("at-least", at_least), state);
}
static std::string show(SeverityOf const& form) {
  auto const& [need] = form;
  return node("severity-of", need);
}
static std::string show(ItemTest const& form) {
  auto const& [every, item, list, has] = form;
  return node(every ? "every-item" : "any-item", item, list, has);
}
static std::string show(Aggregate const& form) {
  auto const& [how, of, list, where] = form;
  return node("aggregate", how, of, list, where);
}
static std::string show(EventWindow const& form) {
  auto const& [count, event, last, across_customers, where] = form;
  return node(count ? "count-events" : "any-event", event, last, flag("across", across_customers),
              where);
}
static std::string show(TimeSince const& form) {
  auto const& [event, across_customers, where] = form;
  return node("time-since", event, flag("across", across_customers), where);
}
std::string show(Expression const& expression) {
  auto const& [span, bracketed, form] = expression;
  return bracketed ? "{" + show(form) + "}" : show(form);
}

std::string dump(Expression const& expression) {
  return show(expression);
}

}  // namespace heed::language
