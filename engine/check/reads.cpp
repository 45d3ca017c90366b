#include "engine/check/reads.hpp"

#include "engine/base/expected.hpp"

namespace heed::check {

namespace {

struct Walk {
  std::function<void(Read)> const& see;

  void all(std::vector<ExpressionPtr> const& parts, bool upward) const {
    for (auto const& part : parts) go(*part, upward);
  }
  void needs(std::vector<NeedId> const& ids, Expression const& at, bool upward) const {
    for (auto const id : ids) see({id, upward, &at});
  }
  void go(Expression const& expression, bool upward) const;
};

bool grows(bool at_least, NeedState state) {
  return at_least || state == NeedState::violated;
}

/// `severity of …`, or a count of needs that can only grow.
bool is_growing(Expression const& expression) {
  if (std::holds_alternative<SeverityValue>(expression.form)) return true;
  auto const* count = std::get_if<NeedCount>(&expression.form);
  return count && grows(count->at_least, count->state);
}

void go_comparison(Walk const& walk, Comparison const& it, bool upward) {
  auto const left_grows = it.relation == Relation::at_least || it.relation == Relation::greater;
  auto const right_grows = it.relation == Relation::at_most || it.relation == Relation::less;
  walk.go(*it.left, upward && left_grows && is_growing(*it.left));
  walk.go(*it.right, upward && right_grows && is_growing(*it.right));
}

void Walk::go(Expression const& expression, bool upward) const {
  std::visit(overloaded{
                 [](Constant const&) {},
                 [](FactValue const&) {},
                 [](NowValue const&) {},
                 [](TodayValue const&) {},
                 [](Mention const&) {},
                 [&](DefineValue const& it) {
                   see({it.define, upward, &expression});
                 },
                 [&](TableValue const& it) {
                   see({it.table, false, &expression});
                 },
                 [&](AnswerValue const& it) {
                   see({it.answer, false, &expression});
                 },
                 [&](ScoreValue const& it) {
                   see({it.score, false, &expression});
                 },
                 [&](SeverityValue const& it) {
                   see({it.need, upward, &expression});
                 },
                 [&](NeedTest const& it) {
                   see({it.need, upward && grows(it.at_least, it.state), &expression});
                 },
                 [&](AnyNeedTest const& it) {
                   needs(it.needs, expression, upward && grows(it.at_least, it.state));
                 },
                 [&](NeedCount const& it) {
                   needs(it.needs, expression, upward && grows(it.at_least, it.state));
                 },
                 [&](AdvisedTest const& it) {
                   see({it.action, false, &expression});
                 },
                 [&](Comparison const& it) { go_comparison(*this, it, upward); },
                 [&](Membership const& it) {
                   go(*it.subject, false);
                   all(it.values, false);
                 },
                 [&](Containment const& it) {
                   go(*it.set, false);
                   go(*it.item, false);
                 },
                 [&](KnownTest const& it) { go(*it.subject, false); },
                 [&](NoneTest const& it) { go(*it.subject, false); },
                 [&](AllOf const& it) { all(it.parts, upward); },
                 [&](AnyOf const& it) { all(it.parts, upward); },
                 [&](AtLeastOf const& it) { all(it.parts, upward); },
                 [&](AndThen const& it) {
                   go(*it.first, false);
                   go(*it.second, false);
                 },
                 [&](Not const& it) { go(*it.operand, false); },
                 [&](Possibly const& it) { go(*it.operand, false); },
                 [&](Certainly const& it) { go(*it.operand, false); },
                 [&](Conditional const& it) {
                   go(*it.value, false);
                   go(*it.condition, false);
                   go(*it.otherwise, false);
                 },
                 [&](Arithmetic const& it) {
                   go(*it.left, false);
                   go(*it.right, false);
                 },
                 [&](Negative const& it) { go(*it.operand, false); },
                 [&](Extreme const& it) { all(it.parts, false); },
                 [&](DateOf const& it) { go(*it.time, false); },
                 [&](DaysBetween const& it) {
                   go(*it.from, false);
                   go(*it.to, false);
                 },
             },
             expression.form);
}

}  // namespace

void each_read(Expression const& expression, bool upward, std::function<void(Read)> const& see) {
  Walk{see}.go(expression, upward);
}

}  // namespace heed::check
