#include "engine/base/expected.hpp"
#include "engine/check/calendars.hpp"
#include "engine/check/tell.hpp"

/// Which clock a duration counts by, as far as that is seen without a case.
namespace heed::check {

namespace {

/// Null calendar: plain time.
struct Clock {
  std::shared_ptr<Calendar const> calendar;
  bool in_days = false;
  bool operator==(Clock const&) const = default;
};

std::optional<Clock> clock_of(Draft const& draft, Expression const& expression);

/// The clock of what both come to; nothing where it is not known of both, or not the same.
std::optional<Clock> common(Draft const& draft, ExpressionPtr const& one,
                            ExpressionPtr const& other) {
  auto const clock = clock_of(draft, *one);
  return clock && clock == clock_of(draft, *other) ? clock : std::nullopt;
}

std::optional<Clock> clock_of_sum(Draft const& draft, Arithmetic const& it) {
  if (it.left->type.kind != Kind::duration) return Clock{};  // the time between two moments
  auto const left = clock_of(draft, *it.left);
  if (left || it.right->type.kind != Kind::duration) return left;
  return clock_of(draft, *it.right);
}

std::optional<Clock> clock_of(Draft const& draft, Expression const& expression) {
  using Answer = std::optional<Clock>;
  if (expression.type.kind != Kind::duration) return std::nullopt;
  return std::visit(
      overloaded{
          [](Constant const& it) -> Answer {
            auto const* duration = std::get_if<Duration>(&it.value);
            if (!duration) return std::nullopt;
            return Clock{duration->calendar, duration->days != 0};
          },
          [&](DefineValue const& it) -> Answer {
            auto const& value = draft.policy.defines[index(it.define)].value;
            return value ? clock_of(draft, *value) : std::nullopt;
          },
          [&](Arithmetic const& it) { return clock_of_sum(draft, it); },
          [&](Negative const& it) { return clock_of(draft, *it.operand); },
          [&](Conditional const& it) { return common(draft, it.value, it.otherwise); },
          [&](Extreme const& it) { return clock_of(draft, *it.parts.front()); },
          [](TimeSince const&) -> Answer { return Clock{}; },
          [](auto const&) -> Answer { return std::nullopt; },
      },
      expression.form);
}

std::string words_of(Clock const& clock) {
  if (!clock.calendar) return "plain time";
  return std::string{"working "} + (clock.in_days ? "days" : "hours") + " in " +
         quoted(clock.calendar->name);
}

}  // namespace

bool check_clocks(Scope const& scope, ExpressionPtr const& left, ExpressionPtr const& right,
                  Place where) {
  auto const one = clock_of(scope.draft, *left);
  auto const other = clock_of(scope.draft, *right);
  if (!one || !other || *one == *other) return true;
  auto const& told = where == right->where ? right : left;
  auto const& beside = where == right->where ? left : right;
  auto const& clock = where == right->where ? *other : *one;
  auto const& other_clock = where == right->where ? *one : *other;
  tell(scope.draft, where, "check.working-time",
       quoted(told->text) + " is " + words_of(clock) + ", but " + quoted(beside->text) + " is " +
           words_of(other_clock),
       "how long working time is depends on when it begins: add it to a time and compare the "
       "times, as in `case.opened_on + 4 working hours < now`");
  return false;
}

}  // namespace heed::check
