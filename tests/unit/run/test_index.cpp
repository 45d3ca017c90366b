#include <gtest/gtest.h>

#include <algorithm>

#include "engine/compile/index.hpp"
#include "tests/unit/run/probe.hpp"

/// Rules looked up by what is known: which parts of conditions are indexed, and that they come to
/// what asking each rule comes to, for values below, at, between and above all constants.
namespace heed::testing {
namespace {

constexpr std::string_view vocabulary = R"(
policy tested "Tested"
  zone "Asia/Jerusalem"
need functional n "N"
fact whole is whole number
fact share is number or none
fact price is money in ILS
fact day is date
fact moment is time
fact flag is yes or no
fact tier is one of standard < silver < gold
fact plan is one of home, business or none
fact words is text
phrases thanks
  en "thank you"
define cheap as price < 10 ILS
define cheap_and_whole as cheap and whole > 3
)";

/// Conditions of one fact against constants.
constexpr std::string_view conditions[] = {"whole > 3",
                                           "whole >= 3",
                                           "whole < 3",
                                           "whole <= 3",
                                           "whole is 3",
                                           "whole is not 3",
                                           "3 < whole",
                                           "3 >= whole",
                                           "whole is one of 1, 3, 7",
                                           "not whole is one of 1, 3",
                                           "whole > 3 and whole < 7",
                                           "whole < 3 or whole > 7",
                                           "share >= 0.5",
                                           "share < 0.5",
                                           "share is none",
                                           "share is not none",
                                           "share is 0.5",
                                           "share is not 0.5",
                                           "price > 10 ILS",
                                           "price >= 10 ILS",
                                           "price is 10 ILS",
                                           "cheap",
                                           "not cheap",
                                           "day < 2026-11-22",
                                           "day >= 2026-11-22",
                                           "moment > 2026-11-22T10:00",
                                           "moment is 2026-11-22T10:00",
                                           "flag",
                                           "not flag",
                                           "flag is no",
                                           "tier is silver",
                                           "tier >= silver",
                                           "tier < silver",
                                           "tier is not gold",
                                           "tier is one of standard, gold",
                                           "plan is home",
                                           "plan is not home",
                                           "plan is none",
                                           "words is \"a b\"",
                                           "words is not \"a b\"",
                                           "words mentions thanks",
                                           "not words mentions thanks"};

/// Values on both sides of every constant above.
constexpr std::string_view values[] = {"",
                                       "whole is 0",
                                       "whole is 1",
                                       "whole is 2",
                                       "whole is 3",
                                       "whole is 4",
                                       "whole is 7",
                                       "whole is 8",
                                       "share is 0",
                                       "share is 0.5",
                                       "share is 0.75",
                                       "share is none",
                                       "price is 9.99 ILS",
                                       "price is 10 ILS",
                                       "price is 10.01 ILS",
                                       "day is 2026-11-21",
                                       "day is 2026-11-22",
                                       "day is 2026-11-23",
                                       "moment is 2026-11-22T09:59",
                                       "moment is 2026-11-22T10:00",
                                       "moment is 2026-11-22T10:01",
                                       "flag is yes",
                                       "flag is no",
                                       "tier is standard",
                                       "tier is silver",
                                       "tier is gold",
                                       "plan is home",
                                       "plan is business",
                                       "plan is none",
                                       "words is \"a\"",
                                       "words is \"a b\"",
                                       "words is \"c\"",
                                       "words is \"thank you\""};

std::string policy_of(std::string_view condition) {
  return std::string{vocabulary} + "rule r\n  when " + std::string{condition} +
         "\n  then n is violated\n";
}

/// Each value as a test of the policy.
std::string cases() {
  std::string text;
  for (auto const value : values) {
    auto name = value.empty() ? std::string{"nothing"} : std::string{value};
    std::erase(name, '"');
    text += "\ntest \"" + name + "\"\n";
    if (!value.empty()) text += "  given " + std::string{value} + "\n";
    text += "  expect now is now\n";
  }
  return text;
}

/// How many parts of the only rule's condition are not indexed.
std::size_t count_rest(std::string_view condition) {
  return load_text(policy_of(condition))->index->rest.size();
}

Instant const now = *Zone::utc().parse("2026-11-22T10:00:00+02:00");

TEST(Index, comes_to_what_asking_the_rule_comes_to) {
  for (auto const condition : conditions) {
    auto const rules = load_text(policy_of(condition) + cases());
    ASSERT_TRUE(rules);
    EXPECT_TRUE(rules->index->rest.empty()) << condition;
    auto const asked = compile(rules->policy, rules->revision, Indexing::off);
    ASSERT_EQ(rules->policy.tests.size(), std::size(values));
    for (auto const& test : rules->policy.tests) {
      auto subject = make_case(*rules);
      for (auto const& [fact, value] : test.facts) subject.facts[index(fact)] = value;
      EXPECT_EQ(describe(decide(*rules, subject, now)), describe(decide(*asked, subject, now)))
          << condition << " | " << test.name;
    }
  }
}

TEST(Index, comes_to_what_asking_comes_to_where_parts_of_several_facts_are_joined_by_or) {
  for (auto const condition : conditions) {
    auto const either = "(" + std::string{condition} + ") or plan is business";
    auto const rules = load_text(policy_of(either) + cases());
    ASSERT_TRUE(rules);
    EXPECT_TRUE(rules->index->rest.empty()) << either;
    auto const asked = compile(rules->policy, rules->revision, Indexing::off);
    auto const plan = std::ranges::find(rules->policy.facts, "plan", &Fact::name);
    ASSERT_NE(plan, rules->policy.facts.end());
    auto const other = static_cast<std::size_t>(plan - rules->policy.facts.begin());
    for (auto const& test : rules->policy.tests) {
      for (auto const& given : {std::optional<Value>{}, std::optional<Value>{None{}},
                                std::optional<Value>{Chosen{0}}, std::optional<Value>{Chosen{1}}}) {
        auto subject = make_case(*rules);
        subject.facts[other] = given;
        for (auto const& [fact, value] : test.facts) subject.facts[index(fact)] = value;
        EXPECT_EQ(describe(decide(*rules, subject, now)), describe(decide(*asked, subject, now)))
            << either << " | " << test.name;
      }
    }
  }
}

TEST(Index, takes_apart_what_must_all_hold_and_leaves_the_rest) {
  EXPECT_EQ(count_rest("whole > 3 and tier is gold and flag"), 0u);
  EXPECT_EQ(count_rest("cheap_and_whole and flag"), 0u);
  EXPECT_EQ(count_rest("whole > 3 and (tier is gold or flag)"), 0u);
  EXPECT_EQ(count_rest("tier is gold or flag or whole > share"), 1u);
  EXPECT_EQ(count_rest("tier is gold or plan is known"), 1u);
  EXPECT_EQ(count_rest("whole > share"), 1u);
  EXPECT_EQ(count_rest("whole is known"), 1u);
  EXPECT_EQ(count_rest("possibly flag"), 1u);
}

}  // namespace
}  // namespace heed::testing
