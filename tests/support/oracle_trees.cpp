#include "engine/base/expected.hpp"
#include "tests/support/oracle_world.hpp"

namespace heed::oracle {

namespace {

using Parts = std::vector<ExpressionPtr>;

Parts operator+(Parts parts, ExpressionPtr const& more) {
  parts.push_back(more);
  return parts;
}

}  // namespace

std::vector<ExpressionPtr> parts_of(Expression const& expression) {
  return std::visit(overloaded{
                        [](Comparison const& it) {
                          return Parts{it.left, it.right};
                        },
                        [](Membership const& it) { return it.values + it.subject; },
                        [](Containment const& it) {
                          return Parts{it.set, it.item};
                        },
                        [](Mention const& it) { return Parts{it.text}; },
                        [](KnownTest const& it) { return Parts{it.subject}; },
                        [](NoneTest const& it) { return Parts{it.subject}; },
                        [](AllOf const& it) { return it.parts; },
                        [](AnyOf const& it) { return it.parts; },
                        [](AndThen const& it) {
                          return Parts{it.first, it.second};
                        },
                        [](Not const& it) { return Parts{it.operand}; },
                        [](Possibly const& it) { return Parts{it.operand}; },
                        [](Certainly const& it) { return Parts{it.operand}; },
                        [](AtLeastOf const& it) { return it.parts; },
                        [](Conditional const& it) {
                          return Parts{it.value, it.condition, it.otherwise};
                        },
                        [](Arithmetic const& it) {
                          return Parts{it.left, it.right};
                        },
                        [](Negative const& it) { return Parts{it.operand}; },
                        [](Extreme const& it) { return it.parts; },
                        [](DateOf const& it) { return Parts{it.time}; },
                        [](DaysBetween const& it) {
                          return Parts{it.from, it.to};
                        },
                        [](EventWindow const& it) {
                          return it.where ? Parts{it.last, it.where} : Parts{it.last};
                        },
                        [](TimeSince const& it) { return it.where ? Parts{it.where} : Parts{}; },
                        [](ItemTest const& it) {
                          return Parts{it.list, it.has};
                        },
                        [](Aggregate const& it) {
                          Parts parts{it.list};
                          if (it.of) parts.push_back(it.of);
                          if (it.where) parts.push_back(it.where);
                          return parts;
                        },
                        [](auto const&) { return Parts{}; },
                    },
                    expression.form);
}

namespace {

void append(Parts& parts, std::optional<Deadline> const& deadline) {
  if (!deadline) return;
  parts.push_back(deadline->within);
  if (deadline->of) parts.push_back(deadline->of);
}

}  // namespace

std::vector<ExpressionPtr> values_of(Consequence const& consequence) {
  Parts parts;
  auto const doing = [&](Do const& it) {
    for (auto const& argument : it.arguments) parts.push_back(argument.value);
    append(parts, it.within);
    if (it.expires_after) parts.push_back(it.expires_after);
    if (!it.for_each) return;
    parts.push_back(it.for_each->list);
    if (it.for_each->where) parts.push_back(it.for_each->where);
  };
  std::visit(overloaded{
                 [&](Do const& it) { doing(it); },
                 [&](Instead const& it) { doing(it.what); },
                 [&](Offer const& it) {
                   for (auto const& one : it.actions) doing(one);
                 },
                 [&](Escalate const& it) {
                   append(parts, it.within);
                   for (auto const& step : it.then) parts.push_back(step.after);
                 },
                 [&](Alert const& it) { append(parts, it.within); },
                 [&](AddToScore const& it) { parts.push_back(it.value); },
                 [&](SetAnswer const& it) { parts.push_back(it.value); },
                 [&](Record const& it) {
                   for (auto const& field : it.fields) parts.push_back(field.value);
                 },
                 [](auto const&) {},
             },
             consequence);
  return parts;
}

void visit_all(Policy const& policy, ExpressionPtr const& expression,
               std::function<void(Expression const&)> const& visit) {
  if (!expression) return;
  visit(*expression);
  auto const go_on = [&](ExpressionPtr const& part) { visit_all(policy, part, visit); };
  for (auto const& part : parts_of(*expression)) go_on(part);
  if (auto const* define = std::get_if<DefineValue>(&expression->form)) {
    go_on(policy.defines[index(define->define)].value);
  }
  if (auto const* answer = std::get_if<AnswerValue>(&expression->form)) {
    go_on(policy.answers[index(answer->answer)].reports);
  }
  if (auto const* table = std::get_if<TableValue>(&expression->form)) {
    for (auto const& row : policy.tables[index(table->table)].rows) {
      for (auto const& cell : row.cells) go_on(cell);
      for (auto const& result : row.results) go_on(result);
    }
  }
}

}  // namespace heed::oracle
