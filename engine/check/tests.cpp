#include "engine/check/tests.hpp"

#include <algorithm>

#include "engine/base/expected.hpp"
#include "engine/check/consequences.hpp"
#include "engine/check/constant.hpp"
#include "engine/check/expression.hpp"
#include "engine/check/given_item.hpp"
#include "engine/check/roles.hpp"
#include "engine/check/settle.hpp"
#include "engine/check/tell.hpp"
#include "engine/language/write.hpp"

namespace heed::check {

namespace {

constexpr auto given_what = "what a test gives";

/// The moment of a test that names none: default_test_now in engine/run/tests.hpp.
Instant default_now(Policy const& policy) {
  return policy.zone.instant_of(*make_date(2026, 1, 1), 9 * 3'600).value_or(Instant{});
}

struct Testing {
  Scope scope;
  Test& test;
  Instant now;
};

void check_form(Testing const& testing, ast::Given const&, ast::GivenFact const& it) {
  auto const& scope = testing.scope;
  auto const* symbol = find_symbol(scope, it.fact, SymbolKind::fact);
  if (!symbol || !settle(scope.draft, it.fact.text)) return;
  auto const fact = static_cast<FactId>(symbol->index);
  auto& facts = testing.test.facts;
  if (std::any_of(facts.begin(), facts.end(), [&](auto const& one) { return one.first == fact; }))
    tell(scope.draft, place(scope, it.fact.span), "check.twice",
         quoted(it.fact.text) + " is given twice", "leave one of the two out");
  auto const& type = scope.draft.policy.facts[symbol->index].type;
  std::vector<ast::ExpressionPtr> values;
  if (auto const* one = std::get_if<ast::ExpressionPtr>(&it.value.form)) values = {*one};
  if (auto const* several = std::get_if<std::vector<ast::ExpressionPtr>>(&it.value.form))
    values = *several;
  if (values.empty()) return;  // unknown
  Wanted const wanted{type, quoted(it.fact.text)};
  auto const value = type.kind == Kind::list
                         ? check_items(scope, values, wanted, testing.now)
                         : check_constants(scope, values, wanted, given_what, testing.now);
  if (value) facts.emplace_back(fact, *value);
}

void check_form(Testing const& testing, ast::Given const&, ast::GivenItem const& it) {
  give_item(testing.scope, testing.test, testing.now, it);
}

void check_form(Testing const& testing, ast::Given const&, ast::GivenEvent const& it) {
  auto const& scope = testing.scope;
  auto const& zone = scope.draft.policy.zone;
  auto const* event = find_symbol(scope, it.event, SymbolKind::event);
  auto const ago =
      check_constant(scope, *it.ago, {plain(Kind::duration), "how long ago it was"}, given_what);
  if (!event || !ago) return;
  Happened happened{static_cast<EventId>(event->index), {}, {}};
  auto const back = negate(std::get<Duration>(*ago));
  auto const at = back ? add(testing.now, *back, zone) : std::nullopt;
  if (!at) {
    tell(scope.draft, place(scope, it.ago->span), "check.time-range",
         quoted(written(scope, it.ago->span)) + " ago is beyond the years that Heed computes with",
         "times lie in the years 1 to 9999");
    return;
  }
  happened.at = *at;
  auto const& fields = scope.draft.policy.events[event->index].fields;
  auto const arguments = check_arguments(scope, it.fields, fields, it.event.text);
  if (!arguments) return;
  for (auto const& [field, value] : *arguments)
    if (auto const folded = fold(scope, value, given_what, testing.now))
      happened.fields.emplace_back(field, *folded);
  testing.test.history.push_back(std::move(happened));
}

void check_form(Testing const&, ast::Given const&, ast::GivenNow const&) {}

/// The first `now is` says when the test takes place: other givens count from it.
void check_now(Testing& testing, ast::Test const& written) {
  for (auto const& given : written.given) {
    auto const* it = std::get_if<ast::GivenNow>(&given.form);
    if (!it) continue;
    auto const& scope = testing.scope;
    if (testing.test.now) {
      tell(scope.draft, place(scope, it->now->span), "check.twice", "`now` is given twice",
           "leave one of the two out");
      continue;
    }
    auto const now = check_constant(scope, *it->now, {plain(Kind::time), "`now`"}, given_what);
    if (!now) continue;
    testing.test.now = std::get<Instant>(*now);
    testing.now = *testing.test.now;
  }
}

using Form = decltype(Expectation::form);

std::optional<Form> check_form(Scope const& scope, ast::ExpectCondition const& it) {
  auto condition = check_condition(scope, *it.condition);
  if (!condition) return std::nullopt;
  return Expectation::Condition{std::move(condition)};
}

std::optional<Form> check_form(Scope const& scope, ast::ExpectDo const& it) {
  if (it.what.for_each) {
    tell(scope.draft, place(scope, it.what.for_each->name.span), "check.expected-each",
         "an expectation names one thing to do", "expect each with its parameters, line by line");
    return std::nullopt;
  }
  auto what = check_do(scope, it.what);
  if (!what) return std::nullopt;
  return Expectation::Action{std::move(*what)};
}

std::optional<Form> check_form(Scope const& scope, ast::ExpectForbid const& it) {
  auto const* action = find_symbol(scope, it.action, SymbolKind::action);
  if (!action) return std::nullopt;
  return Expectation::Forbidden{static_cast<ActionId>(action->index)};
}

std::optional<Form> check_form(Scope const& scope, ast::ExpectEscalate const& it) {
  Expectation::Escalation escalation;
  if (it.to) escalation.to = find_role(scope, *it.to);
  if (it.within) escalation.within = check_deadline(scope, *it.within);
  if (it.to.has_value() != escalation.to.has_value()) return std::nullopt;
  if (it.within.has_value() != escalation.within.has_value()) return std::nullopt;
  return escalation;
}

std::optional<Form> check_form(Scope const& scope, ast::ExpectQuestion const& it) {
  if (!it.fact) return Expectation::Question{};
  auto const* fact = find_symbol(scope, *it.fact, SymbolKind::fact);
  if (!fact) return std::nullopt;
  return Expectation::Question{static_cast<FactId>(fact->index)};
}

std::optional<Form> check_form(Scope const& scope, ast::ExpectOffer const& it) {
  auto const* action = find_symbol(scope, it.action, SymbolKind::action);
  if (!action) return std::nullopt;
  return Expectation::Offered{static_cast<ActionId>(action->index)};
}

std::optional<Form> check_form(Scope const& scope, ast::ExpectSay const& it) {
  auto const script = find_script(scope, it.script);
  if (!script) return std::nullopt;
  return Expectation::Said{*script};
}

std::optional<Form> check_form(Scope const& scope, ast::ExpectAlert const& it) {
  auto const role = find_role(scope, it.role);
  if (!role) return std::nullopt;
  return Expectation::Alerted{*role};
}

std::optional<Form> check_form(Scope const& scope, ast::ExpectRecord const& it) {
  auto const* event = find_symbol(scope, it.event, SymbolKind::event);
  if (!event) return std::nullopt;
  return Expectation::Recorded{static_cast<EventId>(event->index)};
}

void check_test(Scope const& scope, ast::Test const& written) {
  auto& test = scope.draft.policy.tests.emplace_back();
  test.name = written.name.value;
  test.where = place(scope, written.name.span);
  Testing testing{scope, test, default_now(scope.draft.policy)};
  check_now(testing, written);
  for (auto const& given : written.given)
    std::visit([&](auto const& form) { check_form(testing, given, form); }, given.form);
  std::sort(test.facts.begin(), test.facts.end(),
            [](auto const& left, auto const& right) { return left.first < right.first; });
  for (auto const& expect : written.expect) {
    auto form = std::visit([&](auto const& it) { return check_form(scope, it); }, expect.form);
    if (form)
      test.expectations.push_back(
          {place(scope, expect.span), expect.negated, std::move(*form), language::to_text(expect)});
  }
}

}  // namespace

void check_tests(Draft& draft) {
  draft.policy.tests.reserve(draft.test_list.size());
  for (auto const& declared : draft.test_list)
    check_test({draft, declared.file}, *declared.written);
}

}  // namespace heed::check
