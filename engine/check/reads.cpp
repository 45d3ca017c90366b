#include "engine/check/reads.hpp"

#include <optional>
#include <vector>

namespace heed::check {

namespace {

bool grows(bool at_least, NeedState state) {
  return at_least || state == NeedState::violated;
}

/// `severity of …`, or a count of needs that can only grow.
bool is_growing(Expression const& expression) {
  if (std::holds_alternative<SeverityValue>(expression.form)) return true;
  auto const* count = std::get_if<NeedCount>(&expression.form);
  return count && grows(count->at_least, count->state);
}

/// One reading expression after the other; `upward` as in each_read.
struct Walk {
  std::function<void(Read)> const& see;
  std::function<void(FactId)> const& see_fact;
  std::function<void(EventId, std::uint32_t)> const& see_field;
  mutable std::vector<std::optional<EventId>> around = {};  // whose fields brackets look at

  void go(Expression const& at, bool upward) const {
    std::visit([&](auto const& form) { of(form, at, upward); }, at.form);
  }
  void all(std::vector<ExpressionPtr> const& parts, bool upward) const {
    for (auto const& part : parts) go(*part, upward);
  }
  void needs(std::vector<NeedId> const& ids, Expression const& at, bool upward) const {
    for (auto const id : ids) see({id, upward, &at});
  }

  void of(Constant const&, Expression const&, bool) const {}
  void of(FactValue const& it, Expression const&, bool) const { see_fact(it.fact); }
  void of(NowValue const&, Expression const&, bool) const {}
  void of(TodayValue const&, Expression const&, bool) const {}
  void of(Mention const& it, Expression const&, bool) const { go(*it.text, false); }
  void of(ItemField const& it, Expression const&, bool) const {
    if (it.up >= around.size()) return;
    auto const& event = around[around.size() - 1 - it.up];
    if (event) see_field(*event, it.field);
  }
  void within(std::optional<EventId> event, ExpressionPtr const& part, bool upward) const {
    if (!part) return;
    around.push_back(event);
    go(*part, upward);
    around.pop_back();
  }

  void of(DefineValue const& it, Expression const& at, bool upward) const {
    see({it.define, upward, &at});
  }
  void of(TableValue const& it, Expression const& at, bool) const { see({it.table, false, &at}); }
  void of(AnswerValue const& it, Expression const& at, bool) const { see({it.answer, false, &at}); }
  void of(ScoreValue const& it, Expression const& at, bool) const { see({it.score, false, &at}); }
  void of(AdvisedTest const& it, Expression const& at, bool) const { see({it.action, false, &at}); }
  void of(JoinedValue const& it, Expression const& at, bool) const {
    see({Doing{it.action}, false, &at});
  }
  void of(SeverityValue const& it, Expression const& at, bool upward) const {
    see({it.need, upward, &at});
  }
  void of(NeedTest const& it, Expression const& at, bool upward) const {
    see({it.need, upward && grows(it.at_least, it.state), &at});
  }
  void of(AnyNeedTest const& it, Expression const& at, bool upward) const {
    needs(it.needs, at, upward && grows(it.at_least, it.state));
  }
  void of(NeedCount const& it, Expression const& at, bool upward) const {
    needs(it.needs, at, upward && grows(it.at_least, it.state));
  }

  void of(Comparison const& it, Expression const&, bool upward) const {
    auto const left = it.relation == Relation::at_least || it.relation == Relation::greater;
    auto const right = it.relation == Relation::at_most || it.relation == Relation::less;
    go(*it.left, upward && left && is_growing(*it.left));
    go(*it.right, upward && right && is_growing(*it.right));
  }
  void of(AllOf const& it, Expression const&, bool upward) const { all(it.parts, upward); }
  void of(AnyOf const& it, Expression const&, bool upward) const { all(it.parts, upward); }
  void of(AtLeastOf const& it, Expression const&, bool upward) const { all(it.parts, upward); }

  /// An `or` or an `and` over the items.
  void of(ItemTest const& it, Expression const&, bool upward) const {
    go(*it.list, false);
    within(std::nullopt, it.has, upward);
  }
  void of(Aggregate const& it, Expression const&, bool) const {
    go(*it.list, false);
    within(std::nullopt, it.of, false);
    within(std::nullopt, it.where, false);
  }

  void of(Membership const& it, Expression const&, bool) const {
    go(*it.subject, false);
    all(it.values, false);
  }
  void of(Containment const& it, Expression const&, bool) const {
    go(*it.set, false);
    go(*it.item, false);
  }
  void of(KnownTest const& it, Expression const&, bool) const { go(*it.subject, false); }
  void of(NoneTest const& it, Expression const&, bool) const { go(*it.subject, false); }
  void of(AndThen const& it, Expression const&, bool) const {
    go(*it.first, false);
    go(*it.second, false);
  }
  void of(Not const& it, Expression const&, bool) const { go(*it.operand, false); }
  void of(Possibly const& it, Expression const&, bool) const { go(*it.operand, false); }
  void of(Certainly const& it, Expression const&, bool) const { go(*it.operand, false); }
  void of(Conditional const& it, Expression const&, bool) const {
    go(*it.value, false);
    go(*it.condition, false);
    go(*it.otherwise, false);
  }
  void of(Arithmetic const& it, Expression const&, bool) const {
    go(*it.left, false);
    go(*it.right, false);
  }
  void of(Negative const& it, Expression const&, bool) const { go(*it.operand, false); }
  void of(Extreme const& it, Expression const&, bool) const { all(it.parts, false); }
  void of(DateOf const& it, Expression const&, bool) const { go(*it.time, false); }
  void of(DaysBetween const& it, Expression const&, bool) const {
    go(*it.from, false);
    go(*it.to, false);
  }
  void of(EventWindow const& it, Expression const&, bool) const {
    go(*it.last, false);
    within(it.event, it.where, false);
  }
  void of(TimeSince const& it, Expression const&, bool) const { within(it.event, it.where, false); }
};

std::function<void(Read)> const no_read = [](Read const&) {};
std::function<void(FactId)> const no_fact = [](FactId) {};
std::function<void(EventId, std::uint32_t)> const no_field = [](EventId, std::uint32_t) {};

}  // namespace

void each_read(Expression const& expression, bool upward, std::function<void(Read)> const& see) {
  Walk{see, no_fact, no_field}.go(expression, upward);
}

void each_fact(Expression const& expression, std::function<void(FactId)> const& see) {
  Walk{no_read, see, no_field}.go(expression, false);
}

void each_event_field(Expression const& expression,
                      std::function<void(EventId, std::uint32_t)> const& see) {
  Walk{no_read, no_fact, see}.go(expression, false);
}

void each_event_field(Expression const& where, EventId event,
                      std::function<void(EventId, std::uint32_t)> const& see) {
  Walk{no_read, no_fact, see, {event}}.go(where, false);
}

}  // namespace heed::check
