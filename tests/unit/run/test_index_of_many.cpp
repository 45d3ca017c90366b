#include <gtest/gtest.h>

#include <string>

#include "engine/compile/index.hpp"
#include "engine/run/evaluator.hpp"
#include "tests/unit/run/probe.hpp"

/// An index of so many rules that classes share rows: it comes to what asking each rule comes to.
namespace heed::testing {
namespace {

constexpr int rule_count = 1'500;

constexpr std::string_view vocabulary = R"(
policy large "Large"
need functional n "N"
fact price is money in ILS
fact share is number
fact days is whole number
fact plan is one of home, business, school
fact flag is yes or no
)";

/// Limits of their own for most rules, and each third one with parts joined by `or`.
std::string policy_text() {
  std::string text{vocabulary};
  for (int nth = 0; nth < rule_count; ++nth) {
    auto const number = std::to_string(nth * 7 % rule_count);
    auto const other = std::to_string(nth * 11 % rule_count);
    text += "rule r" + std::to_string(nth) + "\n  when ";
    switch (nth % 6) {
      case 0:
        text += "price >= " + number + ".25 ILS and share < 0." + other;
        break;
      case 1:
        text += "(price < " + number + " ILS or days > " + other + ") and flag";
        break;
      case 2:
        text += "share is one of 0." + number + ", " + other + " or plan is school";
        break;
      case 3:
        text += "days >= " + number + " and days <= 1" + other + " and plan is not home";
        break;
      case 4:
        text += "(days is " + number + " or price > " + other + " ILS) and (flag or share > 0." +
                other + ")";
        break;
      default:
        text += "price is not " + number + " ILS and share > price_share and days < " + other;
    }
    text += "\n  then n is violated\n";
  }
  return text + "define price_share as 0.5\n";
}

/// Known, unknown, or `all` of the numbers that stand near constants.
void expect_same(RuleSet const& rules, RuleSet const& asked, Case const& subject) {
  Evaluator with{rules}, without{asked};
  Instant const now{};
  auto const one = with.evaluate(subject, now);
  auto const other = without.evaluate(subject, now);
  ASSERT_EQ(one.status.size(), other.status.size());
  for (std::size_t at = 0; at < one.status.size(); ++at)
    ASSERT_EQ(one.status[at], other.status[at]) << rules.policy.rules[at].name;
}

TEST(IndexOfMany, comes_to_what_asking_comes_to_where_classes_share_rows) {
  auto const rules = load_text(policy_text());
  ASSERT_TRUE(rules);
  auto const& index = *rules->index;
  EXPECT_GT(index.words, row_words_short);
  EXPECT_FALSE(index.possible.except.empty());
  EXPECT_FALSE(index.holding.except.empty());
  auto const asked = compile(rules->policy, rules->revision, Indexing::off);
  auto const fact = [&](std::string_view name) {
    for (std::size_t at = 0; at < rules->policy.facts.size(); ++at)
      if (rules->policy.facts[at].name == name) return at;
    return rules->policy.facts.size();
  };
  auto const ils = *find_currency("ILS");
  for (std::int64_t nth = 0; nth < 120; ++nth) {
    auto subject = make_case(*rules);
    auto const whole = nth * 13 % 1'600 - 20;
    if (nth % 5 != 0)
      subject.facts[fact("price")] = Money{*Number::make(whole * 4 + nth % 5, 4), ils};
    if (nth % 7 != 0)
      subject.facts[fact("share")] = *Number::make(nth * 17, nth % 2 == 0 ? 1'000 : 999);
    if (nth % 3 != 0) subject.facts[fact("days")] = Number{whole};
    if (nth % 4 != 0) subject.facts[fact("plan")] = Chosen{static_cast<std::uint32_t>(nth % 3)};
    if (nth % 6 != 0) subject.facts[fact("flag")] = nth % 2 == 0;
    expect_same(*rules, *asked, subject);
  }
}

/// Classes as comparing with all values finds them.
std::uint32_t count_class(IndexedFact const& fact, Value const& value) {
  std::uint32_t number = 0;
  for (auto const& one : fact.values) {
    if (one == value) return number + 1;
    if (comes_before(one, value)) number += 2;
  }
  return number;
}

/// The same through the index's lookups.
std::uint32_t look_up(IndexedFact const& fact, Value const* value) {
  std::vector<IndexedFact> const facts{fact};
  Value const* const values[] = {value};
  std::uint32_t found[] = {0};
  auto const are_all_known = find_classes(make_lookups(facts), facts, values, {}, found);
  EXPECT_EQ(are_all_known, value != nullptr);
  return found[0];
}

void expect_found(IndexedFact const& fact, Value const& value) {
  EXPECT_EQ(class_of(fact, value), count_class(fact, value));
  EXPECT_EQ(look_up(fact, &value), count_class(fact, value));
}

TEST(Classes, are_found_the_same_by_whole_numbers_and_by_comparing) {
  auto const number = [](std::int64_t top, std::int64_t bottom) {
    return Value{*Number::make(top, bottom)};
  };
  std::vector<Value> const tried[] = {
      {number(3, 1), number(7, 1), number(-2, 1)},
      {number(1, 2), number(3, 100), number(41, 5), number(-7, 4)},
      {number(1, 1), number(1'000'000, 1), number(5'000'000'000, 1)},
      {number(1, 3), number(1, 7), number(2, 1)},
      {number(1, 1'000'003), number(2, 1)},
      {number(999'999'999'999'999'999, 1), number(-999'999'999'999'999'999, 1)}};
  for (auto const& values : tried) {
    auto const fact = make_indexed(FactId{0}, {}, true, values);
    for (std::int64_t top = -30; top <= 30; ++top)
      for (std::int64_t const bottom : {1, 2, 3, 4, 7, 100, 1'000'003})
        expect_found(fact, number(top, bottom));
    for (auto const& value : values) {
      expect_found(fact, value);
      for (auto const& by : {number(1, 1'000), number(-1, 1'000)}) {
        auto const near = add(std::get<Number>(value), std::get<Number>(by));
        if (near) expect_found(fact, *near);
      }
    }
    EXPECT_EQ(look_up(fact, nullptr), unknown_class);
    Value const none{None{}};
    EXPECT_EQ(look_up(fact, &none), fact.classes - 1);
  }
}

TEST(Classes, of_whole_numbers_at_the_end_of_what_there_is) {
  constexpr std::int64_t scale = 1 << 19, least = -(std::int64_t{1} << 44);
  auto const fact = make_indexed(FactId{0}, {}, true,
                                 {Value{*Number::make(1, scale)}, Value{*Number::make(least, 1)}});
  for (auto const whole : {least - 1, least, least + 1, std::int64_t{0}, std::int64_t{1}, -least})
    expect_found(fact, Value{*Number::make(whole, 1)});
}

}  // namespace
}  // namespace heed::testing
