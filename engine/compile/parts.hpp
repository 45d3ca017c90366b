#pragma once
#include "engine/base/expected.hpp"
#include "engine/check/rule.hpp"

/// Walking over the expressions of a policy.
namespace heed::compiling {

/// Calls `visit(Expression const&)` for each expression directly inside `expression`, in the order
/// written; what a define, a table or an answer holds is not inside. What stands in the brackets of
/// lists is inside, and means something only while an item is bound (Frame::items).
template <class Visit>
void for_each_part(Expression const& expression, Visit const& visit) {
  auto const all = [&visit](std::vector<ExpressionPtr> const& parts) {
    for (auto const& part : parts) visit(*part);
  };
  std::visit(overloaded{
                 [](Constant const&) {},
                 [](FactValue const&) {},
                 [](DefineValue const&) {},
                 [](TableValue const&) {},
                 [](AnswerValue const&) {},
                 [](ScoreValue const&) {},
                 [](SeverityValue const&) {},
                 [](NowValue const&) {},
                 [](TodayValue const&) {},
                 [](NeedTest const&) {},
                 [](AnyNeedTest const&) {},
                 [](NeedCount const&) {},
                 [](AdvisedTest const&) {},
                 [](JoinedValue const&) {},
                 [&](Comparison const& form) { visit(*form.left), visit(*form.right); },
                 [&](Membership const& form) { visit(*form.subject), all(form.values); },
                 [&](Containment const& form) { visit(*form.set), visit(*form.item); },
                 [&](Mention const& form) { visit(*form.text); },
                 [&](KnownTest const& form) { visit(*form.subject); },
                 [&](NoneTest const& form) { visit(*form.subject); },
                 [&](AllOf const& form) { all(form.parts); },
                 [&](AnyOf const& form) { all(form.parts); },
                 [&](AndThen const& form) { visit(*form.first), visit(*form.second); },
                 [&](Not const& form) { visit(*form.operand); },
                 [&](Possibly const& form) { visit(*form.operand); },
                 [&](Certainly const& form) { visit(*form.operand); },
                 [&](AtLeastOf const& form) { all(form.parts); },
                 [&](Conditional const& form) {
                   visit(*form.value), visit(*form.condition), visit(*form.otherwise);
                 },
                 [&](Arithmetic const& form) { visit(*form.left), visit(*form.right); },
                 [&](Negative const& form) { visit(*form.operand); },
                 [&](Extreme const& form) { all(form.parts); },
                 [&](DateOf const& form) { visit(*form.time); },
                 [&](DaysBetween const& form) { visit(*form.from), visit(*form.to); },
                 [&](EventWindow const& form) {
                   visit(*form.last);
                   if (form.where) visit(*form.where);
                 },
                 [&](TimeSince const& form) {
                   if (form.where) visit(*form.where);
                 },
                 [](ItemField const&) {},
                 [&](ItemTest const& form) { visit(*form.list), visit(*form.has); },
                 [&](Aggregate const& form) {
                   if (form.of) visit(*form.of);
                   visit(*form.list);
                   if (form.where) visit(*form.where);
                 },
             },
             expression.form);
}

/// Calls `visit(Expression const&)` for each value that a consequence writes: arguments, durations,
/// the times that they count from, what is added or set, the list and condition of `for each` (what
/// stands beside them means something only while an item is bound).
template <class Visit>
void for_each_value(Consequence const& consequence, Visit const& visit) {
  auto const deadline = [&visit](std::optional<Deadline> const& within) {
    if (!within) return;
    visit(*within->within);
    if (within->of) visit(*within->of);
  };
  auto const arguments = [&visit](std::vector<Argument> const& all) {
    for (auto const& argument : all) visit(*argument.value);
  };
  auto const doing = [&](Do const& what) {
    arguments(what.arguments), deadline(what.within);
    if (what.expires_after) visit(*what.expires_after);
    if (what.for_each) visit(*what.for_each->list);
    if (what.for_each && what.for_each->where) visit(*what.for_each->where);
  };
  std::visit(overloaded{
                 [](WriteNeed const&) {},
                 [](Forbid const&) {},
                 [](Say const&) {},
                 [](Ask const&) {},
                 [](Check const&) {},
                 [&](Do const& form) { doing(form); },
                 [&](Instead const& form) { doing(form.what); },
                 [&](Offer const& form) {
                   for (auto const& action : form.actions) doing(action);
                 },
                 [&](Escalate const& form) {
                   deadline(form.within);
                   for (auto const& step : form.then) visit(*step.after);
                 },
                 [&](Alert const& form) { deadline(form.within); },
                 [&](AddToScore const& form) { visit(*form.value); },
                 [&](SetAnswer const& form) { visit(*form.value); },
                 [&](Record const& form) { arguments(form.fields); },
             },
             consequence);
}

}  // namespace heed::compiling
