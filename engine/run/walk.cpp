#include "engine/run/walk.hpp"

#include <algorithm>
#include <iterator>

#include "engine/compile/parts.hpp"
#include "engine/run/compose.hpp"
#include "engine/run/deeds.hpp"
#include "engine/run/targets.hpp"

namespace heed::run {
namespace {

/// Why an expression whose parts are all known is unknown; nothing where it is no failure.
std::optional<Flaw> find_flaw(Frame& frame, Expression const& expression) {
  if (auto const* form = std::get_if<Aggregate>(&expression.form))
    return find_flaw_of(frame, *form);
  if (std::holds_alternative<ItemTest>(expression.form)) return std::nullopt;
  if (auto const* form = std::get_if<EventWindow>(&expression.form))
    return find_flaw_of(frame, *form);
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
  if (auto const* form = std::get_if<Comparison>(&expression.form)) {
    if (counts_from_now(frame.policy(), *form->left)) parts[1] = count_from_now(frame, parts[1]);
    if (counts_from_now(frame.policy(), *form->right)) parts[0] = count_from_now(frame, parts[0]);
    return flaw_of(compare(form->relation, *parts[0], *parts[1]));
  }
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
          [&](JoinedValue const& form) { into_joined(form); },
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
          [&](EventWindow const& form) { into_window(form, expression); },
          [&](TimeSince const& form) { into_past(form); },
          [&](ItemField const& form) { into_field(form); },
          [&](ItemTest const& form) { into_items(*form.list, *form.has); },
          [&](Aggregate const& form) { into_aggregate(form, expression); },
      },
      expression.form);
}

void Walk::into_parts(Expression const& expression) {
  compiling::for_each_part(expression, [this](Expression const& part) { into(part); });
}

void Walk::into_field(ItemField const& form) {
  auto const& list = frame_.items[frame_.items.size() - 1 - form.up].list;
  if (list) found.facts.add(*list);
}

/// Calls for each item, bound in both frames, or goes into the list where it is unknown.
template <class Visit>
void Walk::for_each_item(Expression const& list, Visit const& visit) {
  auto const is_known = run::for_each_item(frame_, list, [&](Bound const& item) {
    Binding const binding{frame_, item};
    std::optional<Binding> also_plain;
    if (&plain_ != &frame_) also_plain.emplace(plain_, item);
    visit();
  });
  if (!is_known) into(list);
}

void Walk::into_items(Expression const& list, Expression const& condition) {
  for_each_item(list, [&] { into(condition); });
}

void Walk::into_aggregate(Aggregate const& form, Expression const& whole) {
  warn_of_failure(whole);
  for_each_item(*form.list, [&] {
    if (form.where) into(*form.where);
    if (form.of && fits(frame_, form.where) != Truth::no) into(*form.of);
  });
}

/// What is unknown of the condition may bring more items; what stands beside it matters for those
/// that surely fit, though it be by `possibly`.
void Walk::into_deed(Do const& what) {
  auto const into_values = [&] {
    for (auto const& argument : what.arguments) into(*argument.value);
    if (what.expires_after) into(*what.expires_after);
    if (!what.within) return;
    into(*what.within->within);
    if (what.within->of) into(*what.within->of);
  };
  into_requires(what.action);
  if (!what.for_each) return into_values();
  auto const& where = what.for_each->where;
  for_each_item(*what.for_each->list, [&] {
    if (where) into(*where);
    if (fits(frame_, where) == Truth::yes || fits(plain_, where) == Truth::yes) into_values();
  });
}

/// Whether it is carried out may hang on the items of a list.
void Walk::into_items_of(Do const& what) {
  if (is_carried_out(frame_, what) != Truth::unknown) return;
  auto const was_silent = std::exchange(is_silent_, true);
  for_each_item(*what.for_each->list, [&] {
    if (what.for_each->where) into(*what.for_each->where);
  });
  is_silent_ = was_silent;
}

void Walk::into_window(EventWindow const& form, Expression const& whole) {
  warn_of_failure(whole);
  into(*form.last);
  into_past(form);
}

/// What is unknown of the condition, asked of each event. Of everyone's events only figures are
/// kept with a case, so there it is all that is unknown beside the event.
template <class Form>
void Walk::into_past(Form const& form) {
  if (!form.where) return;
  if (form.across_customers) return into_beside(*form.where);
  for (auto const& event : find_counted(frame_, form)) {
    Binding const binding{frame_, {&event.fields, std::nullopt}};
    std::optional<Binding> also_plain;
    if (&plain_ != &frame_) also_plain.emplace(plain_, Bound{&event.fields, std::nullopt});
    into(*form.where);
  }
}

void Walk::into_beside(Expression const& where) {
  if (!reads_item(where)) return into(where);
  compiling::for_each_part(where, [this](Expression const& part) { into_beside(part); });
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
  auto const& writings = frame_.writers.of_answers[index(answer)];
  add_pending(writings);
  into_values<SetAnswer>(writings);
}

void Walk::into_score(ScoreId score) {
  auto const& writings = frame_.writers.of_scores[index(score)];
  add_pending(writings);
  into_values<AddToScore>(writings);
}

void Walk::into_need(NeedId need) {
  add_pending(frame_.writers.of_needs[index(need)]);
}

void Walk::into_action(ActionId action) {
  into_doing(action);
  add_pending(frame_.writers.forbidding[index(action)]);
  into_requires(action);
}

/// The pending rules that could do it, what some of them stand in for, and the items for which they
/// would.
void Walk::into_doing(ActionId action) {
  if (!doing_.insert(action).second) return;
  for (auto const& writing : frame_.writers.doing[index(action)]) {
    if (is_done(frame_, writing) != Truth::unknown) continue;
    if (frame_.is_pending(writing.rule)) found.rules.push_back(writing.rule);
    into_items_of(what_is_done(frame_, writing));
    auto const& then = frame_.policy().rules[index(writing.rule)].then;
    auto const* instead = std::get_if<Instead>(&then[writing.consequence]);
    if (instead != nullptr && is_done(frame_, instead->of) == Truth::unknown)
      into_doing(instead->of);
  }
}

/// What rules that fired give is walked, and warned of, on their own behalf too.
void Walk::into_joined(JoinedValue const& form) {
  into_doing(form.action);
  auto const was_silent = is_silent_;
  for (auto const& writing : frame_.writers.doing[index(form.action)]) {
    if (is_done(frame_, writing) == Truth::no) continue;
    is_silent_ = was_silent || is_done(plain_, writing) == Truth::yes;
    into_given(what_is_done(frame_, writing), form.parameter);
  }
  is_silent_ = was_silent;
  auto const flaw = find_joined_flaw(frame_, form.action, form.parameter);
  if (!flaw) return;
  auto const& action = frame_.policy().actions[index(form.action)];
  auto const& parameter = action.takes[form.parameter];
  warn(code_of(*flaw),
       "joining `" + parameter.name + "` of `" + action.name + "` " + std::string{words_of(*flaw)});
}

void Walk::into_given(Do const& what, std::uint32_t parameter) {
  auto const argument = std::ranges::find(what.arguments, parameter, &Argument::parameter);
  if (argument == what.arguments.end()) return;
  if (!what.for_each) return into(*argument->value);
  auto const& where = what.for_each->where;
  for_each_item(*what.for_each->list, [&] {
    if (where) into(*where);
    if (fits(frame_, where) != Truth::no) into(*argument->value);
  });
}

Truth Walk::into_cause(Instead const& instead) {
  if (is_done(frame_, instead.of) == Truth::unknown) into_doing(instead.of);
  return is_done(plain_, instead.of);
}

void Walk::into_overriding(RuleId rule) {
  for (auto const other : frame_.inputs.rules.overriding[index(rule)])
    if (frame_.is_pending(other)) found.rules.push_back(other);
}

void Walk::into_requires(ActionId action) {
  if (auto const& requires_ = frame_.policy().actions[index(action)].requires_) into(*requires_);
}

void Walk::into_texts(Wordings const& wordings, std::string_view what) {
  for (auto const& [language, wording] : wordings) {
    if (!has_slots(wording)) continue;
    std::string place{what};
    place.append(" in `").append(language).append("`");
    into_text(wording, speech_of(plain_, language), place);
  }
}

void Walk::into_text(Wording const& wording, Speech const& speech, std::string const& what) {
  for (auto const& part : wording.parts) {
    auto const* slot = std::get_if<std::shared_ptr<Slot const>>(&part);
    if (slot == nullptr) continue;
    into(*(*slot)->value);
    auto const filling = fill(plain_, **slot, speech);
    if (filling.text != nullptr)
      into_text(*filling.text, speech, what);
    else if (filling.kind == Filling::Kind::empty)
      warn("text.nothing-to-say", what + " has nothing to say for `" + (*slot)->value->text +
                                      "`, and no `otherwise`: it is left out");
  }
}

void Walk::into_addend(Expression const& expression) {
  into(expression);
  auto const* value = settled_value_of(frame_, expression);
  if (value != nullptr && std::holds_alternative<None>(*value))
    warn(code_of(Flaw::none), "`" + expression.text + "` " + std::string{words_of(Flaw::none)});
}

template <class Consequence>
void Walk::into_values(std::span<Writing const> writings) {
  auto const was_silent = std::exchange(is_silent_, true);
  for (auto const& writing : writings) {
    if (frame_.has_fired(writing.rule) || frame_.is_pending(writing.rule))
      into(*consequence_of<Consequence>(frame_, writing).value);
  }
  is_silent_ = was_silent;
}

void Walk::add_pending(std::span<Writing const> writings) {
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
