#include <gtest/gtest.h>

#include "tests/unit/run/probe.hpp"

/// Part 3.1 of the language: what conditions come to.
namespace heed::testing {
namespace {

constexpr std::string_view vocabulary = R"(
policy tested "Tested"
  zone "Asia/Jerusalem"
need functional n "N"
fact a is yes or no
fact b is yes or no
fact c is yes or no
fact d is yes or no, default no
fact tier is one of standard < silver < gold
fact plan is one of home, business or none
fact amount is money
fact other is money
fact count is whole number
fact share is number
fact zero is number
fact wait is duration
fact long is duration
fact at is time
fact from is date
fact until is date
fact text is text
fact tags is set of text
define half as share / 2
define ratio as share / zero
rule r
  when )";

struct Row {
  std::string_view given, condition, status;
};

void check(std::initializer_list<Row> rows) {
  for (auto const& row : rows) {
    SCOPED_TRACE(std::string{row.condition} + " | " + std::string{row.given});
    auto const policy =
        std::string{vocabulary} + std::string{row.condition} + "\n  then n is violated\n";
    EXPECT_EQ(status_of(decide_text(policy, row.given), "r"), row.status);
  }
}

TEST(Conditions, and_or_and_not_follow_kleene) {
  check({
      {"a is yes\nb is yes", "a and b", "fired"},
      {"a is yes", "a and b", "pending"},
      {"a is no", "a and b", "silent"},
      {"b is no", "a and b", "silent"},
      {"a is yes", "a or b", "fired"},
      {"a is no", "a or b", "pending"},
      {"a is no\nb is no", "a or b", "silent"},
      {"", "not a", "pending"},
      {"a is no", "not a", "fired"},
      {"", "a or not a", "pending"},
      {"a is no", "a and (b or c)", "silent"},
  });
}

TEST(Conditions, and_then_asks_for_the_second_only_once_the_first_is_true) {
  check({
      {"b is no", "a and then b", "pending"},
      {"a is no", "a and then b", "silent"},
      {"a is yes", "a and then b", "pending"},
      {"a is yes\nb is yes", "a and then b", "fired"},
      {"a is yes\nb is no", "a and then b", "silent"},
  });
}

TEST(Conditions, at_least_some_of_many_counts_what_is_sure_and_what_is_possible) {
  check({
      {"a is yes\nb is yes", "at least 2 of (a, b, c)", "fired"},
      {"a is yes", "at least 2 of (a, b, c)", "pending"},
      {"a is no\nb is no", "at least 2 of (a, b, c)", "silent"},
      {"a is yes\nb is no\nc is no", "at least 2 of (a, b, c)", "silent"},
  });
}

TEST(Conditions, possibly_certainly_and_known_are_never_unknown) {
  check({
      {"", "possibly a", "fired"},
      {"a is no", "possibly a", "silent"},
      {"", "certainly a", "silent"},
      {"a is yes", "certainly a", "fired"},
      {"", "a is known", "silent"},
      {"a is no", "a is known", "fired"},
      {"", "a is unknown", "fired"},
      {"share is 1\nzero is 0", "ratio is unknown", "fired"},
      {"", "plan is unknown", "fired"},
      {"plan is none", "plan is known", "fired"},
  });
}

TEST(Conditions, a_fact_with_a_default_is_never_unknown) {
  check({{"", "d", "silent"}, {"", "not d", "fired"}, {"d is yes", "d", "fired"}});
}

TEST(Conditions, none_is_equal_to_itself_alone) {
  check({
      {"plan is none", "plan is none", "fired"},
      {"plan is none", "plan is home", "silent"},
      {"plan is none", "plan is not home", "fired"},
      {"plan is none", "plan is one of home, business", "silent"},
      {"plan is home", "plan is none", "silent"},
      {"", "plan is none", "pending"},
      {"", "plan is home", "pending"},
  });
}

TEST(Conditions, choices_compare_in_their_order) {
  check({
      {"tier is silver", "tier >= silver", "fired"},
      {"tier is silver", "tier > silver", "silent"},
      {"tier is standard", "tier < gold", "fired"},
      {"tier is gold", "tier is one of silver, gold", "fired"},
      {"tier is standard", "tier is one of silver, gold", "silent"},
      {"", "tier is one of silver, gold", "pending"},
  });
}

TEST(Conditions, numbers_are_exact) {
  check({
      {"share is 0.1", "share + 0.2 is 0.3", "fired"},
      {"share is 1", "share / 3 * 3 is 1", "fired"},
      {"share is 15%", "share is 0.15", "fired"},
      {"count is 7", "count / 2 > 3", "fired"},
      {"share is 3", "half is 1.5", "fired"},
      {"share is 3", "-share < -2", "fired"},
      {"share is 3", "smallest of (share, 5, 4) is 3", "fired"},
      {"share is 3", "largest of (share, 5, 4) is 5", "fired"},
      {"", "largest of (share, 5, 4) is 5", "pending"},
  });
}

TEST(Conditions, a_failed_computation_is_unknown) {
  check({
      {"share is 1\nzero is 0", "share / zero > 1", "pending"},
      {"share is 1\nzero is 0\na is no", "share / zero > 1 and a", "silent"},
      {"amount is 5 ILS\nother is 5 USD", "amount > other", "pending"},
      {"amount is 5 ILS\nother is 5 USD", "amount is other", "pending"},
      {"amount is 5 ILS\nother is 5 USD", "amount + other > 1 ILS", "pending"},
      {"amount is 5 ILS\nother is 7 ILS", "amount + other is 12 ILS", "fired"},
      {"amount is 5 ILS\nother is 10 ILS", "amount / other is 0.5", "fired"},
      {"amount is 5 ILS", "amount * 3 is 15 ILS", "fired"},
      {"share is 999999999999999999", "share * share > 1", "pending"},
      {"at is 9999-12-31T00:00Z", "at + 2 days > now", "pending"},
      {"wait is 40 days", "wait > 1 month", "pending"},
  });
}

TEST(Conditions, a_choice_of_values_is_known_where_both_agree) {
  check({
      {"a is yes", "(1 if a, otherwise 2) is 1", "fired"},
      {"a is no", "(1 if a, otherwise 2) is 1", "silent"},
      {"", "(1 if a, otherwise 2) is 1", "pending"},
      {"", "(2 if a, otherwise 2) is 2", "fired"},
      {"share is 2", "(share if a, otherwise 2) is 2", "fired"},
  });
}

TEST(Conditions, days_count_on_the_calendar_of_the_policys_zone) {
  check({
      {"now is 2026-11-22T00:30+02:00", "today is 2026-11-22", "fired"},
      {"now is 2026-11-21T23:30Z", "today is 2026-11-22", "fired"},
      {"at is 2026-11-21T22:30Z", "date of at is today", "fired"},
      {"from is 2026-11-07", "days from from to today <= 15", "fired"},
      {"from is 2026-11-06", "days from from to today <= 15", "silent"},
      {"from is 2026-01-31", "from + 1 month is 2026-02-28", "fired"},
      {"from is 2024-02-29", "from + 1 year is 2025-02-28", "fired"},
      {"from is 2026-01-31", "from + 3 days is 2026-02-03", "fired"},
      {"from is 2026-03-31", "from - 1 month is 2026-02-28", "fired"},
      {"at is 2026-11-20T09:59+02:00", "now - at > 2 days", "fired"},
      {"at is 2026-11-20T10:00+02:00", "now - at > 2 days", "silent"},
  });
}

TEST(Conditions, a_day_beside_a_time_is_24_hours_through_daylight_saving_and_a_month_is_not) {
  // Clocks in Jerusalem go back on 25 October 2026 at 02:00.
  check({
      {"at is 2026-10-24T12:00+03:00", "at + 1 day is 2026-10-25T11:00+02:00", "fired"},
      {"at is 2026-09-25T12:00+03:00", "at + 1 month is 2026-10-25T12:00+02:00", "fired"},
      {"from is 2026-10-24", "from + 1 day is 2026-10-25", "fired"},
  });
}

TEST(Conditions, sets_hold_items) {
  check({
      {"tags is \"a\", \"b\"", "tags contains \"b\"", "fired"},
      {"tags is \"a\", \"b\"", "tags contains \"c\"", "silent"},
      {"", "tags contains \"c\"", "pending"},
  });
}

TEST(Conditions, a_rule_counts_on_its_days_alone_both_included) {
  for (auto const& row : std::initializer_list<Row>{
           {"now is 2026-01-31T23:59+02:00", "", "silent"},
           {"now is 2026-02-01T00:00+02:00", "", "fired"},
           {"now is 2026-02-28T23:59+02:00", "", "fired"},
           {"now is 2026-03-01T00:00+02:00", "", "silent"},
       }) {
    auto const policy = std::string{R"(
policy tested "Tested"
  zone "Asia/Jerusalem"
need functional n "N"
rule r
  from 2026-02-01
  until 2026-02-28
  then n is violated
)"};
    EXPECT_EQ(status_of(decide_text(policy, row.given), "r"), row.status) << row.given;
  }
}

}  // namespace
}  // namespace heed::testing
