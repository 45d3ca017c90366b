#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>

#include "tests/unit/author/desk.hpp"

namespace heed::author {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> offered(std::string text) {
  auto const desk = read_desk({std::move(text), shop()});
  return labels(complete(desk.manuscript, desk.cursor));
}

struct Case {
  std::string_view text;
  std::string_view offered, not_offered;
};

void expect_all(std::span<Case const> cases) {
  for (auto const& [text, wanted, unwanted] : cases) {
    auto const found = offered(std::string{text});
    EXPECT_THAT(found, AllOf(Contains(std::string{wanted}), Not(Contains(std::string{unwanted}))))
        << text;
  }
}

TEST(Completion, knows_the_place_in_a_rule) {
  constexpr Case cases[] = {
      {"^", "rule", "when"},
      {"^", "term", "when"},
      {"term ^", "gold", "customer.tier"},
      {"term gold en \"gold\" he \"זהב\"\nterm ^", "silver", "gold"},
      {"ru^", "rule", "refund"},
      {"rule r\n  ^", "when", "rule"},
      {"rule r\n  ^", "overrides", "do"},
      {"rule r\n  when ^", "customer.tier", "gold"},
      {"rule r\n  when cust^", "customer.tier", "team_lead"},
      {"rule r\n  when customer.tier ^", "is at least", "refund"},
      {"rule r\n  when customer.tier is ^", "gold", "haifa"},
      {"rule r\n  when customer.tier is not ^", "gold", "haifa"},
      {"rule r\n  when customer.tier is one of gold, ^", "silver", "haifa"},
      {"rule r\n  when customer.tier >= ^", "silver", "haifa"},
      {"rule r\n  when customer.city is ^", "tel aviv", "gold"},
      {"rule r\n  when case.apology_given is ^", "yes", "gold"},
      {"rule r\n  when respect is ^", "violated", "gold"},
      {"rule r\n  when respect is at least ^", "threatened", "gold"},
      {"rule r\n  when refund is ^", "advised", "gold"},
      {"rule r\n  when agent.message mentions ^", "blame", "respect"},
      {"rule r\n  when severity of ^", "respect", "refund"},
      {"rule r\n  when any item in ^", "order.items", "case.tags"},
      {"rule r\n  when any item in order.items has (^", "price", "then"},
      {"rule r\n  when any item in order.items has (state is ^", "lost", "gold"},
      {"rule r\n  when count of contact in last 7 days where (channel is ^", "web", "gold"},
      {"rule r\n  when late\n   and ^", "case.delay", "gold"},
      {"rule r\n  when late\n  ^", "then", "do"},
      {"rule r\n  when late\n  then ^", "do", "when"},
      {"rule r\n  when late\n  then do ^", "refund", "respect"},
      {"rule r\n  then do refund ^", "amount", "sku"},
      {"rule r\n  then do refund ^", "by", "sku"},
      {"rule r\n  then do refund channel ^", "cash", "gold"},
      {"rule r\n  then do refund channel cash ^", "amount", "channel"},
      {"rule r\n  then do refund by ^", "team_lead", "refund"},
      {"rule r\n  then do refund\n  ^", "say", "when"},
      {"rule r\n  then escalate to ^", "team_lead", "respect"},
      {"rule r\n  then escalate to agent,\n    then to ^", "team_lead", "respect"},
      {"rule r\n  then say ^", "sorry", "refund"},
      {"rule r\n  then ask ^", "customer.tier", "respect"},
      {"rule r\n  then set ^", "ticket.priority", "customer.tier"},
      {"rule r\n  then set ticket.priority to ^", "high", "gold"},
      {"rule r\n  then add 5 to ^", "churn_risk", "refund"},
      {"rule r\n  then record ^", "contact", "refund"},
      {"rule r\n  then record contact channel ^", "phone", "gold"},
      {"rule r\n  then check en \"x\" before ^", "close", "refund"},
      {"rule r\n  then offer one of refund, ^", "apologise", "respect"},
      {"rule r\n  then forbid refund, instead do ^", "apologise", "respect"},
      {"rule r\n  overrides ^\n  then do refund\nrule s\n  then do refund\n", "s", "refund"},
  };
  expect_all(cases);
}

TEST(Completion, knows_the_place_in_other_declarations) {
  constexpr Case cases[] = {
      {"fact x is ^", "one of", "refund"},
      {"fact x is set of ^", "text", "refund"},
      {"fact x is one of a, b\n  ^", "ask", "weight"},
      {"need ^", "psychological", "refund"},
      {"need functional x\n  ^", "weight", "ask"},
      {"role x above ^", "agent", "refund"},
      {"action x\n  phase ^", "respond", "refund"},
      {"action x\n  ^", "takes", "ask"},
      {"table t gives money\n  customer.tier | t\n  ^", "gold", "haifa"},
      {"table t gives money\n  case.delay | customer.city | t\n  3 days | ^", "haifa", "gold"},
      {"test \"t\"\n  given ^", "customer.tier", "refund"},
      {"test \"t\"\n  given customer.tier is ^", "silver", "haifa"},
      {"test \"t\"\n  given customer.tier is silver\n  ^", "expect", "do"},
      {"test \"t\"\n  given customer.tier is silver\n  expect ^", "no escalation", "given"},
      {"test \"t\"\n  given customer.tier is silver\n  expect do ^", "refund", "respect"},
      {"script s\n  en \"Dear {cust^\"", "customer.name", "refund"},
      {"script s\n  en \"Dear {^", "customer.name", "refund"},
      {"calendar x\n  open ^", "sunday", "refund"},
      {"rule r\n  then do refund within 4 working hours in ^\ncalendar office\n  zone \"UTC\"\n",
       "office", "refund"},
      {"authority refund.amount\n  ^", "team_lead", "refund"},
      {"rule r\n  when כ^", "כבוד", "gold"},
  };
  expect_all(cases);
}

TEST(Completion, is_silent_where_the_author_is_free) {
  for (std::string const text :
       {"# a comm^ent\n", "rule r\n  because en \"it is ^\"\n", "rule ^", "fact n^"})
    EXPECT_THAT(offered(text), IsEmpty()) << text;
}

TEST(Completion, replaces_the_whole_dotted_word) {
  auto const desk = read_desk({"rule r\n  when customer.ti^", shop()});
  auto const found = complete(desk.manuscript, desk.cursor);
  EXPECT_EQ(text_at(desk.manuscript, {FileId{0}, found.replaced}), "customer.ti");
}

TEST(Completion, quotes_a_value_that_is_no_word) {
  auto const desk = read_desk({"rule r\n  when customer.city is ^", shop()});
  auto const found = complete(desk.manuscript, desk.cursor);
  std::vector<std::string> texts;
  for (auto const& suggestion : found.suggestions) texts.push_back(suggestion.text);
  EXPECT_THAT(texts, Contains("\"tel aviv\""));
}

TEST(Completion, values_come_before_names) {
  EXPECT_EQ(offered("rule r\n  when customer.tier is ^").front(), "standard");
}

}  // namespace
}  // namespace heed::author
