#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/situation.hpp"

/// The smallest change of facts under which a rule would fire, or the escalation would differ.
namespace heed::testing {
namespace {

std::string const policy = R"(
policy tested "Tested"
  zone "Asia/Jerusalem"
fact tier is one of standard < silver < gold
fact channel is one of phone, web, letter
fact price is money
fact delay is duration
fact contacts is whole number, default 1
fact share is number
fact calm is yes or no
fact loyal is yes or no
fact promised_on is time
fact cancelled_on is date
fact tags is set of text
fact message is text
fact plan is one of home, business or none
phrases blame
  en "not my fault"
parameter dear_from is 100 ILS
need psychological respect
need functional speed
score churn from 0 to 100
role agent
role lead above agent
role boss above lead
action refund
action call
  requires loyal
action write
define dear as price * 2 > dear_from
table patience gives duration
  hit first
  tier   | patience
  gold   | 1 hour
  silver | 2 days
  -      | 4 days
rule choice
  when tier is gold
  then do call
rule amount
  when price >= dear_from and calm
  then do call
rule doubled
  when dear
  then do call
rule through_table
  when delay > patience
  then do call
rule hurt
  when not calm
  then respect is violated, severity 4
       add 30 to churn
rule slow
  when delay >= 3 days
  then speed is violated
       add 40 to churn
rule through_needs
  when respect is violated and speed is violated
  then do refund
rule through_score
  when churn >= 60
  then do refund
rule through_action
  when refund is advised and call is advised
  then do write
rule ago
  when now - promised_on > 2 days
  then do call
rule in_days
  when days from cancelled_on to today <= 15
  then do call
rule words
  when message mentions blame
  then do call
rule tagged
  when tags contains "urgent" and not (tags contains "spam")
  then do call
rule without_plan
  when plan is none
  then do call
rule unknown_one
  when tier is unknown and contacts > 3
  then do call
rule impossible
  when price > 5 ILS and price < 3 ILS
  then do call
rule old
  until 2020-01-01
  when calm
  then do call
rule two_ways
  when (tier is gold and channel is web) or contacts >= 10
  then do call
rule lead_takes_over
  when respect is violated
  then escalate to lead within 4 hours
rule boss_takes_over
  when respect is violated and contacts >= 3
  then escalate to boss within 1 day
)";

std::string text_of(Shown const& value) {
  if (auto const* truth = std::get_if<bool>(&value.form)) return *truth ? "yes" : "no";
  if (auto const* number = std::get_if<Shown::Decimal>(&value.form)) return number->text;
  if (auto const* money = std::get_if<Shown::Amount>(&value.form)) return money->amount;
  if (auto const* text = std::get_if<std::string>(&value.form)) return *text;
  auto const* items = std::get_if<std::vector<Shown>>(&value.form);
  std::string text = items == nullptr ? "null" : "{";
  for (auto const& item : items == nullptr ? std::vector<Shown>{} : *items)
    text += (text == "{" ? "" : " ") + text_of(item);
  return items == nullptr ? text : text + "}";
}

/// `tier: silver to gold, calm: ? to yes`.
std::string describe(NearestMiss const& miss) {
  std::string text;
  for (auto const& change : miss.changes) {
    text += (text.empty() ? "" : ", ") + change.fact + ": ";
    text += (change.was_known ? text_of(change.before) : "?") + " to ";
    text += change.is_known ? text_of(change.after) : "?";
  }
  if (text.empty()) text = "nothing";
  return miss.is_complete ? text : text + " (stopped)";
}

std::string nearest(std::string_view rule, std::string const& given,
                    SearchLimits const& limits = {}) {
  auto const situation = make_situation(policy, given);
  if (!situation.rules) return "no policy";
  return describe(find_nearest_miss(*situation.rules, situation.subject, situation.now,
                                    rule_named(*situation.rules, rule), limits));
}

struct Row {
  std::string_view rule;
  std::string given, expected;
};

TEST(NearestMiss, is_the_smallest_change_of_facts_that_makes_the_rule_fire) {
  std::string const dated = "now is 2026-11-22T10:00+02:00\n";
  for (auto const& row : std::initializer_list<Row>{
           {"choice", "tier is silver", "tier: silver to gold"},
           {"choice", "", "tier: ? to gold"},
           {"choice", "tier is gold", "nothing"},
           {"amount", "price is 60 ILS\ncalm is yes", "price: 60.00 to 100.00"},
           {"amount", "price is 60 ILS\ncalm is no", "calm: no to yes, price: 60.00 to 100.00"},
           {"doubled", "price is 30 ILS", "price: 30.00 to 50.01"},
           {"doubled", "", "nothing"},
           {"through_table", "tier is silver\ndelay is 2 hours", "tier: silver to gold"},
           {"through_table", "tier is silver\ndelay is 47 hours", "delay: P1DT23H to P2DT1M"},
           {"through_table", "tier is silver", "delay: ? to P2DT1M"},
           {"through_needs", "calm is no\ndelay is 2 days", "delay: P2D to P3D"},
           {"through_needs", "", "calm: ? to no, delay: ? to P3D"},
           {"through_score", "calm is yes\ndelay is 4 days", "calm: yes to no"},
           {"through_action", "calm is no\ndelay is 3 days\nloyal is no\ntier is gold",
            "loyal: no to yes"},
           {"ago", dated + "promised_on is 2026-11-21T10:00+02:00",
            "promised_on: 2026-11-21T10:00:00+02:00 to 2026-11-20T09:59:00+02:00"},
           {"ago", dated, "promised_on: ? to 2026-11-20T09:59:00+02:00"},
           {"in_days", dated + "cancelled_on is 2026-11-01",
            "cancelled_on: 2026-11-01 to 2026-11-07"},
           {"words", "message is \"hello\"", "message: hello to hello not my fault"},
           {"tagged", "tags is \"spam\"", "tags: {spam} to {urgent}"},
           {"without_plan", "plan is home", "plan: home to null"},
           {"unknown_one", "tier is gold\ncontacts is 2", "contacts: 2 to 4, tier: gold to ?"},
           {"impossible", "price is 9 ILS", "nothing"},
           {"old", "calm is no", "nothing"},
           {"two_ways", "tier is silver\nchannel is web\ncontacts is 9", "contacts: 9 to 10"},
           {"two_ways", "tier is gold\nchannel is phone\ncontacts is 1", "contacts: 1 to 10"},
       })
    EXPECT_EQ(nearest(row.rule, row.given), row.expected) << row.rule;
}

TEST(NearestMiss, says_that_it_stopped_at_its_limit) {
  SearchLimits limits;
  limits.tries_max = 4;
  EXPECT_EQ(nearest("through_needs", "calm is yes\ndelay is 1 day", limits), "nothing (stopped)");
}

TEST(NearestMiss, takes_fewer_tries_where_each_takes_longer) {
  SearchLimits limits;
  limits.effort_max = 30;  // rules settled: hardly any
  auto const situation = make_situation(policy, "calm is yes\ndelay is 1 day");
  ASSERT_TRUE(situation.rules);
  auto explanation = explain(*situation.rules, situation.subject, situation.now);
  add_nearest(explanation, *situation.rules, situation.subject, situation.now, {}, limits);
  std::size_t searched = 0, left = 0;
  for (auto const& rule : explanation.rules) {
    if (!rule.nearest) continue;
    ++(rule.nearest->tries > 0 ? searched : left);
    EXPECT_LE(rule.nearest->tries, 25U) << rule.rule;
  }
  EXPECT_GT(searched, 0U);
  EXPECT_GT(left, 0U);
  EXPECT_NE(to_words(explanation, Language::english).find("the search is at its limit"),
            std::string::npos);
}

TEST(NearestMiss, is_the_same_every_time) {
  auto const situation = make_situation(policy, "calm is yes\ndelay is 1 day\ntier is silver");
  ASSERT_TRUE(situation.rules);
  auto explanation = explain(*situation.rules, situation.subject, situation.now);
  auto again = explanation;
  add_nearest(explanation, *situation.rules, situation.subject, situation.now);
  add_nearest(again, *situation.rules, situation.subject, situation.now);
  EXPECT_EQ(to_words(explanation, Language::english), to_words(again, Language::english));
  auto const words = to_words(explanation, Language::english);
  EXPECT_NE(words.find("would fire with tier: gold (instead of silver)"), std::string::npos)
      << words;
  EXPECT_NE(words.find("WHAT WOULD CHANGE WHO TAKES OVER\n  calm: no (instead of yes)\n    then: "
                       "lead, by 2026-01-01 13:00"),
            std::string::npos)
      << words;
}

TEST(NearestMiss, looks_at_one_rule_alone_where_it_is_told_to) {
  auto const situation = make_situation(policy, "tier is silver");
  ASSERT_TRUE(situation.rules);
  auto explanation = explain(*situation.rules, situation.subject, situation.now);
  add_nearest(explanation, *situation.rules, situation.subject, situation.now, "choice");
  EXPECT_FALSE(explanation.escalation);
  for (auto const& rule : explanation.rules)
    EXPECT_EQ(rule.nearest.has_value(), rule.rule == "choice") << rule.rule;
  auto const words = to_words(explanation, Language::english, "choice");
  EXPECT_NE(words.find("nearest miss: it would fire with tier: gold (instead of silver)\n"),
            std::string::npos)
      << words;
}

TEST(NearestEscalation, is_the_smallest_change_of_who_and_when) {
  for (auto const& [given, expected] : std::initializer_list<std::pair<std::string, std::string>>{
           {"calm is no\ncontacts is 2", "contacts: 2 to 3"},
           {"calm is no\ncontacts is 3", "contacts: 3 to 2"},
           {"calm is yes", "calm: yes to no"},
           {"", "calm: ? to no"}}) {
    auto const situation = make_situation(policy, given);
    ASSERT_TRUE(situation.rules);
    auto const miss = find_nearest_escalation(*situation.rules, situation.subject, situation.now);
    EXPECT_EQ(describe(miss.change), expected) << given;
    EXPECT_FALSE(miss.then.empty());
  }
}

}  // namespace
}  // namespace heed::testing
