#include <gtest/gtest.h>

#include "tests/support/checked.hpp"
#include "tests/unit/check/policy_text.hpp"

namespace heed {
namespace {

constexpr auto vocabulary = R"(
policy service "Service"
  languages en, he
  zone "Asia/Jerusalem"

parameter limit is 200 ILS
parameter twice_limit is limit * 2
parameter wait is 2 days
parameter gold is 3

fact customer.tier is one of standard < silver < gold
fact customer.plan is one of home, business or none
fact customer.captive is yes or no
fact customer.state is one of "on time", late
fact case.amount is money
fact case.delay is duration
fact case.contacts is whole number
fact case.share is number
fact case.promised_on is time
fact case.check_in is date
fact case.tags is set of text
fact agent.message is text
fact previous.tier is customer.tier

need psychological respect
need psychological autonomy
need functional right_item
score churn_risk from 0 to 100
action refund
  takes amount is money, largest
  requires customer.captive
answer ticket.priority is one of low < normal < high, largest, default normal
answer ticket.tags is set of text
answer ticket.plan is customer.plan
phrases blame
  en "not my fault"
define urgent as ticket.priority >= high
define level is one of calm, loud as (loud if case.contacts > 2, otherwise calm)

table fee gives share is number, cost is money
  customer.tier    | case.delay         | when                | share | cost
  gold             | >= 3 days          | -                   | 10%   | 5 ILS
  silver or gold   | 1 day up to wait   | case.contacts > 2   | 0.5   | limit
  -                | -                  | -                   | 1     | 0 ILS
)";

/// The condition as typed, or the codes of what is wrong with it.
std::string type_condition(std::string const& condition) {
  auto const checked = check_text(
      vocabulary + ("\nrule it\n  when " + condition + "\n  then right_item is violated\n"));
  if (checked.policy) return text_of(*checked.policy, *checked.policy->rules.at(0).when);
  std::string codes;
  for (auto const& it : checked.diagnostics)
    if (it.severity == Severity::error) codes += (codes.empty() ? "" : " ") + std::string{it.code};
  return codes;
}

struct Meaning {
  std::string_view condition, meaning;
};

TEST(Typing, comparisons_become_what_they_mean) {
  constexpr Meaning cases[] = {
      {"customer.tier is silver", "is(customer.tier, silver)"},
      {"silver is customer.tier", "is(silver, customer.tier)"},
      {"customer.tier is gold", "is(customer.tier, gold)"},
      {"case.contacts > gold", "greater(case.contacts, gold3)"},
      {"customer.tier >= silver", "at_least(customer.tier, silver)"},
      {"customer.tier is previous.tier", "is(customer.tier, previous.tier)"},
      {"customer.tier is not silver", "not(is(customer.tier, silver))"},
      {"customer.tier is one of silver, gold", "one_of(customer.tier, silver, gold)"},
      {"customer.state is \"on time\"", "is(customer.state, on time)"},
      {"customer.plan is none", "none(customer.plan)"},
      {"customer.plan is not none", "not(none(customer.plan))"},
      {"ticket.plan is none", "none(ticket.plan)"},
      {"customer.captive", "customer.captive"},
      {"customer.captive is no", "is(customer.captive, no)"},
      {"customer.captive is unknown", "not(known(customer.captive))"},
      {"case.amount > limit", "greater(case.amount, limit200.00 ILS)"},
      {"case.amount > twice_limit", "greater(case.amount, twice_limit400.00 ILS)"},
      {"case.amount * 2 > limit", "greater(multiply(case.amount, 2), limit200.00 ILS)"},
      {"15% * case.amount > limit", "greater(multiply(case.amount, 0.15), limit200.00 ILS)"},
      {"case.amount / limit > 0.5", "greater(divide(case.amount, limit200.00 ILS), 0.5)"},
      {"case.delay > 4 hours", "greater(case.delay, PT4H)"},
      {"now - case.promised_on > wait", "greater(subtract(now, case.promised_on), waitP2D)"},
      {"case.check_in + 1 month < today", "less(add(case.check_in, P1M), today)"},
      {"1 month + case.check_in < today", "less(add(case.check_in, P1M), today)"},
      {"date of case.promised_on is today", "is(date(case.promised_on), today)"},
      {"days from case.check_in to today <= 15", "at_most(days(case.check_in, today), 15)"},
      {"case.tags contains \"vip\"", "contains(case.tags, \"vip\")"},
      {"agent.message mentions blame", "mentions(agent.message, blame)"},
  };
  for (auto const& it : cases)
    EXPECT_EQ(type_condition(std::string{it.condition}), it.meaning) << it.condition;
}

TEST(Typing, conditions_about_targets_become_what_they_mean) {
  constexpr Meaning cases[] = {
      {"respect is violated", "violated(respect)"},
      {"respect is not violated", "not(violated(respect))"},
      {"respect is at least threatened", "at_least_threatened(respect)"},
      {"respect is one of threatened, violated", "at_least_threatened(respect)"},
      {"respect is one of met, violated", "not(threatened(respect))"},
      {"severity of respect >= 3", "at_least(severity(respect), 3)"},
      {"any psychological need is violated", "any_violated(autonomy, respect)"},
      {"count of needs at least threatened >= 2",
       "at_least(count_at_least_threatened(autonomy, respect, right_item), 2)"},
      {"churn_risk >= 60", "at_least(churn_risk, 60)"},
      {"refund is advised", "advised(refund)"},
      {"ticket.priority >= high", "at_least(ticket.priority, high)"},
      {"urgent and customer.captive", "and(urgent, customer.captive)"},
      {"level is loud", "is(level, loud)"},
      {"fee.share > 0.5", "greater(fee[0], 0.5)"},
      {"case.amount > (limit if customer.captive, otherwise 10 ILS)",
       "greater(case.amount, if(customer.captive, limit200.00 ILS, 10.00 ILS))"},
      {"customer.tier is (gold if customer.captive, otherwise silver)",
       "is(customer.tier, if(customer.captive, gold, silver))"},
      {"at least 2 of (customer.captive, urgent, case.share > 1)",
       "at_least_2(customer.captive, urgent, greater(case.share, 1))"},
      {"customer.captive and then urgent", "and_then(customer.captive, urgent)"},
      {"possibly customer.captive or certainly urgent",
       "or(possibly(customer.captive), certainly(urgent))"},
      {"largest of (case.contacts, 3) > 2", "greater(largest(case.contacts, 3), 2)"},
  };
  for (auto const& it : cases)
    EXPECT_EQ(type_condition(std::string{it.condition}), it.meaning) << it.condition;
}

TEST(Typing, what_does_not_go_together_is_told) {
  struct Case {
    std::string_view condition, codes;
  };
  constexpr Case cases[] = {
      {"case.amount > 3", "check.mismatch"},
      {"case.promised_on < today", "check.date-beside-time"},
      {"customer.plan > home", "check.not-ordered"},
      {"customer.tier is business", "check.unknown-value"},
      {"case.tags is \"vip\"", "check.mismatch"},
      {"agent.message < \"b\"", "check.not-ordered"},
      {"case.check_in + case.check_in is today", "check.no-result"},
      {"case.contacts", "check.not-a-condition"},
      {"customer.tier is none", "check.never-none"},
      {"level is loud and level is quiet", "check.unknown-value"},
      {"refund", "check.wrong-name"},
      {"(nothing1 > 1) and (nothing2 > 2)", "check.unknown-name check.unknown-name"},
  };
  for (auto const& it : cases)
    EXPECT_EQ(type_condition(std::string{it.condition}), it.codes) << it.condition;
}

TEST(Typing, tables_become_conditions_and_results) {
  auto const checked = check_text(vocabulary);
  ASSERT_TRUE(checked.policy);
  auto const text = text_of(*checked.policy);
  EXPECT_NE(text.find("  is(customer.tier, gold), at_least(case.delay, P3D) : 0.1, 5.00 ILS\n"
                      "  one_of(customer.tier, silver, gold), and(at_least(case.delay, P1D), "
                      "less(case.delay, waitP2D)), greater(case.contacts, 2) : 0.5, limit200.00 "
                      "ILS\n"
                      "   : 1, 0.00 ILS"),
            std::string::npos)
      << text;
}

TEST(Typing, every_expression_keeps_its_own_words) {
  auto const checked = check_text(std::string{vocabulary} +
                                  "\nrule it\n  when customer.tier   is not\n    silver\n"
                                  "  then respect is violated\n");
  ASSERT_TRUE(checked.policy);
  auto const& when = *checked.policy->rules.at(0).when;
  EXPECT_EQ(when.text, "customer.tier is not silver");
  EXPECT_EQ(std::get<Not>(when.form).operand->text, "customer.tier is silver");
}

TEST(Typing, what_a_test_gives_is_computed_at_its_moment) {
  auto const checked = check_text(std::string{vocabulary} + R"(
event contact
  channel is one of phone, web

test "it"
  given case.promised_on is now - 2 days
        case.check_in is today
        case.tags is "a", "b", "a"
        contact 2 days ago channel phone
        now is 2026-11-22T10:00+02:00
  expect respect is met
)");
  ASSERT_TRUE(checked.policy) << render_all(checked.diagnostics, {});
  auto const& test = checked.policy->tests.at(0);
  auto const zone = checked.policy->zone;
  EXPECT_EQ(zone.to_text(test.now.value()), "2026-11-22T10:00:00+02:00");
  EXPECT_EQ(zone.to_text(test.history.at(0).at), "2026-11-20T10:00:00+02:00");
  std::string given;
  for (auto const& [fact, value] : test.facts)
    given += text_of(*checked.policy, value, checked.policy->facts[index(fact)].type) + " ";
  EXPECT_EQ(given, "2026-11-22 2026-11-20T08:00:00Z {\"a\";\"b\";} ");
}

}  // namespace
}  // namespace heed
