#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/run/probe.hpp"

/// Why each rule fired, waits or did not fire; a policy's own tests; words for both.
namespace heed::testing {
namespace {

constexpr std::string_view policy = R"(
policy tested "Tested"
  languages en, he
  zone "Asia/Jerusalem"
need psychological respect
  title en "Respect"  he "כבוד"
fact tier is one of standard < silver < gold
  ask en "Which programme?"  he "באיזו תוכנית?"
fact price is money
fact calm is yes or no
role agent
  title en "Service agent"  he "נציגות שירות"
action refund
  title en "Give the money back"  he "להחזיר את הכסף"
  takes amount is money
define dear as price > 100 ILS
script hello
  en "Hello"
  he "שלום"
rule fires
  title en "It fires"  he "הכלל חל"
  source S1
  when dear and not calm
  then respect is violated, severity 4
       do refund amount 5 ILS
       say hello
  because en "It is dear."  he "זה יקר."
rule out_of_days
  until 2020-01-01
  then do refund
rule stopped
  when price > 0 ILS and (tier is gold or calm) and tier is silver
  then do refund
rule waits
  when price > 0 ILS and tier is gold
  then do refund
)";

RuleExplanation const& find(Explanation const& explanation, std::string_view name) {
  return *std::ranges::find(explanation.rules, name, &RuleExplanation::rule);
}

std::string describe(ConditionTrace const& trace) {
  constexpr std::string_view truths[] = {"no", "unknown", "yes"};
  std::string text{truths[static_cast<std::size_t>(trace.truth)]};
  for (auto const& read : trace.reads) {
    text += " " + read.name + "=";
    if (auto const* value = std::get_if<std::string>(&read.value.form)) text += *value;
    if (auto const* money = std::get_if<Shown::Amount>(&read.value.form)) text += money->amount;
    if (auto const* truth = std::get_if<bool>(&read.value.form)) text += *truth ? "yes" : "no";
    if (!read.known) text += "?";
  }
  if (trace.parts.empty()) return text;
  std::string parts;
  for (auto const& part : trace.parts) parts += (parts.empty() ? "" : ", ") + describe(part);
  return text + " (" + parts + ")";
}

TEST(Explanations, name_for_each_rule_its_status_and_what_it_read) {
  auto const explanation = explain_text(policy, "price is 150 ILS\ncalm is no");
  ASSERT_EQ(explanation.rules.size(), 4U);
  EXPECT_EQ(find(explanation, "fires").status, RuleStatus::fired);
  EXPECT_EQ(describe(*find(explanation, "fires").when),
            "yes (yes dear=yes price=150.00, yes (no calm=no))");
  EXPECT_FALSE(find(explanation, "fires").stopped_by);
  EXPECT_EQ(find(explanation, "out_of_days").status, RuleStatus::out_of_its_days);
  EXPECT_FALSE(find(explanation, "out_of_days").when);
  auto const& waits = find(explanation, "waits");
  EXPECT_EQ(waits.status, RuleStatus::pending);
  EXPECT_EQ(waits.stopped_by->text, "tier is gold");
  EXPECT_EQ(waits.waits_for, (std::vector<std::string>{"tier"}));
}

TEST(Explanations, stop_at_the_first_condition_that_is_false) {
  auto const explanation = explain_text(policy, "price is 50 ILS\ncalm is no\ntier is standard");
  EXPECT_EQ(find(explanation, "stopped").stopped_by->text, "tier is gold or calm");
  EXPECT_EQ(describe(*find(explanation, "stopped").stopped_by),
            "no (no tier=standard, no calm=no)");
  EXPECT_EQ(find(explanation, "fires").stopped_by->text, "dear");
}

TEST(Words, say_a_decision_in_both_languages) {
  auto const rules = load_text(policy);
  auto const decision = decide_text(policy, "price is 150 ILS\ncalm is no");
  EXPECT_EQ(to_words(decision, Language::english, rules.get()),
            R"(Advice of 2026-11-22 10:00 (tested)

WHAT IS AT STAKE
  Respect: violated, severity 4 of 5
    It is dear. [fires]

WHAT TO DO
  1. Give the money back (amount: 5.00 ILS) – Service agent
     [fires]

WHAT TO SAY
  "Hello" [fires]

WHAT TO ASK
  Which programme? (standard, silver, gold) [tier]
     could change: Give the money back
)");
  auto const hebrew = to_words(decision, Language::hebrew, rules.get());
  for (auto const* part : {"המלצה מיום 22.11.2026 בשעה 10:00", "כבוד: פגיעה, חומרה 4 מתוך 5",
                           "להחזיר את הכסף", "נציגות שירות", "\"שלום\"", "באיזו תוכנית?"})
    EXPECT_NE(hebrew.find(part), std::string::npos) << part << "\n" << hebrew;
  for (std::size_t at = 0; at < hebrew.size(); at = hebrew.find('\n', at) + 1)
    EXPECT_TRUE(hebrew.substr(at).starts_with("\u200F") || hebrew[at] == '\n') << hebrew.substr(at);
}

TEST(Words, stay_within_100_columns) {
  std::string const long_text(300, 'x');
  auto const words =
      to_words(explain_text(policy, "price is 150 ILS\ncalm is no"), Language::english);
  for (std::size_t at = 0; at < words.size();) {
    auto const end = words.find('\n', at);
    EXPECT_LE(end - at, 100U);
    at = end + 1;
  }
  EXPECT_NE(words.find("waits for: tier"), std::string::npos) << words;
}

TEST(Words, narrow_an_explanation_to_one_rule) {
  auto const explanation = explain_text(policy, "price is 150 ILS\ncalm is no");
  EXPECT_EQ(to_words(explanation, Language::english, "waits"),
            "  waits: waits\n      price > 0 ILS – holds (price: 150.00 ILS)\n"
            "      tier is gold – is not known (tier: unknown)\n"
            "      held back by: tier is gold\n      waits for: tier\n");
  EXPECT_EQ(to_words(explanation, Language::english, "absent"), "no rule has this name: absent\n");
}

TEST(PolicyTests, hold_where_an_expectation_is_certain) {
  struct Expected {
    std::string_view given, expect, holds;
  };
  for (auto const& row : std::initializer_list<Expected>{
           {"price is 150 ILS\n        calm is no", "respect is violated", "yes"},
           {"price is 150 ILS", "respect is violated", "no"},
           {"price is 150 ILS", "not respect is violated", "no"},
           {"price is 50 ILS", "not respect is violated", "yes"},
           {"price is 150 ILS\n        calm is no", "do refund", "yes"},
           {"price is 150 ILS\n        calm is no", "do refund amount 5 ILS by agent", "yes"},
           {"price is 150 ILS\n        calm is no", "do refund amount 6 ILS", "no"},
           {"price is 150 ILS\n        calm is yes", "not do refund", "no"},
           {"price is 150 ILS\n        calm is yes\n        tier is standard", "not do refund",
            "yes"},
           {"price is 150 ILS\n        calm is no", "say hello", "yes"},
           {"price is 150 ILS", "not say hello", "no"},
           {"price is 150 ILS", "question tier", "yes"},
           {"price is 150 ILS\n        tier is gold", "not question tier", "yes"},
           {"price is 150 ILS", "no escalation", "yes"},
           {"price is 150 ILS", "not forbid refund", "yes"},
       }) {
    auto const text = std::string{policy} + "test \"t\"\n  given " + std::string{row.given} +
                      "\n  expect " + std::string{row.expect} + "\n";
    auto const rules = load_text(text);
    ASSERT_TRUE(rules);
    auto const run = run_tests(*rules);
    EXPECT_EQ(run.tests.front().passed ? "yes" : "no", row.holds) << row.given << row.expect;
    EXPECT_EQ(run.tests.front().expectations.front().found.empty(), row.holds == "yes");
  }
}

TEST(PolicyTests, name_the_rules_and_rows_that_none_reaches) {
  auto const rules = load_text(std::string{policy} + R"(
table fee gives number
  hit first
  calm | fee
  yes  | 1
  -    | 2
test "t"
  given price is 150 ILS
        calm is yes
        tier is gold
  expect do refund
)");
  ASSERT_TRUE(rules);
  auto const run = run_tests(*rules);
  EXPECT_EQ(run.rules_not_reached, (std::vector<std::string>{"fires", "out_of_days", "stopped"}));
  EXPECT_EQ(run.rows_not_reached.size(), 1U);
}

TEST(Advisor, formats_a_file_and_names_what_decisions_are_made_with) {
  auto const formatted = format({"test.heed", std::string{policy}});
  EXPECT_TRUE(formatted.diagnostics.empty());
  EXPECT_EQ(format({"test.heed", formatted.text}).text, formatted.text);
  EXPECT_FALSE(format({"test.heed", "rule \n when\n"}).diagnostics.empty());
  EXPECT_FALSE(engine_version().version.empty());
  EXPECT_FALSE(engine_version().cldr.empty());
}

}  // namespace
}  // namespace heed::testing
