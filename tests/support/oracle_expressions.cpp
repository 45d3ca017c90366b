#include <algorithm>

#include "engine/base/expected.hpp"
#include "tests/support/oracle_history.hpp"
#include "tests/support/oracle_lists.hpp"
#include "tests/support/oracle_phrases.hpp"
#include "tests/support/oracle_world.hpp"

namespace heed::oracle {

namespace {

std::vector<Kleene> each_holds(World const& world, std::vector<ExpressionPtr> const& parts) {
  std::vector<Kleene> found;
  for (auto const& part : parts) found.push_back(truth_of(evaluate(world, *part)));
  return found;
}

std::vector<Outcome> each_outcome(World const& world, std::vector<ExpressionPtr> const& parts) {
  std::vector<Outcome> found;
  for (auto const& part : parts) found.push_back(evaluate(world, *part));
  return found;
}

/// The values of all parts; nothing where one is not settled.
std::optional<std::vector<Value>> each_value(World const& world,
                                             std::vector<ExpressionPtr> const& parts) {
  std::vector<Value> found;
  for (auto const& part : parts) {
    auto const value = value_of(world, *part);
    if (!value) return std::nullopt;
    found.push_back(*value);
  }
  return found;
}

Kleene state_test(World const& world, NeedId need, bool at_least, NeedState state) {
  auto const bounds = need_bounds(world, need);
  std::vector<Kleene> possible;
  for (auto const one : {NeedState::met, NeedState::threatened, NeedState::violated}) {
    if (one < bounds.least || bounds.most < one) continue;
    possible.push_back(kleene(at_least ? one >= state : one == state));
  }
  if (all_of(possible) == Kleene::yes) return Kleene::yes;
  return any_of(possible) == Kleene::no ? Kleene::no : Kleene::unknown;
}

std::vector<Kleene> state_tests(World const& world, std::vector<NeedId> const& needs, bool at_least,
                                NeedState state) {
  std::vector<Kleene> found;
  for (auto const need : needs) found.push_back(state_test(world, need, at_least, state));
  return found;
}

Outcome whole_between(std::int64_t least, std::int64_t most) {
  return from_bounds(Value{Number{least}}, Value{Number{most}});
}

/// Both sides of a comparison: what stands beside `time since last …` is counted back from now.
std::pair<Outcome, Outcome> sides_of(World const& world, Comparison const& it) {
  auto left = evaluate(world, *it.left), right = evaluate(world, *it.right);
  if (is_time_since(world, *it.left)) right = beside_time_since(world, right);
  if (is_time_since(world, *it.right)) left = beside_time_since(world, left);
  return {left, right};
}

/// The computation that this expression is, its parts being known; nothing where one is not, or it
/// is no computation.
std::optional<Computed<Value>> compute(World const& world, Expression const& expression) {
  if (auto const* aggregate = std::get_if<Aggregate>(&expression.form)) {
    bool const counts = aggregate->how == Aggregate::How::count;
    return counts ? std::nullopt : aggregated(world, *aggregate);
  }
  if (std::holds_alternative<ItemTest>(expression.form)) return std::nullopt;
  if (auto const* it = std::get_if<EventWindow>(&expression.form)) {
    auto const failed = window_failure(world, *it);
    return failed ? std::optional{Computed<Value>{*failed}} : std::nullopt;
  }
  if (std::holds_alternative<TimeSince>(expression.form)) return std::nullopt;
  auto const parts = each_value(world, parts_of(expression));
  if (!parts) return std::nullopt;
  auto const at = [&](std::size_t i) { return (*parts)[i]; };
  constexpr Failed none{"computation.none"};
  using Found = std::optional<Computed<Value>>;
  return std::visit(overloaded{
                        [&](Arithmetic const& it) -> Found {
                          return calculate(it.op, at(0), at(1), world.policy.zone);
                        },
                        [&](Negative const&) -> Found { return negated(at(0)); },
                        [&](Extreme const& it) -> Found { return extreme(it.largest, *parts); },
                        [&](DateOf const&) -> Found {
                          auto const value = at(0);
                          auto const* time = std::get_if<Instant>(&value);
                          if (!time) return none;
                          return Value{world.policy.zone.date_of(*time)};
                        },
                        [&](DaysBetween const&) -> Found {
                          auto const from = at(0), to = at(1);
                          if (from.index() != to.index() || !std::holds_alternative<Date>(from))
                            return none;
                          return Value{Number{std::get<Date>(to).days - std::get<Date>(from).days}};
                        },
                        [&](Comparison const& it) -> Found {
                          auto const [left, right] = sides_of(world, it);
                          auto const related = relate(it.relation, *left.known, *right.known);
                          if (auto const* failed = std::get_if<Failed>(&related)) return *failed;
                          return Value{std::get<bool>(related)};
                        },
                        [](auto const&) -> Found { return std::nullopt; },
                    },
                    expression.form);
}

Outcome computed(World const& world, Expression const& expression) {
  auto const found = compute(world, expression);
  auto const value = found ? success(*found) : std::nullopt;
  return value ? settled(*value) : nothing_known();
}

Kleene is_known(World const& world, KnownTest const& test) {
  if (value_of(world, *test.subject)) return Kleene::yes;
  return world.open ? Kleene::unknown : Kleene::no;
}

Kleene is_none_test(World const& world, NoneTest const& test) {
  auto const subject = evaluate(world, *test.subject);
  if (subject.known) return kleene(std::holds_alternative<None>(*subject.known));
  return subject.between ? Kleene::no : Kleene::unknown;
}

Kleene and_then(World const& world, AndThen const& both) {
  auto const first = holds(world, both.first);
  return first == Kleene::yes ? holds(world, both.second) : first;
}

/// `possibly C` and `certainly C` are C itself where they are left open.
Kleene closed(World const& world, ExpressionPtr const& operand, Kleene for_unknown) {
  auto const found = holds(world, operand);
  return found == Kleene::unknown && !world.open ? for_unknown : found;
}

Outcome conditional(World const& world, Conditional const& choice) {
  auto const condition = holds(world, choice.condition);
  if (condition == Kleene::yes) return evaluate(world, *choice.value);
  if (condition == Kleene::no) return evaluate(world, *choice.otherwise);
  auto const value = value_of(world, *choice.value);
  return value && value == value_of(world, *choice.otherwise) ? settled(*value) : nothing_known();
}

Kleene mention(World const& world, Mention const& it) {
  auto const text = value_of(world, *it.text);
  if (!text) return Kleene::unknown;
  auto const* words = std::get_if<std::string>(&*text);
  if (!words) return Kleene::no;
  return kleene(!find_phrases(*words, world.policy.phrases[index(it.phrases)]).empty());
}

Outcome truth(World const& world, Expression const& expression) {
  auto const parts = [&](auto const& it) { return each_holds(world, it.parts); };
  return from_truth(std::visit(
      overloaded{
          [&](NeedTest const& it) { return state_test(world, it.need, it.at_least, it.state); },
          [&](AnyNeedTest const& it) {
            auto const tests = state_tests(world, it.needs, it.at_least, it.state);
            return it.every ? all_of(tests) : any_of(tests);
          },
          [&](AdvisedTest const& it) { return advised(world, it.action); },
          [&](Comparison const& it) {
            auto const [left, right] = sides_of(world, it);
            return compare(it.relation, left, right);
          },
          [&](Membership const& it) {
            return is_one_of(evaluate(world, *it.subject), it.subject->type.kind,
                             each_outcome(world, it.values));
          },
          [&](Containment const& it) {
            return contains(evaluate(world, *it.set), evaluate(world, *it.item));
          },
          [&](Mention const& it) { return mention(world, it); },
          [&](KnownTest const& it) { return is_known(world, it); },
          [&](NoneTest const& it) { return is_none_test(world, it); },
          [&](AllOf const& it) { return all_of(parts(it)); },
          [&](AnyOf const& it) { return any_of(parts(it)); },
          [&](AndThen const& it) { return and_then(world, it); },
          [&](Not const& it) { return negation(holds(world, it.operand)); },
          [&](Possibly const& it) { return closed(world, it.operand, Kleene::yes); },
          [&](Certainly const& it) { return closed(world, it.operand, Kleene::no); },
          [&](AtLeastOf const& it) { return at_least_of(it.count, parts(it)); },
          [&](ItemTest const& it) { return item_test(world, it); },
          [](auto const&) { return Kleene::unknown; },
      },
      expression.form));
}

}  // namespace

Kleene holds(World const& world, ExpressionPtr const& condition) {
  return condition ? truth_of(evaluate(world, *condition)) : Kleene::yes;
}

Outcome evaluate(World const& world, Expression const& expression) {
  auto const& policy = world.policy;
  return std::visit(
      overloaded{
          [&](Constant const& it) { return settled(it.value); },
          [&](FactValue const& it) {
            auto const& value = world.facts[index(it.fact)];
            return value ? settled(*value) : nothing_known();
          },
          [&](DefineValue const& it) {
            return evaluate(world, *policy.defines[index(it.define)].value);
          },
          [&](TableValue const& it) {
            return table_outcome(world, policy.tables[index(it.table)], it.result);
          },
          [&](AnswerValue const& it) { return answer_state(world, it.answer).outcome; },
          [&](ScoreValue const& it) {
            auto const bounds = score_bounds(world, it.score);
            return from_bounds(Value{bounds.least}, Value{bounds.most});
          },
          [&](SeverityValue const& it) {
            auto const bounds = need_bounds(world, it.need);
            return whole_between(bounds.least_severity, bounds.most_severity);
          },
          [&](JoinedValue const& it) {
            return joined_state(world, it.action, it.parameter).outcome;
          },
          [&](NowValue const&) { return settled(world.now); },
          [&](TodayValue const&) { return settled(policy.zone.date_of(world.now)); },
          [&](NeedCount const& it) {
            auto const tests = state_tests(world, it.needs, it.at_least, it.state);
            auto const sure = std::count(tests.begin(), tests.end(), Kleene::yes);
            auto const open = std::count(tests.begin(), tests.end(), Kleene::unknown);
            return whole_between(sure, sure + open);
          },
          [&](Conditional const& it) { return conditional(world, it); },
          [&](Arithmetic const&) { return computed(world, expression); },
          [&](Negative const&) { return computed(world, expression); },
          [&](Extreme const&) { return computed(world, expression); },
          [&](DateOf const&) { return computed(world, expression); },
          [&](DaysBetween const&) { return computed(world, expression); },
          [&](EventWindow const& it) { return window(world, it); },
          [&](TimeSince const& it) { return time_since(world, it); },
          [&](ItemField const& it) {
            auto const& value = world.looked[world.looked.size() - 1 - it.up].item.fields[it.field];
            return value ? settled(*value) : nothing_known();
          },
          [&](Aggregate const& it) {
            return it.how == Aggregate::How::count ? item_count(world, it)
                                                   : computed(world, expression);
          },
          [&](auto const&) { return truth(world, expression); },
      },
      expression.form);
}

std::optional<Value> value_of(World const& world, Expression const& expression) {
  return evaluate(world, expression).known;
}

std::optional<Failed> failure_of(World const& world, Expression const& expression) {
  if (auto const* table = std::get_if<TableValue>(&expression.form)) {
    return table_failure(world, world.policy.tables[index(table->table)], table->result);
  }
  if (auto const* among = std::get_if<Membership>(&expression.form)) {
    auto const subject = value_of(world, *among->subject);
    for (auto const& one : among->values) {
      auto const value = value_of(world, *one);
      if (!subject || !value || truth_of(evaluate(world, expression)) != Kleene::unknown) continue;
      auto const related = relate(Relation::equal, *subject, *value);
      if (auto const* failed = std::get_if<Failed>(&related)) return *failed;
    }
    return std::nullopt;
  }
  auto const found = compute(world, expression);
  if (!found) return std::nullopt;
  auto const* failed = std::get_if<Failed>(&*found);
  return failed ? std::optional{*failed} : std::nullopt;
}

}  // namespace heed::oracle
