#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/run/probe.hpp"

/// Part 3.6 of the language: what is asked, and what it could change.
namespace heed::testing {
namespace {

constexpr std::string_view vocabulary = R"(
policy tested "Tested"
  zone "Asia/Jerusalem"
need psychological respect "Respect"
fact a is yes or no
fact b is yes or no
fact c is yes or no
fact x is number
fact y is number
fact zero is number
fact wait is duration
role agent
role lead above agent
action call
  takes times is number
action refund
  requires c
score risk from 0 to 100
define ready as a or b
table rate gives number
  hit first
  a   | b   | rate
  yes | yes | x
  yes | -   | 2
  -   | -   | 3
rule r
  )";

struct Row {
  std::string_view rule, given, questions;
};

std::string questions_of(Decision const& decision) {
  std::string text;
  for (auto const& question : decision.questions) {
    text += (text.empty() ? "" : "; ") + question.fact + ":";
    for (auto const& change : question.could_change) text += " " + change;
  }
  return text;
}

void check(std::initializer_list<Row> rows) {
  for (auto const& row : rows) {
    SCOPED_TRACE(std::string{row.rule} + " | " + std::string{row.given});
    auto const policy = std::string{vocabulary} + std::string{row.rule} + "\n";
    EXPECT_EQ(questions_of(decide_text(policy, row.given)), row.questions);
  }
}

TEST(Questions, are_the_unknown_facts_in_the_unknown_parts) {
  check({
      {"when a and b\n  then do call", "", "a: action:call; b: action:call"},
      {"when a and b\n  then do call", "a is no", ""},
      {"when a and b\n  then do call", "a is yes", "b: action:call"},
      {"when a or b\n  then do call", "a is no", "b: action:call"},
      {"when at least 2 of (a, b, c)\n  then do call", "a is yes\nb is no", "c: action:call"},
      {"when ready\n  then do call", "a is no", "b: action:call"},
      {"when x + y > 3\n  then do call", "x is 1", "y: action:call"},
  });
}

TEST(Questions, ask_first_for_what_comes_first) {
  check({
      {"when a and then b\n  then do call", "", "a: action:call"},
      {"when a and then b\n  then do call", "a is yes", "b: action:call"},
      {"when a and then b\n  then do call", "b is no", "a: action:call"},
  });
}

TEST(Questions, read_what_is_never_unknown_as_open) {
  check({
      {"when possibly a\n  then do call", "", "a: action:call"},
      {"when certainly a\n  then do call", "", "a: action:call"},
      {"when a is known\n  then do call", "", "a: action:call"},
      {"when a is unknown\n  then do call", "", "a: action:call"},
      {"when not possibly (a and b)\n  then do call", "a is no", ""},
      {"when possibly a and b\n  then do call", "b is no", ""},
  });
}

TEST(Questions, of_a_conditional_value_are_its_condition_and_both_values) {
  check({
      {"when (x if a, otherwise y) > 1\n  then do call", "",
       "a: action:call; x: action:call; y: action:call"},
      {"when (x if a, otherwise y) > 1\n  then do call", "a is yes", "x: action:call"},
  });
}

TEST(Questions, of_a_table_are_in_the_rows_that_may_decide) {
  check({
      {"when rate > 2\n  then do call", "a is no", ""},
      {"when rate > 2\n  then do call", "a is yes", "b: action:call; x: action:call"},
      {"when rate > 2\n  then do call", "a is yes\nb is yes", "x: action:call"},
  });
}

TEST(Questions, come_also_from_the_values_and_the_requires_of_a_rule_that_fires) {
  check({
      {"then do call times (x + 1)", "", "x: action:call"},
      {"then do refund", "", "c: action:refund"},
      {"then do refund within wait", "c is yes", "wait: action:refund"},
      {"then escalate to agent within 1 hour, then to lead after wait", "", "wait: escalation"},
      {"then ask y", "", "y:"},
      {"then ask y", "y is 1", ""},
      {"when a\n  then ask y\n       do call", "", "a: action:call"},
  });
}

TEST(Questions, reach_through_targets_to_the_rules_that_write_them) {
  check({
      {"when a\n  then respect is violated\nrule s\n  when respect is violated and b\n  then do "
       "call",
       "", "a: action:call need:respect; b: action:call"},
      {"when a\n  then respect is violated\nrule s\n  when respect is violated and b\n  then do "
       "call",
       "b is no", "a: need:respect"},
      {"when a\n  then add 10 to risk\nrule s\n  when risk >= 10\n  then do call", "",
       "a: action:call score:risk"},
      {"then add x to risk\nrule s\n  when risk >= 10\n  then do call", "",
       "x: action:call score:risk"},
      {"when a\n  then add x to risk", "", "a: score:risk; x: score:risk"},
      {"when a\n  then do refund\nrule s\n  when refund is advised\n  then do call", "a is yes",
       "c: action:call action:refund"},
  });
}

TEST(Questions, put_first_what_could_change_most) {
  check({
      {"when b\n  then do call\n       respect is violated\nrule s\n  when a\n  then do call", "",
       "b: action:call need:respect; a: action:call"},
  });
}

TEST(Warnings, tell_of_a_failed_computation_where_it_matters) {
  struct Warned {
    std::string_view rule, given, codes;
  };
  for (auto const& row : std::initializer_list<Warned>{
           {"when x / zero > 1\n  then do call", "x is 1\nzero is 0",
            "computation.division-by-zero r"},
           {"when a and x / zero > 1\n  then do call", "x is 1\nzero is 0\na is no", ""},
           {"when (x / zero) is known\n  then do call", "x is 1\nzero is 0",
            "computation.division-by-zero r"},
           {"then add (x / zero) to risk", "x is 1\nzero is 0", "computation.division-by-zero r"},
           {"when x / zero > 1\n  then do call", "x is 1", ""},
       }) {
    auto const policy = std::string{vocabulary} + std::string{row.rule} + "\n";
    std::string codes;
    for (auto const& warning : decide_text(policy, row.given).warnings)
      codes += warning.code + " " + warning.rule;
    EXPECT_EQ(codes, row.codes) << row.rule;
  }
}

}  // namespace
}  // namespace heed::testing
