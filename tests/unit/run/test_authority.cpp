#include <gtest/gtest.h>

#include "tests/unit/run/probe.hpp"

/// Part 3.8 of the language: who may give how much; and several lines of roles.
namespace heed::testing {
namespace {

constexpr std::string_view vocabulary = R"(
policy tested "Tested"
  languages en, he
  zone "Asia/Jerusalem"
fact a is yes or no
fact b is yes or no
fact amount is money
role agent
  title en "Service agent"  he "נציגות שירות"
role team_lead above agent
role manager above team_lead
  title en "Manager"  he "הנהלה"
role legal
role counsel above legal
parameter lead_limit is 1000 ILS
action refund
  takes amount is money, largest
action credit
  takes amount is money, sum
  takes days is whole number, largest
authority refund.amount
  agent     up to 200 ILS
  agent     up to 700 ILS when a
  team_lead up to lead_limit
  manager   unlimited
authority credit.amount
  agent   up to 100 ILS
  manager up to 500 ILS
  legal   up to 900 ILS when b
  counsel up to 2000 ILS
authority credit.days
  agent   up to 2
  counsel up to 5
)";

struct Row {
  std::string_view what, given, decision;
};

void check(std::initializer_list<Row> rows) {
  for (auto const& row : rows) {
    SCOPED_TRACE(std::string{row.what} + " | " + std::string{row.given});
    auto const policy =
        std::string{vocabulary} + "rule one\n  then " + std::string{row.what} + "\n";
    EXPECT_EQ(describe(decide_text(policy, row.given)), "fired one\n" + std::string{row.decision});
  }
}

TEST(Authority, names_the_lowest_role_that_may_above_the_one_who_does_it) {
  check({
      {"do refund amount 200 ILS", "", "do refund (amount 200.00 ILS) by agent [one]\n"},
      {"do refund amount 201 ILS", "a is no",
       "do refund (amount 201.00 ILS) by agent approval team_lead 1000.00 ILS [one]\n"},
      {"do refund amount 1001 ILS", "",
       "do refund (amount 1001.00 ILS) by agent approval manager unlimited [one]\n"},
      {"do refund amount 1001 ILS by team_lead", "",
       "do refund (amount 1001.00 ILS) by team_lead approval manager unlimited [one]\n"},
      {"do refund amount 1001 ILS by manager", "",
       "do refund (amount 1001.00 ILS) by manager [one]\n"},
  });
}

TEST(Authority, counts_a_limit_only_where_its_condition_surely_holds_and_asks_for_the_rest) {
  check({
      {"do refund amount 500 ILS", "a is yes", "do refund (amount 500.00 ILS) by agent [one]\n"},
      {"do refund amount 500 ILS", "",
       "do refund (amount 500.00 ILS) by agent approval team_lead 1000.00 ILS [one]\n"
       "ask a: action:refund\n"},
      {"do refund amount 800 ILS", "",
       "do refund (amount 800.00 ILS) by agent approval team_lead 1000.00 ILS [one]\n"},
      {"do refund amount amount", "",
       "do refund (amount null) by agent [one]\nask amount: action:refund\n"},
  });
}

TEST(Authority, goes_to_another_line_where_nobody_above_may) {
  check({
      {"do credit amount 600 ILS", "b is no",
       "do credit (amount 600.00 ILS) by agent approval counsel 2000 ILS [one]\n"},
      {"do credit amount 600 ILS", "b is yes",
       "do credit (amount 600.00 ILS) by agent approval legal 900 ILS [one]\n"},
      {"do credit amount 600 ILS", "",
       "do credit (amount 600.00 ILS) by agent approval counsel 2000 ILS [one]\n"
       "ask b: action:credit\n"},
      {"do credit amount 150 ILS by team_lead", "",
       "do credit (amount 150.00 ILS) by team_lead approval manager 500 ILS [one]\n"},
      {"do credit amount 5 ILS by legal", "b is no",
       "do credit (amount 5.00 ILS) by legal approval counsel 2000 ILS [one]\n"},
      {"do credit amount 0 ILS by team_lead", "",
       "do credit (amount 0.00 ILS) by team_lead [one]\n"},
  });
}

TEST(Authority, needs_one_role_for_all_that_an_item_gives_and_warns_where_there_is_none) {
  check({
      {"do credit amount 300 ILS days 4", "b is no",
       "do credit (amount 300.00 ILS, days 4) by agent approval counsel 2000 ILS [one]\n"},
      {"do credit amount 50 ILS days 4", "b is no",
       "do credit (amount 50.00 ILS, days 4) by agent approval counsel 5 [one]\n"},
      {"do credit amount 3000 ILS", "",
       "do credit (amount 3000.00 ILS) by agent [one]\nwarn authority.nobody []\n"},
      {"do credit amount 50 USD", "b is no",
       "do credit (amount 50.00 USD) by agent [one]\nwarn authority.nobody []\n"},
  });
}

TEST(Authority, is_told_with_its_reason) {
  auto const policy = std::string{vocabulary} + "rule one\n  then do refund amount 1001 ILS\n";
  auto const rules = load_text(policy);
  auto const decision = decide_text(policy, "");
  EXPECT_NE(to_words(decision, Language::english, rules.get())
                .find("needs approval: Manager (without limit), for it is more than may be given "
                      "by: Service agent\n"),
            std::string::npos)
      << to_words(decision, Language::english, rules.get());
  EXPECT_NE(to_words(decision, Language::hebrew, rules.get()).find("נדרש אישור: הנהלה"),
            std::string::npos);
}

TEST(Lines, of_roles_escalate_beside_each_other) {
  check({
      {R"(escalate to team_lead within 2 hours, then to manager after 1 hour
       escalate to legal within 1 day
       escalate to counsel
       do refund amount 5 ILS by counsel
       do refund amount 6 ILS by team_lead)",
       "a is no",
       "do refund (amount 6.00 ILS) by counsel approval agent 200 ILS [one]\n"
       "escalate to counsel due 2026-11-23 10:00 could be counsel [one]\n"
       "escalate to team_lead due 12:00 then manager due 13:00 could be team_lead [one]\n"},
  });
}

}  // namespace
}  // namespace heed::testing
