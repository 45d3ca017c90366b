#include <gtest/gtest.h>

#include "engine/advisor.hpp"
#include "tests/support/describe.hpp"
#include "tests/support/oracle.hpp"

/// The simple evaluator against decisions worked out by hand.
namespace heed::support {

namespace {

/// What is known in the case is a default of the policy. The decision's first line is left out.
void expect_decision(std::string const& policy_text, std::string const& wanted) {
  std::vector<SourceText> const sources{{"p.heed", "policy p\n  languages en, he\n" + policy_text}};
  auto const loaded = load(sources, "r");
  std::string told;
  for (auto const& one : loaded.diagnostics) told += render(one, sources);
  ASSERT_TRUE(loaded.rules) << told;
  auto const& policy = loaded.rules->policy;
  auto const now = *policy.zone.parse("2026-11-22T09:00:00Z");
  std::vector<std::optional<Value>> const unknown(policy.facts.size());
  auto const decision = describe(oracle::decide(policy, "r", unknown, now));
  EXPECT_EQ(decision.substr(decision.find('\n') + 1), wanted);
}

TEST(SimpleEvaluator, false_and_unknown_is_false_and_waits_for_nothing) {
  expect_decision(R"(
fact yes_fact is yes or no, default yes
fact no_fact is yes or no, default no
fact a is yes or no
fact b is yes or no
need functional n
rule no_and
  when no_fact and a
  then n is violated
rule yes_and
  when yes_fact and b
  then n is threatened, severity 4
)",
                  R"(need n functional met 0 could be threatened 4 because []
question 1 b is yes or no[] {} could change [need:n]
fired []
pending [yes_and]
)");
}

TEST(SimpleEvaluator, pending_rules_bound_a_score) {
  expect_decision(R"(
fact a is yes or no
score s from 0 to 10
need functional n
rule sure
  then add 8 to s
rule maybe
  when a
  then add 5 to s
       add -2 to s
rule reads
  when s >= 6
  then n is violated
rule reads_more
  when s >= 9
  then n is violated, severity 5
)",
                  R"(need n functional violated 3 could be violated 5 because [reads {}; ]
score s 8 between 6 and 10
question 1 a is yes or no[] {} could change [need:n, score:s]
fired [reads, sure]
pending [maybe, reads_more]
)");
}

TEST(SimpleEvaluator, two_values_without_a_join_are_a_conflict) {
  expect_decision(R"(
answer x is one of low < high
rule one
  then set x to low
rule other
  then set x to high
)",
                  R"(answer x null could be null [one, other]
fired [one, other]
pending []
warning answer.conflict
)");
}

TEST(SimpleEvaluator, an_upward_circle_of_needs_is_applied_until_nothing_changes) {
  expect_decision(R"(
fact a is yes or no, default yes
need functional n
need functional m
rule start
  when a
  then n is threatened
rule across
  when n is at least threatened
  then m is violated
rule back
  when m is violated
  then n is violated, severity 5
)",
                  R"(need m functional violated 3 could be violated 3 because [across {}; ]
need n functional violated 5 could be violated 5 because [back {}; start {}; ]
fired [across, back, start]
pending []
)");
}

TEST(SimpleEvaluator, of_a_and_then_b_only_a_waits_and_possibly_fires) {
  expect_decision(R"(
fact a is yes or no
fact b is yes or no
need functional n
rule one
  when a and then b
  then n is violated
rule two
  when possibly b
  then record e
event e
)",
                  R"(need n functional met 0 could be violated 3 because []
record 1 e() [two]
question 1 a is yes or no[] {} could change [need:n]
question 2 b is yes or no[] {} could change [record:e]
fired [two]
pending [one]
)");
}

TEST(SimpleEvaluator, the_rows_up_to_the_first_sure_one_must_agree) {
  expect_decision(R"(
fact a is yes or no
fact b is yes or no
fact c is number, default 0
answer same as agrees
answer other as differs
answer failed as nothing
table agrees gives number
  hit first
  a   | agrees
  yes | 3
  -   | 3
  no  | 4
table differs gives number
  hit first
  b   | differs
  yes | 3
  -   | 4
table nothing gives number
  hit unique
  c   | nothing
  1   | (1 / c)
)",
                  R"(answer failed null could be null []
answer other null could be null []
answer same 3 could be 3 []
question 1 b is yes or no[] {} could change [answer:other]
fired []
pending []
warning table.no-row
)");
}

TEST(SimpleEvaluator, forbid_beats_do_and_a_pending_one_says_unless) {
  expect_decision(R"(
fact a is yes or no
fact verified is yes or no
phase first, last
action call
  phase last
action refund
  phase first
  takes amount is money, largest
  requires verified
action gift
rule does
  then do refund amount 5 ILS
       do call
       do gift
       forbid gift
rule does_more
  then do refund amount (2 ILS * 4) by lead within 2 days
rule forbids
  when a
  then forbid call
role agent
role lead above agent
)",
                  R"(plan 1 first refund(amount 8.00 ILS, ) by lead internal to null due)"
                  R"( 2026-11-24T09:00:00Z requires verified unless [] [does, does_more]
plan 2 last call() by agent internal to null due null requires null unless [forbids] [does]
forbidden gift [does]
question 1 verified is yes or no[] {} could change [action:call, action:gift, action:refund]
question 2 a is yes or no[] {} could change [action:call]
fired [does, does_more]
pending [forbids]
)");
}

TEST(SimpleEvaluator, a_ladder_is_joined_from_all_rules) {
  expect_decision(
      R"(
role agent
role lead above agent
role head above lead
fact a is yes or no
rule one
  then escalate to agent within 1 hour, then to head after 1 day
rule two
  then escalate to lead within 2 hours, then to head after 3 hours
rule three
  when a
  then escalate to head
)",
      R"(escalation 1 lead due 2026-11-22T10:00:00Z then head 2026-11-22T14:00:00Z, could be)"
      R"( head [one, two] because [one {}; two {}; ]
question 1 a is yes or no[] {} could change [escalation]
fired [one, two]
pending [three]
)");
}

TEST(SimpleEvaluator, phrases_match_whole_words_behind_one_prefix_outside_exceptions) {
  expect_decision(R"(
fact message is text, default "VELO אמר: ולא אַשְׁמָתִי, it’s NOT  my fault; not my faults"
need functional n
phrases blame
  en "not my fault"
  he "לא אשמתי", "אמר"
  except en "amar"
rule one
  when message mentions blame
  then n is violated
)",
                  R"(need n functional violated 3 could be violated 3 because [one {}; ]
match message blame "אמר" 5 to 8
match message blame "לא אשמתי" 11 to 24
match message blame "not my fault" 31 to 44
fired [one]
pending []
)");
}

}  // namespace

}  // namespace heed::support
