#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/run/probe.hpp"

/// Overriding, offers, checks, what is done instead, sums and reading what joins.
namespace heed::testing {
namespace {

constexpr std::string_view vocabulary = R"(
policy tested "Tested"
  zone "Asia/Jerusalem"
need psychological respect "Respect"
fact a is yes or no
fact b is yes or no
fact c is yes or no
fact amount is money
fact order.items is list of
  price is money
  late is yes or no
role agent
role lead above agent
phase respond, close
action refund
  takes amount is money, largest
  takes reason is text
action credit
  takes amount is money, sum
  takes reason is text
action call
  requires c
action thank
answer owner is one of sales, service
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

constexpr std::string_view exception = R"(
rule exception
  overrides usual
  when a
  then do call
rule usual
  when b
  then do thank
rule reader
  when thank is advised
  then respect is threatened)";

TEST(Overriding, silences_a_rule_while_the_other_fires_and_holds_it_pending_while_that_waits) {
  check({
      {exception, "a is yes\nb is yes\nc is yes",
       "fired exception\ndo call by agent [exception]\n"},
      {exception, "a is no\nb is yes",
       "fired reader, usual\nneed respect: threatened 3, could be threatened 3 [reader]\n"
       "do thank by agent [usual]\n"},
      {exception, "a is no\nb is no", ""},
      {exception, "b is yes",
       "pending exception, reader, usual\nneed respect: met 0, could be threatened 3 []\n"
       "ask a: action:call, action:thank, need:respect\n"},
      {exception, "a is yes\nc is yes", "fired exception\ndo call by agent [exception]\n"},
      {exception, "b is no", "pending exception\nask a: action:call\n"},
  });
}

constexpr std::string_view chain = R"(
rule one
  overrides two
  when a
  then do thank
rule two
  overrides three
  when b
  then set owner to sales
rule three
  then set owner to service)";

TEST(Overriding, goes_along_a_chain_a_silenced_rule_silences_nothing) {
  check({
      {chain, "a is yes\nb is yes",
       "fired one, three\nanswer owner: service, could be service [three]\n"
       "do thank by agent [one]\n"},
      {chain, "a is no\nb is yes", "fired two\nanswer owner: sales, could be sales [two]\n"},
      {chain, "b is yes",
       "pending one, three, two\nanswer owner: null, could be null []\n"
       "ask a: action:thank, answer:owner\n"},
      {chain, "b is no",
       "fired three\npending one\nanswer owner: service, could be service [three]\n"
       "ask a: action:thank\n"},
  });
}

TEST(Overriding, is_explained_by_the_rule_that_silences) {
  auto const policy = std::string{vocabulary} + std::string{exception};
  auto const find = [](Explanation const& explanation, std::string_view name) {
    return *std::ranges::find(explanation.rules, name, &RuleExplanation::rule);
  };
  auto const silenced = find(explain_text(policy, "a is yes\nb is yes"), "usual");
  EXPECT_EQ(silenced.status, RuleStatus::overridden);
  EXPECT_EQ(silenced.overridden_by, std::vector<std::string>{"exception"});
  EXPECT_TRUE(silenced.when);
  EXPECT_FALSE(silenced.stopped_by);
  auto const waiting = find(explain_text(policy, "b is yes"), "usual");
  EXPECT_EQ(waiting.status, RuleStatus::pending);
  EXPECT_EQ(waiting.overridden_by, std::vector<std::string>{"exception"});
  EXPECT_EQ(waiting.waits_for, std::vector<std::string>{"a"});
  EXPECT_FALSE(waiting.stopped_by);
  EXPECT_NE(to_words(explain_text(policy, "a is yes\nb is yes"), Language::english, "usual")
                .find("overridden by: exception"),
            std::string::npos);
  EXPECT_NE(to_words(explain_text(policy, "a is yes\nb is yes"), Language::hebrew)
                .find("נדחה מפני כלל אחר"),
            std::string::npos);
}

TEST(Offers, hold_what_is_neither_forbidden_nor_withheld) {
  constexpr std::string_view offer = R"(
rule offers
  then offer one of thank, refund amount 5 ILS, refund amount amount, call
rule reads
  when refund is advised
  then respect is violated
rule forbids
  when a
  then forbid refund
       forbid thank)";
  check({
      {offer, "a is no\nc is yes\namount is 7 ILS",
       "fired offers\noffer call, refund (amount 5.00 ILS), refund (amount 7.00 ILS), thank "
       "[offers]\n"},
      {offer, "a is yes\nc is yes",
       "fired forbids, offers\noffer call [offers]\nforbid refund [forbids]\n"
       "forbid thank [forbids]\nask amount: choice\n"},
      {offer, "a is yes\nc is no\namount is 7 ILS",
       "fired forbids, offers\nforbid refund [forbids]\nforbid thank [forbids]\n"
       "withhold call: c [offers]\n"},
      {offer, "amount is 5 ILS",
       "fired offers\npending forbids\noffer call if c, refund (amount 5.00 ILS) unless forbids, "
       "thank unless forbids [offers]\nask a: action:refund, action:thank\nask c: choice\n"},
      {R"(
rule one
  then offer one of thank, refund
rule two
  then offer one of refund, thank)",
       "", "fired one, two\noffer refund, thank [one, two]\n"},
      {R"(
rule one
  when a
  then offer one of thank, refund)",
       "", "pending one\nask a: choice\n"},
  });
}

TEST(Checks, are_listed_by_phase_name_and_text_each_once) {
  check({
      {R"(
rule one
  then check "It is settled" before close
       check "It is settled" before close
rule two
  then check "It is settled" before close
       check "It is read" before respond
       check "A first" before respond
rule three
  when a
  then check "More" before close)",
       "",
       "fired one, two\npending three\ncheck \"It is settled\" before close [one, two]\n"
       "check \"A first\" before respond [two]\ncheck \"It is read\" before respond [two]\n"
       "ask a: check\n"},
  });
}

constexpr std::string_view instead = R"(
rule does
  when a
  then do refund amount 5 ILS
rule forbids
  when b
  then forbid refund, instead do thank by lead
rule reads
  when thank is advised
  then respect is violated)";

TEST(Instead, is_done_where_a_rule_that_fired_does_what_is_forbidden) {
  check({
      {instead, "a is yes\nb is yes",
       "fired does, forbids, reads\nneed respect: violated 3, could be violated 3 [reads]\n"
       "do thank by lead [forbids]\nforbid refund [forbids]\n"},
      {instead, "a is no\nb is yes", "fired forbids\nforbid refund [forbids]\n"},
      {instead, "a is yes\nb is no", "fired does\ndo refund (amount 5.00 ILS) by agent [does]\n"},
      {instead, "b is yes",
       "fired forbids\npending does, reads\nneed respect: met 0, could be violated 3 []\n"
       "forbid refund [forbids]\nask a: action:refund, action:thank, need:respect\n"},
      {instead, "a is yes",
       "fired does\npending forbids, reads\nneed respect: met 0, could be violated 3 []\n"
       "do refund (amount 5.00 ILS) by agent unless forbids [does]\n"
       "ask b: action:refund, action:thank, need:respect\n"},
  });
}

TEST(Instead, goes_on_where_what_stands_in_is_forbidden_itself_also_within_one_rule) {
  check({
      {R"(
rule one
  then do refund
       forbid refund, instead do credit
rule two
  then forbid credit, instead do thank)",
       "", "fired one, two\ndo thank by agent [two]\nforbid credit [two]\nforbid refund [one]\n"},
      {R"(
rule one
  then do refund
       forbid refund, instead do call
rule two
  when a
  then forbid call)",
       "",
       "fired one\npending two\ndo call by agent if c unless two [one]\nforbid refund [one]\n"
       "ask c: action:call, action:refund\nask a: action:call\n"},
  });
}

TEST(Sums, count_each_rule_once) {
  check({
      {R"(
rule one
  then do credit amount 5 ILS
       do credit amount 5 ILS
rule two
  then do credit amount 5 ILS
       do credit amount 2 ILS by lead
rule three
  then do credit amount 1 ILS reason "late")",
       "",
       "fired one, three, two\ndo credit (amount 1.00 ILS, reason late) by agent [three]\n"
       "do credit (amount 12.00 ILS) by lead [one, two]\n"},
      {R"(
rule one
  then do credit amount 5 ILS
rule two
  then do credit amount amount)",
       "",
       "fired one, two\ndo credit (amount null) by agent [one, two]\nask amount: action:credit\n"},
      {R"(
rule one
  then do credit amount 5 ILS
rule two
  then do credit amount 5 USD)",
       "",
       "fired one, two\ndo credit (amount null) by agent [one, two]\n"
       "warn computation.currencies []\n"},
  });
}

constexpr std::string_view items =
    "order.items: price 5 ILS, late yes\norder.items: price 7 ILS, late no\n"
    "order.items: price 5 ILS, late yes\n";

TEST(Sums, add_up_over_the_items_of_a_list_also_where_they_stand_in) {
  check({
      {R"(
rule one
  then do credit amount item.price for each item in order.items where (late)
rule reads
  when credit.amount > 9 ILS
  then respect is violated)",
       items,
       "fired one, reads\nneed respect: violated 3, could be violated 3 [reads]\n"
       "do credit (amount 10.00 ILS) by agent [one]\n"},
      {R"(
rule one
  then do refund
       forbid refund, instead do credit amount price for each item in order.items)",
       items, "fired one\ndo credit (amount 17.00 ILS) by agent [one]\nforbid refund [one]\n"},
      {R"(
rule one
  then do credit amount price for each item in order.items where (late)
rule reads
  when credit.amount > 9 ILS
  then respect is violated)",
       "order.items: price 5 ILS, late yes\norder.items: price 7 ILS",
       "fired one\npending reads\nneed respect: met 0, could be violated 3 []\n"
       "do credit (amount 5.00 ILS) by agent [one]\nask order.items: action:credit, "
       "need:respect\n"},
  });
}

struct Reading {
  std::string_view rules, given, condition, status;
};

TEST(Joined, values_are_read_like_answers) {
  constexpr std::string_view six = "rule one\n  then do refund amount 6 ILS\n";
  constexpr std::string_view more =
      "rule one\n  then do refund amount 6 ILS\nrule two\n  when a\n  then do refund amount 9 "
      "ILS\n";
  constexpr std::string_view sum =
      "rule one\n  then do credit amount 6 ILS\nrule two\n  when a\n  then do credit amount 4 ILS\n"
      "rule three\n  when a\n  then do credit amount (-1 ILS)\n";
  for (auto const& row : std::initializer_list<Reading>{
           {six, "", "refund.amount > 5 ILS", "fired"},
           {six, "", "refund.amount > 6 ILS", "silent"},
           {six, "", "credit.amount > 1 ILS", "silent"},
           {six, "", "credit.amount is none", "fired"},
           {six, "", "refund.amount is known", "fired"},
           {more, "", "refund.amount > 5 ILS", "fired"},
           {more, "", "refund.amount > 8 ILS", "pending"},
           {more, "", "refund.amount > 9 ILS", "silent"},
           {more, "a is yes", "refund.amount is 9 ILS", "fired"},
           {more, "a is no", "refund.amount is 6 ILS", "fired"},
           {more, "", "refund.amount is known", "silent"},
           {sum, "", "credit.amount >= 5 ILS", "fired"},
           {sum, "", "credit.amount > 10 ILS", "silent"},
           {sum, "", "credit.amount > 7 ILS", "pending"},
           {sum, "a is yes", "credit.amount is 9 ILS", "fired"},
           {"rule one\n  when a\n  then do refund amount 6 ILS\n", "", "refund.amount > 5 ILS",
            "pending"},
           {"rule one\n  when a\n  then do refund amount 6 ILS\n", "a is no",
            "refund.amount is none", "fired"},
           {"rule one\n  then do refund amount amount\n", "", "refund.amount > 5 ILS", "pending"},
           {"rule one\n  then do refund amount 6 ILS\n       forbid refund\n", "",
            "refund.amount > 5 ILS", "fired"},
           {"rule one\n  then do refund amount 6 ILS reason \"x\"\n       do refund amount 7 ILS\n",
            "", "refund.amount is 7 ILS", "fired"},
       }) {
    auto const policy = std::string{vocabulary} + "\n" + std::string{row.rules} +
                        "rule read\n  when " + std::string{row.condition} +
                        "\n  then respect is threatened\n";
    EXPECT_EQ(status_of(decide_text(policy, row.given), "read"), row.status)
        << row.rules << row.condition;
  }
}

TEST(Joined, values_are_settled_before_they_are_read_also_by_who_forbids_the_action) {
  check({
      {R"(
rule a_caps
  when refund.amount > 500 ILS
  then forbid refund, instead do call by lead
rule b_gives
  then do refund amount amount)",
       "amount is 600 ILS\nc is yes",
       "fired a_caps, b_gives\ndo call by lead [a_caps]\nforbid refund [a_caps]\n"},
      {R"(
rule a_caps
  when refund.amount > 500 ILS
  then forbid refund
rule b_gives
  when a
  then do refund amount amount)",
       "", "pending a_caps, b_gives\nask a: action:refund\nask amount: action:refund\n"},
  });
}

}  // namespace
}  // namespace heed::testing
