#include <gtest/gtest.h>

#include "tests/unit/run/probe.hpp"

/// Parts 3.2 to 3.5 of the language: layers, joins without order, pending rules counted in.
namespace heed::testing {
namespace {

constexpr std::string_view vocabulary = R"(
policy tested "Tested"
  zone "Asia/Jerusalem"
need functional item "Item"
  weight 2
need psychological respect "Respect"
  weight 5
need psychological trust "Trust"
fact a is yes or no
fact b is yes or no
fact x is number
fact amount is money
fact word is text
role agent
role lead above agent
role boss above lead
role legal
phase respond, close
action refund
  phase close
  takes amount is money, largest
  takes reason is text
  requires b
action thank
  phase respond
action call
event blamed
  word is text
score risk from 0 to 100
answer priority is one of low < normal < high < urgent, largest, default normal
answer speed is one of slow < fast, smallest
answer owner is one of sales, service
answer tags is set of text
script hello
  en "Hello"
)";

struct Row {
  std::string_view rules, given, decision;
};

void check(std::initializer_list<Row> rows) {
  for (auto const& row : rows) {
    SCOPED_TRACE(std::string{row.rules} + " | " + std::string{row.given});
    auto const policy = std::string{vocabulary} + std::string{row.rules};
    EXPECT_EQ(describe(decide_text(policy, row.given)), row.decision);
  }
}

TEST(Needs, take_the_worst_state_and_apart_from_it_the_greatest_severity) {
  check({
      {R"(
rule one
  then respect is threatened, severity 5
rule two
  then respect is violated)",
       "", "fired one, two\nneed respect: violated 5, could be violated 5 [one, two]\n"},
      {R"(
rule one
  when a
  then respect is violated, severity 4
rule two
  then respect is threatened, severity 2)",
       "",
       "fired two\npending one\nneed respect: threatened 2, could be violated 4 [two]\n"
       "ask a: need:respect\n"},
      {R"(
rule one
  when a
  then respect is violated)",
       "a is no", ""},
  });
}

TEST(Needs, compare_within_their_bounds) {
  constexpr std::string_view open = R"(
rule one
  when a
  then respect is violated, severity 4
rule two
  then respect is threatened, severity 2
rule read
  when )";
  for (auto const& [condition, status] : std::initializer_list<std::pair<std::string, std::string>>{
           {"respect is at least threatened", "fired"},
           {"respect is violated", "pending"},
           {"respect is threatened", "pending"},
           {"respect is met", "silent"},
           {"severity of respect >= 2", "fired"},
           {"severity of respect >= 3", "pending"},
           {"severity of respect > 4", "silent"},
           {"severity of respect is one of 2, 3, 4", "fired"},
           {"any psychological need is at least threatened", "fired"},
           {"any psychological need is violated", "pending"},
           {"every psychological need is met", "silent"},
           {"count of psychological needs violated >= 1", "pending"},
           {"count of psychological needs violated <= 1", "fired"},
           {"count of psychological needs violated >= 2", "silent"},
       }) {
    auto const policy =
        std::string{vocabulary} + std::string{open} + condition + "\n  then do call\n";
    EXPECT_EQ(status_of(decide_text(policy, ""), "read"), status) << condition;
  }
}

TEST(Scores, are_held_to_their_range_once_at_the_end) {
  check({
      {R"(
rule one
  then add 90 to risk
rule two
  then add 30 to risk
rule three
  then add -50 to risk)",
       "", "fired one, three, two\nscore risk: 70 in 70 to 70\n"},
      {R"(
rule one
  then add 130 to risk)",
       "", "fired one\nscore risk: 100 in 100 to 100\n"},
      {R"(
rule one
  then add 40 to risk
rule two
  when a
  then add 30 to risk
rule three
  when b
  then add -60 to risk)",
       "",
       "fired one\npending three, two\nscore risk: 40 in 0 to 70\nask a: score:risk\nask b: "
       "score:risk\n"},
      {R"(
rule one
  then add x to risk)",
       "", "fired one\nscore risk: null in 0 to 100\nask x: score:risk\n"},
  });
}

TEST(Answers, join_by_what_they_declare) {
  check({
      {R"(
rule one
  then set priority to low
rule two
  then set priority to high
rule three
  then set speed to fast
rule four
  then set speed to slow)",
       "",
       "fired four, one, three, two\nanswer priority: high, could be high [one, two]\n"
       "answer speed: slow, could be slow [four, three]\n"},
      {R"(
rule one
  when a
  then set priority to urgent)",
       "", "pending one\nanswer priority: normal, could be urgent []\nask a: answer:priority\n"},
      {R"(
rule one
  then add "x" to tags
rule two
  then add "y" to tags
rule three
  when a
  then add "z" to tags)",
       "",
       "fired one, two\npending three\nanswer tags: {x y}, could be {x y z} [one, two]\n"
       "ask a: answer:tags\n"},
  });
}

TEST(Answers, of_one_value_are_null_where_rules_disagree) {
  check({
      {R"(
rule one
  then set owner to sales
rule two
  then set owner to service)",
       "",
       "fired one, two\nanswer owner: null, could be null [one, two]\nwarn answer.conflict []\n"},
      {R"(
rule one
  then set owner to sales
rule two
  then set owner to sales)",
       "", "fired one, two\nanswer owner: sales, could be sales [one, two]\n"},
  });
}

TEST(Answers, compare_within_their_bounds) {
  constexpr std::string_view open = R"(
rule one
  then set priority to high
       add "x" to tags
       set owner to sales
rule two
  when a
  then set priority to urgent
       add "y" to tags
       set owner to service
       set speed to fast
rule read
  when )";
  for (auto const& [condition, status] : std::initializer_list<std::pair<std::string, std::string>>{
           {"priority >= high", "fired"},
           {"priority is urgent", "pending"},
           {"priority is low", "silent"},
           {"priority is one of high, urgent", "fired"},
           {"tags contains \"x\"", "fired"},
           {"tags contains \"y\"", "pending"},
           {"tags contains \"z\"", "silent"},
           {"owner is sales", "pending"},
           {"owner is known", "silent"},
           {"speed is none", "pending"},
           {"speed is fast", "pending"},
       }) {
    auto const policy =
        std::string{vocabulary} + std::string{open} + condition + "\n  then do call\n";
    EXPECT_EQ(status_of(decide_text(policy, ""), "read"), status) << condition;
  }
}

TEST(Actions, are_one_item_for_each_distinct_set_of_parameters) {
  check({
      {R"(
rule one
  then do refund amount 5 ILS reason "late"
rule two
  then do refund amount 7 ILS reason "late" by lead
rule three
  then do refund amount 9 ILS
rule four
  then do refund reason word)",
       "b is yes",
       "fired four, one, three, two\ndo refund (reason null) by agent [four]\n"
       "do refund (amount 7.00 ILS, reason late) by lead [one, two]\n"
       "do refund (amount 9.00 ILS) by agent [three]\nask word: action:refund\n"},
      {R"(
rule one
  then do refund amount 5 ILS
rule two
  then do refund amount amount)",
       "b is yes",
       "fired one, two\ndo refund (amount null) by agent [one, two]\nask amount: action:refund\n"},
  });
}

TEST(Actions, take_the_highest_role_and_the_earliest_deadline) {
  check({
      {R"(
rule one
  then do call by lead within 4 hours
rule two
  then do call by boss within 1 day
rule three
  then do call)",
       "", "fired one, three, two\ndo call by boss due 14:00 [one, three, two]\n"},
  });
}

TEST(Actions, are_provisional_while_a_pending_rule_could_forbid_them) {
  check({
      {R"(
rule one
  then do call
rule two
  when a
  then forbid call)",
       "", "fired one\npending two\ndo call by agent unless two [one]\nask a: action:call\n"},
      {R"(
rule one
  then do call
       forbid call)",
       "", "fired one\nforbid call [one]\n"},
      {R"(
rule one
  then do refund)",
       "", "fired one\ndo refund by agent if b [one]\nask b: action:refund\n"},
      {R"(
rule one
  then do refund)",
       "b is no", "fired one\nwithhold refund: b [one]\n"},
  });
}

TEST(Actions, are_advised_surely_surely_not_or_still_open) {
  struct Advised {
    std::string_view rules, given, status;
  };
  for (auto const& row : std::initializer_list<Advised>{
           {"rule one\n  then do call\n", "", "fired"},
           {"rule one\n  when a\n  then do call\n", "", "pending"},
           {"rule one\n  when a\n  then do call\n", "a is no", "silent"},
           {"rule one\n  then do call\nrule two\n  when a\n  then forbid call\n", "", "pending"},
           {"rule one\n  then do call\n       forbid call\n", "", "silent"},
           {"rule one\n  then do thank\n", "", "silent"},
       }) {
    auto const policy = std::string{vocabulary} + "\n" + std::string{row.rules} +
                        "rule read\n  when call is advised\n  then respect is threatened\n";
    EXPECT_EQ(status_of(decide_text(policy, row.given), "read"), row.status) << row.rules;
  }
}

TEST(Escalations, take_the_highest_role_the_earliest_deadline_and_the_steps_above) {
  check({
      {R"(
rule one
  then escalate to agent within 1 hour, then to lead after 2 hours, then to boss after 1 hour
rule two
  then escalate to lead within 4 hours)",
       "",
       "fired one, two\nescalate to lead due 11:00 then boss due 14:00 could be lead [one, two]\n"},
      {R"(
rule one
  then escalate to lead, then to boss after 1 day
rule two
  when a
  then escalate to boss
rule three
  when b
  then escalate to legal)",
       "",
       "fired one\npending three, two\nescalate to nobody could be legal []\n"
       "escalate to lead then boss due 2026-11-23 10:00 could be boss [one]\nask a: escalation\n"
       "ask b: escalation\n"},
  });
}

TEST(Deadlines, count_from_the_time_named_and_months_to_the_months_end) {
  check({
      {R"(
rule one
  then do call within 1 month of now)",
       "now is 2026-01-31T10:00+02:00", "fired one\ndo call by agent due 2026-02-28 10:00 [one]\n"},
      {R"(
rule one
  then alert lead within 90 minutes
rule two
  then alert lead within 30 minutes
       record blamed word "x"
       say hello)",
       "",
       "fired one, two\nsay hello [two]\nalert lead due 10:30 [one, two]\n"
       "record blamed (word x) [two]\n"},
  });
}

TEST(Layers, settle_what_is_read_before_it_is_read) {
  check({
      {R"(
rule a_reads
  when risk >= 50 and priority >= high
  then do call
rule b_writes
  then add 60 to risk
rule c_writes
  when risk > 10
  then set priority to high)",
       "",
       "fired a_reads, b_writes, c_writes\nscore risk: 60 in 60 to 60\n"
       "answer priority: high, could be high [c_writes]\ndo call by agent [a_reads]\n"},
  });
}

TEST(Layers, apply_an_upward_circle_until_nothing_changes) {
  constexpr std::string_view circle = R"(
rule one
  when a
  then respect is threatened
rule two
  when respect is at least threatened
  then trust is violated
rule three
  when trust is violated
  then respect is violated, severity 5)";
  check({
      {circle, "a is yes",
       "fired one, three, two\nneed respect: violated 5, could be violated 5 [one, three]\n"
       "need trust: violated 3, could be violated 3 [two]\n"},
      {circle, "a is no", ""},
      {circle, "",
       "pending one, three, two\nneed respect: met 0, could be violated 5 []\n"
       "need trust: met 0, could be violated 3 []\nask a: need:respect, need:trust\n"},
  });
}

TEST(Plan, is_ordered_by_phase_then_by_the_need_that_it_serves) {
  check({
      {R"(
rule one
  then do call
       item is violated, severity 5
rule two
  then do thank
rule three
  then do refund
       respect is threatened)",
       "b is yes",
       "fired one, three, two\nneed item: violated 5, could be violated 5 [one]\n"
       "need respect: threatened 3, could be threatened 3 [three]\ndo thank by agent [two]\n"
       "do refund by agent [three]\ndo call by agent [one]\n"},
  });
}

}  // namespace
}  // namespace heed::testing
