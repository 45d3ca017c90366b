#include "engine/run/walk.hpp"

#include <algorithm>
#include <iterator>

#include "engine/compile/parts.hpp"
#include "engine/run/evaluate.hpp"
#include "engine/run/targets.hpp"

namespace heed::run {
namespace {

/// Why an expression whose parts are all known is unknown; nothing where it is no failure.
std::optional<Flaw> find_flaw(Frame& frame, Expression const& expression) {
  std::vector<Value const*> parts;
  bool all_known = true;
  compiling::for_each_part(expression, [&](Expression const& part) {
    parts.push_back(settled_value_of(frame, part));
    all_known = all_known && parts.back() != nullptr;
  });
  if (!all_known) return std::nullopt;
  auto const flaw_of = [](auto const& result) {
    return result ? std::optional<Flaw>{} : std::optional{result.error()};
  };
  if (auto const* form = std::get_if<Arithmetic>(&expression.form))
    return flaw_of(compute(form->op, *parts[0], *parts[1], frame.policy().zone));
  if (std::holds_alternative<Negative>(expression.form)) return flaw_of(negate(*parts[0]));
  if (auto const* form = std::get_if<Extreme>(&expression.form))
    return flaw_of(find_extreme(form->largest, parts));
  if (auto const* form = std::get_if<Comparison>(&expression.form))
    return flaw_of(compare(form->relation, *parts[0], *parts[1]));
  if (std::holds_alternative<Membership>(expression.form)) {
    for (std::size_t at = 1; at < parts.size(); ++at) {
      if (auto const flaw = flaw_of(compare(Relation::equal, *parts[0], *parts[at]))) return flaw;
    }
  }
  if (std::holds_alternative<DateOf>(expression.form) ||
      std::holds_alternative<DaysBetween>(expression.form))
    return Flaw::none;
  return std::nullopt;
}

}  // namespace

bool Walk::is_open(Expression const& expression) {
  return expression.type.kind == Kind::truth ? truth_of(frame_, expression) == Truth::unknown
                                             : !value_of(frame_, expression).is_known();
}

void Walk::into(Expression const& expression) {
  if (!is_open(expression)) return;
  auto const parts = [&](auto const&) { into_parts(expression); };
  auto const computed = [&](auto const&) {
    warn_of_failure(expression);
    into_parts(expression);
  };
  std::visit(
      overloaded{
          [](Constant const&) {},
          [&](FactValue const& form) { found.facts.add(form.fact); },
          [&](DefineValue const& form) { into_define(form.define); },
          [&](TableValue const& form) { into_table(form.table, form.result); },
          [&](AnswerValue const& form) { into_answer(form.answer); },
          [&](ScoreValue const& form) { into_score(form.score); },
          [&](SeverityValue const& form) { into_need(form.need); },
          [](NowValue const&) {},
          [](TodayValue const&) {},
          [&](NeedTest const& form) { into_need(form.need); },
          [&](AnyNeedTest const& form) {
            for (auto const need : form.needs)
              if (test_need(frame_.needs[index(need)], form.at_least, form.state) == Truth::unknown)
                into_need(need);
          },
          [&](NeedCount const& form) {
            for (auto const need : form.needs)
              if (test_need(frame_.needs[index(need)], form.at_least, form.state) == Truth::unknown)
                into_need(need);
          },
          [&](AdvisedTest const& form) { into_action(form.action); },
          [](JoinedValue const&) {},
          [&](Comparison const& form) { computed(form); },
          [&](Membership const& form) { computed(form); },
          [&](Containment const& form) { parts(form); },
          [&](Mention const& form) { parts(form); },
          [&](KnownTest const& form) { parts(form); },
          [&](NoneTest const& form) { parts(form); },
          [&](AllOf const& form) { parts(form); },
          [&](AnyOf const& form) { parts(form); },
          [&](AndThen const& form) { into_and_then(form); },
          [&](Not const& form) { parts(form); },
          [&](Possibly const& form) { parts(form); },
          [&](Certainly const& form) { parts(form); },
          [&](AtLeastOf const& form) { parts(form); },
          [&](Conditional const& form) { into_conditional(form); },
          [&](Arithmetic const& form) { computed(form); },
          [&](Negative const& form) { computed(form); },
          [&](Extreme const& form) { computed(form); },
          [&](DateOf const& form) { computed(form); },
          [&](DaysBetween const& form) { computed(form); },
          [&](EventWindow const& form) { parts(form); },
          [&](TimeSince const& form) { parts(form); },
      },
      expression.form);
}

void Walk::into_parts(Expression const& expression) {
  compiling::for_each_part(expression, [this](Expression const& part) { into(part); });
}

/// What follows is asked once what precedes holds in the decision, though it be by `possibly`
/// alone: from then on it can change the decision.
void Walk::into_and_then(AndThen const& form) {
  into(*form.first);
  auto const holds =
      truth_of(frame_, *form.first) == Truth::yes || truth_of(plain_, *form.first) == Truth::yes;
  if (holds) into(*form.second);
}

void Walk::into_conditional(Conditional const& form) {
  switch (truth_of(frame_, *form.condition)) {
    case Truth::yes:
      return into(*form.value);
    case Truth::no:
      return into(*form.otherwise);
    case Truth::unknown:
      into(*form.condition);
      into(*form.value);
      into(*form.otherwise);
      return;
  }
}

void Walk::add(Walked const& other) {
  found.facts.add(other.facts);
  std::ranges::copy(other.rules, std::back_inserter(found.rules));
  if (!is_silent_) std::ranges::copy(other.warnings, std::back_inserter(found.warnings));
}

void Walk::into_define(DefineId define) {
  auto known = shared_.defines.find(define);
  if (known == shared_.defines.end()) {
    Walk walk{plain_, frame_, shared_};
    walk.into(*frame_.policy().defines[index(define)].value);
    known = shared_.defines.emplace(define, std::move(walk.found)).first;
  }
  add(known->second);
}

void Walk::into_table(TableId id, std::uint32_t result) {
  auto known = shared_.tables.find({id, result});
  if (known == shared_.tables.end()) {
    auto const& table = frame_.policy().tables[index(id)];
    Walk walk{plain_, frame_, shared_};
    walk.into_rows(table, result);
    auto const trouble = result_of(frame_, id).trouble;
    if (trouble == TableResult::Trouble::no_row)
      walk.warn("table.no-row", "no row of the table `" + table.name + "` holds");
    if (trouble == TableResult::Trouble::several_rows)
      walk.warn("table.several-rows", "more than one row of the table `" + table.name + "` holds");
    if (auto const flaw = find_flaw_of(frame_, id, result))
      walk.warn(code_of(*flaw), "the table `" + table.name + "` " + std::string{words_of(*flaw)});
    known = shared_.tables.emplace(std::pair{id, result}, std::move(walk.found)).first;
  }
  add(known->second);
}

void Walk::into_rows(Table const& table, std::uint32_t result) {
  for (auto const& row : table.rows) {
    auto const truth = truth_of(frame_, row);
    if (truth == Truth::no) continue;
    for (auto const& cell : row.cells) into(*cell);
    into(*row.results[result]);
    if (truth == Truth::yes && table.hit == Table::Hit::first) break;
  }
}

void Walk::into_answer(AnswerId answer) {
  auto const& declared = frame_.policy().answers[index(answer)];
  if (declared.reports) return into(*declared.reports);
  auto const& writings = frame_.inputs.rules.writers.of_answers[index(answer)];
  add_pending(writings);
  into_values<SetAnswer>(writings);
}

void Walk::into_score(ScoreId score) {
  auto const& writings = frame_.inputs.rules.writers.of_scores[index(score)];
  add_pending(writings);
  into_values<AddToScore>(writings);
}

void Walk::into_need(NeedId need) {
  add_pending(frame_.inputs.rules.writers.of_needs[index(need)]);
}

void Walk::into_action(ActionId action) {
  add_pending(frame_.inputs.rules.writers.doing[index(action)]);
  add_pending(frame_.inputs.rules.writers.forbidding[index(action)]);
  into_requires(action);
}

void Walk::into_requires(ActionId action) {
  if (auto const& requires_ = frame_.policy().actions[index(action)].requires_) into(*requires_);
}

void Walk::into_addend(Expression const& expression) {
  into(expression);
  auto const* value = settled_value_of(frame_, expression);
  if (value != nullptr && std::holds_alternative<None>(*value))
    warn(code_of(Flaw::none), "`" + expression.text + "` " + std::string{words_of(Flaw::none)});
}

template <class Consequence>
void Walk::into_values(Writings const& writings) {
  auto const was_silent = std::exchange(is_silent_, true);
  for (auto const& writing : writings) {
    if (frame_.has_fired(writing.rule) || frame_.is_pending(writing.rule))
      into(*consequence_of<Consequence>(frame_, writing).value);
  }
  is_silent_ = was_silent;
}

void Walk::add_pending(Writings const& writings) {
  for (auto const& writing : writings) {
    auto const is_last = !found.rules.empty() && found.rules.back() == writing.rule;
    if (frame_.is_pending(writing.rule) && !is_last) found.rules.push_back(writing.rule);
  }
}

void Walk::warn(std::string_view code, std::string text) {
  if (!is_silent_) found.warnings.push_back({std::string{code}, {}, std::move(text)});
}

void Walk::warn_of_failure(Expression const& expression) {
  if (is_silent_) return;
  if (auto const flaw = find_flaw(frame_, expression))
    warn(code_of(*flaw), "`" + expression.text + "` " + std::string{words_of(*flaw)});
}

}  // namespace heed::run
