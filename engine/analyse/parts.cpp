#include "engine/analyse/parts.hpp"

#include "engine/base/expected.hpp"

namespace heed::analyse {
namespace {

/// One direct part after the other.
struct Parts {
  See const& see;

  void one(ExpressionPtr const& part) const {
    if (part) see(*part);
  }
  void all(std::vector<ExpressionPtr> const& parts) const {
    for (auto const& part : parts) one(part);
  }

  void operator()(Constant const&) const {}
  void operator()(FactValue const&) const {}
  void operator()(DefineValue const&) const {}
  void operator()(TableValue const&) const {}
  void operator()(AnswerValue const&) const {}
  void operator()(ScoreValue const&) const {}
  void operator()(SeverityValue const&) const {}
  void operator()(NowValue const&) const {}
  void operator()(TodayValue const&) const {}
  void operator()(NeedTest const&) const {}
  void operator()(AnyNeedTest const&) const {}
  void operator()(NeedCount const&) const {}
  void operator()(AdvisedTest const&) const {}
  void operator()(JoinedValue const&) const {}
  void operator()(Comparison const& it) const { all({it.left, it.right}); }
  void operator()(Membership const& it) const {
    one(it.subject);
    all(it.values);
  }
  void operator()(Containment const& it) const { all({it.set, it.item}); }
  void operator()(Mention const& it) const { one(it.text); }
  void operator()(KnownTest const& it) const { one(it.subject); }
  void operator()(NoneTest const& it) const { one(it.subject); }
  void operator()(AllOf const& it) const { all(it.parts); }
  void operator()(AnyOf const& it) const { all(it.parts); }
  void operator()(AndThen const& it) const { all({it.first, it.second}); }
  void operator()(Not const& it) const { one(it.operand); }
  void operator()(Possibly const& it) const { one(it.operand); }
  void operator()(Certainly const& it) const { one(it.operand); }
  void operator()(AtLeastOf const& it) const { all(it.parts); }
  void operator()(Conditional const& it) const { all({it.value, it.condition, it.otherwise}); }
  void operator()(Arithmetic const& it) const { all({it.left, it.right}); }
  void operator()(Negative const& it) const { one(it.operand); }
  void operator()(Extreme const& it) const { all(it.parts); }
  void operator()(DateOf const& it) const { one(it.time); }
  void operator()(DaysBetween const& it) const { all({it.from, it.to}); }
  void operator()(EventWindow const& it) const { all({it.last, it.where}); }
  void operator()(TimeSince const& it) const { one(it.where); }
  void operator()(ItemField const&) const {}
  void operator()(ItemTest const& it) const { all({it.list, it.has}); }
  void operator()(Aggregate const& it) const { all({it.list, it.of, it.where}); }
};

void each_value(std::optional<Deadline> const& deadline, Parts const& parts) {
  if (deadline) parts.all({deadline->within, deadline->of});
}
void each_value(std::vector<Argument> const& arguments, Parts const& parts) {
  for (auto const& argument : arguments) parts.one(argument.value);
}

void each_value(Wordings const& text, Parts const& parts) {
  for_each_slot_value(text, [&](ExpressionPtr const& value) { parts.one(value); });
}
void each_value(Do const& it, Parts const& parts) {
  each_value(it.arguments, parts);
  each_value(it.within, parts);
  parts.one(it.expires_after);
  if (it.for_each) parts.all({it.for_each->list, it.for_each->where});
}

}  // namespace

void each_part(Expression const& whole, See const& see) {
  std::visit(Parts{see}, whole.form);
}

void each_within(Expression const& whole, See const& see) {
  see(whole);
  each_part(whole, [&](Expression const& part) { each_within(part, see); });
}

void each_value(Consequence const& consequence, See const& see) {
  Parts const parts{see};
  std::visit(overloaded{
                 [](WriteNeed const&) {},
                 [&](Do const& it) { each_value(it, parts); },
                 [](Forbid const&) {},
                 [&](Instead const& it) { each_value(it.what, parts); },
                 [&](Offer const& it) {
                   for (auto const& action : it.actions) each_value(action, parts);
                 },
                 [&](Say const& it) { each_value(it.text, parts); },
                 [](Ask const&) {},
                 [&](Escalate const& it) {
                   each_value(it.within, parts);
                   for (auto const& step : it.then) parts.one(step.after);
                 },
                 [&](Alert const& it) { each_value(it.within, parts); },
                 [&](AddToScore const& it) { parts.one(it.value); },
                 [&](SetAnswer const& it) { parts.one(it.value); },
                 [&](Record const& it) { each_value(it.fields, parts); },
                 [&](Check const& it) { each_value(it.text, parts); },
             },
             consequence);
}

void each_outright(Policy const& policy, See const& see) {
  Parts const parts{see};
  for (auto const& rule : policy.rules) {
    parts.one(rule.when);
    for (auto const& consequence : rule.then) each_value(consequence, see);
    each_value(rule.because, parts);
  }
  for (auto const& define : policy.defines) parts.one(define.value);
  for (auto const& table : policy.tables)
    for (auto const& row : table.rows) {
      parts.all(row.cells);
      parts.all(row.results);
    }
  for (auto const& answer : policy.answers) parts.one(answer.reports);
  for (auto const& action : policy.actions) parts.one(action.requires_);
  for (auto const& authority : policy.authorities)
    for (auto const& line : authority.lines) parts.all({line.up_to, line.when});
}

}  // namespace heed::analyse
