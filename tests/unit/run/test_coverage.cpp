#include <gtest/gtest.h>

#include "tests/unit/run/probe.hpp"

/// What the tests of a policy reach.
namespace heed::testing {
namespace {

constexpr std::string_view policy = R"(
policy tested "Tested"
need psychological respect
fact tier is one of standard < silver < gold
fact price is money
fact calm is yes or no
role agent
action refund
  takes amount is money
  requires calm
action call
script hello
  en "Hello"
table fee gives money
  hit first
  tier | fee
  gold | 5 ILS
  -    | 2 ILS
define dear as price > 100 ILS
rule fires
  when dear and not calm
  then respect is violated
       do refund amount fee
       say hello
rule follows
  when tier is known and then tier is gold
  then respect is threatened
       do call
rule picks
  when price > 0 ILS
  then do refund amount (1 ILS if tier is gold, otherwise 3 ILS)
rule forbids
  when tier is silver
  then forbid call
       escalate to agent
test "one"
  given price is 150 ILS
        calm is no
        tier is gold
  expect respect is violated
test "two"
  given price is 50 ILS
  expect no escalation
)";

Coverage cover() {
  auto const rules = load_text(policy);
  return rules ? run_tests(*rules).coverage : Coverage{};
}

TEST(Coverage, counts_rules_that_fired_waited_and_did_neither) {
  auto const coverage = cover();
  EXPECT_EQ(coverage.cases, 2U);
  std::string text;
  for (auto const& rule : coverage.rules)
    text += rule.name + " " + std::to_string(rule.fired) + std::to_string(rule.pending) +
            std::to_string(rule.silent) + "\n";
  EXPECT_EQ(text, "fires 101\nfollows 101\nforbids 011\npicks 200\n");
}

TEST(Coverage, counts_each_part_of_a_condition_true_false_and_unknown_apart) {
  std::string text;
  for (auto const& part : cover().parts)
    text += part.text + ": " + std::to_string(part.yes) + std::to_string(part.no) +
            std::to_string(part.unknown) + "\n";
  EXPECT_EQ(text,
            "calm: 011\n"             // of `requires`
            "price > 100 ILS: 110\n"  // of the define
            "dear: 110\n"
            "calm: 011\n"
            "tier is known: 110\n"
            "tier is gold: 100\n"  // only where the first part holds
            "price > 0 ILS: 200\n"
            "tier is gold: 101\n"  // in a value of a rule that fired
            "tier is silver: 011\n");
}

TEST(Coverage, counts_table_rows_and_what_came_about) {
  auto const coverage = cover();
  ASSERT_EQ(coverage.rows.size(), 2U);
  EXPECT_EQ(coverage.rows[0].applied, 1U);
  EXPECT_EQ(coverage.rows[0].open, 1U);
  std::string text;
  for (auto const& outcome : coverage.outcomes)
    text += std::to_string(static_cast<int>(outcome.kind)) + " " + outcome.name + " " +
            std::to_string(outcome.count) + "\n";
  using Kind = Coverage::Outcome::Kind;
  auto const line = [](Kind kind, std::string const& rest) {
    return std::to_string(static_cast<int>(kind)) + " " + rest + "\n";
  };
  EXPECT_EQ(text, line(Kind::need_met, "respect 1") + line(Kind::need_threatened, "respect 0") +
                      line(Kind::need_violated, "respect 1") + line(Kind::done, "call 1") +
                      line(Kind::done, "refund 1") + line(Kind::forbidden, "call 0") +
                      line(Kind::said, "hello 1") + line(Kind::escalated, "agent 0"));
}

TEST(Coverage, counts_conditions_of_events_for_each_that_is_looked_at) {
  auto const rules = load_text(R"(
policy tested
need functional n
event contact
  channel is one of phone, web
fact calm is yes or no
rule counts
  when count of contact in last 7 days where (channel is phone and not calm) >= 2
    or time since last contact where (channel is web) > 3 days
  then n is violated
test "some of them"
  given calm is no
        contact 1 day ago channel phone
        contact 2 days ago channel web
        contact 3 days ago
        contact 8 days ago channel phone
  expect no question
)");
  ASSERT_TRUE(rules);
  std::string text;
  for (auto const& part : run_tests(*rules).coverage.parts)
    text += part.text + ": " + std::to_string(part.yes) + std::to_string(part.no) +
            std::to_string(part.unknown) + "\n";
  EXPECT_EQ(text,
            "count of contact in last 7 days where (channel is phone and not calm) >= 2: 001\n"
            "channel is phone: 111\n"
            "calm: 030\n"
            "time since last contact where (channel is web) > 3 days: 010\n"
            "channel is web: 110\n");  // the last that surely counts ends it
}

TEST(Coverage, adds_up_to_shares) {
  auto const shares = shares_of(cover());
  EXPECT_EQ(shares.rules.reached, 3U);
  EXPECT_EQ(shares.rules.all, 4U);
  EXPECT_EQ(shares.branches.all, 18U);
  EXPECT_EQ(hundredths_of({2, 3}), 6'666U);
  EXPECT_EQ(hundredths_of({0, 0}), 10'000U);
  EXPECT_EQ(total_of(shares).all,
            shares.rules.all + shares.branches.all + shares.rows.all + shares.outcomes.all);
}

}  // namespace
}  // namespace heed::testing
