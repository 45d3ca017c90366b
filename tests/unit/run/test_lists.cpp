#include <gtest/gtest.h>

#include "tests/unit/run/probe.hpp"

/// What is asked of lists, with items and fields that are unknown.
namespace heed::testing {
namespace {

constexpr std::string_view vocabulary = R"(
policy tested "Tested"
  zone "Asia/Jerusalem"
need functional n "N"
role agent
fact gold is yes or no
fact limit is money
fact items is list of
  sku is text
  price is money in ILS
  cost is money
  sent is yes or no
  weight is number or none
  due is time
fact items.parts is list of
  name is text
  broken is yes or no
fact codes is list of text
action call
  takes sku is text
action pay
  takes amount is money, largest
)";

struct Row {
  std::string_view given, condition, status;
};

void check(std::initializer_list<Row> rows) {
  for (auto const& row : rows) {
    SCOPED_TRACE(std::string{row.condition} + " | " + std::string{row.given});
    auto const policy = std::string{vocabulary} + "rule r\n  when " + std::string{row.condition} +
                        "\n  then n is violated\n";
    EXPECT_EQ(status_of(decide_text(policy, row.given), "r"), row.status);
  }
}

std::string decided(std::string_view rules, std::string_view given) {
  return describe(decide_text(std::string{vocabulary} + std::string{rules}, given));
}

TEST(Lists, any_is_an_or_over_the_items_and_every_an_and) {
  check({
      {"", "any item in items has (sent)", "pending"},
      {"items is none", "any item in items has (sent)", "silent"},
      {"items is none", "every item in items has (sent)", "fired"},
      {"items: sent yes\nitems: sent no", "any item in items has (sent)", "fired"},
      {"items: sent yes\nitems: sent no", "every item in items has (sent)", "silent"},
      {"items: sku \"a\"\nitems: sent no", "any item in items has (sent)", "pending"},
      {"items: sku \"a\"\nitems: sent yes", "any item in items has (sent)", "fired"},
      {"items: sku \"a\"\nitems: sent yes", "every item in items has (sent)", "pending"},
      {"items: sku \"a\"\nitems: sent no", "every item in items has (sent)", "silent"},
      {"codes is \"a\", \"b\"", "any code in codes has (code is \"b\")", "fired"},
      {"codes is \"a\", \"b\"", "every code in codes has (code is \"b\")", "silent"},
  });
}

TEST(Lists, a_bare_name_is_first_the_innermost_item_s_field) {
  check({
      {"items: sku \"a\", sent yes\nitems.parts: name \"a\", broken yes",
       "any item in items has (any part in parts has (name is sku and broken))", "fired"},
      {"items: sku \"a\"\nitems.parts: name \"b\"",
       "any item in items has (any part in item.parts has (part.name is item.sku))", "silent"},
      {"items: sku \"a\"", "any item in items has (any part in parts has (broken))", "pending"},
      {"items: price 5 ILS\nitems: price 7 ILS\nlimit is 6 ILS",
       "any item in items has (price > limit and price > 6 ILS)", "fired"},
      {"items: sku \"a\"\nitems: sku \"b\"",
       "any one in items has (any other in items has (one.sku is \"a\" and other.sku is \"b\"))",
       "fired"},
  });
}

TEST(Lists, a_count_lies_between_what_surely_counts_and_what_possibly_does) {
  constexpr auto three = "items: sent yes\nitems: sent no\nitems: sku \"a\"";
  check({
      {three, "count of items is 3", "fired"},
      {three, "count of items where (sent) >= 1", "fired"},
      {three, "count of items where (sent) >= 2", "pending"},
      {three, "count of items where (sent) >= 3", "silent"},
      {three, "count of items where (sent) is one of 1, 2", "fired"},
      {three, "count of items where (sent) is known", "silent"},
      {"items is none", "count of items where (sent) is 0", "fired"},
      {"", "count of items >= 0", "pending"},
      {"codes is \"a\", \"b\", \"a\"", "count of codes where (item is \"a\") is 2", "fired"},
  });
}

TEST(Lists, sum_smallest_and_largest_are_unknown_where_an_item_they_may_take_in_is) {
  constexpr auto open = "items: price 5 ILS\nitems: sku \"a\"";
  constexpr auto unsure = "items: price 5 ILS, sent yes\nitems: price 9 ILS";
  check({
      {"items: price 5 ILS\nitems: price 7 ILS", "sum of price in items is 12 ILS", "fired"},
      {"items: price 5 ILS\nitems: price 7 ILS", "smallest of price in items is 5 ILS", "fired"},
      {"items: price 5 ILS\nitems: price 7 ILS", "largest of (price * 2) in items is 14 ILS",
       "fired"},
      {open, "sum of price in items > 1 ILS", "pending"},
      {open, "sum of price in items where (price is known) is 5 ILS", "fired"},
      {unsure, "sum of price in items where (sent) is 5 ILS", "pending"},
      {unsure, "largest of price in items where (sent) >= 5 ILS", "pending"},
      {unsure, "largest of price in items where (price < 6 ILS) is 5 ILS", "fired"},
      {"", "sum of price in items is 0 ILS", "pending"},
  });
}

TEST(Lists, over_nothing_a_sum_is_zero_and_the_smallest_a_failed_computation) {
  check({
      {"items is none", "sum of price in items is 0 ILS", "fired"},
      {"items is none", "sum of cost in items < 1 USD", "fired"},
      {"items is none", "sum of cost in items + 2 ILS is 2 ILS", "fired"},
      {"items is none", "sum of (now - due) in items is 0 hours", "fired"},
      {"items is none", "smallest of price in items > 0 ILS", "pending"},
  });
  EXPECT_EQ(decided("rule r\n  when smallest of price in items > 0 ILS\n  then n is violated\n",
                    "items is none"),
            "pending r\n"
            "need n: met 0, could be violated 3 []\n"
            "warn computation.smallest-of-nothing [r]\n");
  EXPECT_EQ(decided("rule r\n  then do pay amount (sum of cost in items)\n", "items is none"),
            "fired r\ndo pay (amount 0.00 XXX) by agent [r]\n");
}

TEST(Lists, a_computation_over_items_fails_as_any_other) {
  EXPECT_EQ(decided("rule r\n  when sum of cost in items > 0 ILS\n  then n is violated\n",
                    "items: cost 1 ILS\nitems: cost 1 USD"),
            "pending r\n"
            "need n: met 0, could be violated 3 []\n"
            "warn computation.currencies [r]\n");
  EXPECT_EQ(decided("rule r\n  when sum of weight in items > 0\n  then n is violated\n",
                    "items: weight none"),
            "pending r\n"
            "need n: met 0, could be violated 3 []\n"
            "warn computation.none [r]\n");
}

TEST(Lists, for_each_does_it_once_for_each_item_that_surely_fits) {
  constexpr auto rule =
      "rule r\n  when gold\n  then do call sku sku within 2 hours of due for each "
      "item in items where (not sent)\n";
  EXPECT_EQ(decided(rule,
                    "gold is yes\n"
                    "items: sku \"b\", sent no, due 2026-11-22T12:00+02:00\n"
                    "items: sku \"a\", sent no, due 2026-11-22T10:00+02:00\n"
                    "items: sku \"c\", sent yes"),
            "fired r\n"
            "do call (sku a) by agent due 12:00 [r]\n"
            "do call (sku b) by agent due 14:00 [r]\n");
  EXPECT_EQ(decided(rule, "gold is yes\nitems is none"), "fired r\n");
  EXPECT_EQ(decided(rule, "gold is yes"), "fired r\nask items: action:call\n");
  EXPECT_EQ(decided(rule, "items: sku \"a\", sent no"), "pending r\nask gold: action:call\n");
}

TEST(Lists, for_each_leaves_an_item_that_may_fit_open_and_asks_for_the_list) {
  constexpr auto rules =
      "rule r\n  then do call sku sku for each item in items where (not sent)\n"
      "rule reader\n  when call is advised\n  then n is violated\n";
  EXPECT_EQ(decided(rules, "items: sku \"a\"\nitems: sku \"b\", sent yes"),
            "fired r\n"
            "pending reader\n"
            "need n: met 0, could be violated 3 []\n"
            "ask items: action:call, need:n\n");
  EXPECT_EQ(decided(rules, "items: sku \"b\", sent yes"), "fired r\n");
  EXPECT_EQ(decided(rules, "items: sku \"a\"\nitems: sku \"b\", sent no"),
            "fired r, reader\n"
            "need n: violated 3, could be violated 3 [reader]\n"
            "do call (sku b) by agent [r]\n"
            "ask items: action:call\n");
}

TEST(Lists, for_each_joins_what_joins) {
  EXPECT_EQ(decided("rule r\n  then do pay amount price for each item in items\n",
                    "items: price 5 ILS\nitems: price 9 ILS"),
            "fired r\ndo pay (amount 9.00 ILS) by agent [r]\n");
  EXPECT_EQ(decided("rule r\n  then do pay amount price for each item in items\n",
                    "items: price 5 ILS\nitems: sku \"a\""),
            "fired r\ndo pay (amount null) by agent [r]\nask items: action:pay\n");
}

TEST(Lists, are_explained_by_the_items_that_decide) {
  auto const explained = explain_text(
      std::string{vocabulary} +
          "rule r\n  when any item in items has (price > 6 ILS)\n  then n is violated\n",
      "items: price 5 ILS\nitems: price 7 ILS\nitems: price 8 ILS");
  auto const& reads = explained.rules.at(0).when->reads;
  ASSERT_EQ(reads.size(), 3u);
  EXPECT_EQ(reads[0].name, "count of items");
  EXPECT_EQ(reads[1].name, "items[1].price");
  EXPECT_EQ(reads[2].name, "items[2].price");
}

}  // namespace
}  // namespace heed::testing
