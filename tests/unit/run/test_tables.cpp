#include <gtest/gtest.h>

#include "tests/unit/run/probe.hpp"

/// Part 3.7 of the language: tables.
namespace heed::testing {
namespace {

constexpr std::string_view vocabulary = R"(
policy tested "Tested"
need functional n "N"
fact a is yes or no
fact b is yes or no
fact c is yes or no
fact hours is number
fact x is number
answer rate as grade
answer first_fee as fees.one
answer second_fee as fees.two
table fees gives one is number, two is number
  hit first
  a   | one | two
  yes | 1   | x
  no  | 1   | 2
table grade gives number
)";

struct Row {
  std::string_view table, given, rate;
};

std::string rate_of(Decision const& decision) {
  std::string text = "none";
  for (auto const& answer : decision.answers) {
    if (answer.answer != "rate") continue;
    auto const* number = std::get_if<Shown::Decimal>(&answer.value.form);
    text = number == nullptr ? "unknown" : number->text;
  }
  for (auto const& warning : decision.warnings) text += " " + warning.code;
  return text;
}

void check(std::initializer_list<Row> rows) {
  for (auto const& row : rows) {
    SCOPED_TRACE(std::string{row.table} + " | " + std::string{row.given});
    auto const policy = std::string{vocabulary} + std::string{row.table} + "\n";
    EXPECT_EQ(rate_of(decide_text(policy, row.given)), row.rate);
  }
}

constexpr std::string_view first = R"(  hit first
  a   | b   | grade
  yes | yes | 1
  yes | no  | 2
  no  | -   | 2)";

TEST(Tables, take_the_first_row_that_holds_where_the_rows_before_it_agree) {
  check({
      {first, "a is yes\nb is yes", "1"},
      {first, "a is yes\nb is no", "2"},
      {first, "a is no", "2"},
      {first, "a is yes", "unknown"},
      {first, "b is no", "unknown"},  // a row that holds is not sure: it could be either
      {first, "", "unknown"},
  });
  constexpr std::string_view agreeing = "  hit first\n  a   | grade\n  yes | 5\n  -   | 5";
  constexpr std::string_view apart = "  hit first\n  a   | grade\n  yes | 4\n  -   | 5";
  check({{agreeing, "", "5"}, {apart, "", "unknown"}, {apart, "a is no", "5"}});
}

TEST(Tables, without_a_row_that_holds_are_unknown_and_warn_where_all_is_known) {
  constexpr std::string_view partial = "  hit first\n  a   | grade\n  yes | 5";
  check({
      {partial, "a is no", "unknown table.no-row"},
      {partial, "", "unknown"},
      {partial, "a is yes", "5"},
  });
}

TEST(Tables, that_are_unique_refuse_two_rows) {
  constexpr std::string_view unique =
      "  hit unique\n  a   | b   | grade\n  yes | -   | 1\n  -   | yes | 2";
  check({
      {unique, "a is yes\nb is no", "1"},
      {unique, "a is no\nb is yes", "2"},
      {unique, "a is yes\nb is yes", "unknown table.several-rows"},
      {unique, "a is yes", "unknown"},
      {unique, "a is no\nb is no", "unknown table.no-row"},
  });
}

TEST(Tables, that_collect_are_unknown_where_an_unsure_row_could_change_the_result) {
  constexpr std::string_view rows =
      "  a   | b   | grade\n  yes | -   | 3\n  -   | yes | 2\n"
      "  -   | -   | 1";
  auto const largest = "  hit collect largest\n" + std::string{rows};
  auto const smallest = "  hit collect smallest\n" + std::string{rows};
  auto const sum = "  hit collect sum\n" + std::string{rows};
  check({
      {largest, "a is yes", "3"},
      {largest, "a is no", "unknown"},
      {smallest, "", "1"},
      {sum, "a is yes\nb is yes", "6"},
      {sum, "a is yes", "unknown"},
      {sum, "a is no\nb is no", "1"},
  });
}

TEST(Tables, hold_bands_comparisons_and_whole_conditions) {
  constexpr std::string_view bands = R"(  hit first
  when    | hours     | grade
  a and b | -         | 9
  -       | 1 up to 3 | 1
  -       | >= 3      | 2
  -       | -         | 3)";
  check({
      {bands, "a is no\nhours is 1", "1"},
      {bands, "a is no\nhours is 2.9", "1"},
      {bands, "a is no\nhours is 3", "2"},
      {bands, "a is no\nhours is 0.5", "3"},
      {bands, "a is yes\nb is yes", "9"},
  });
}

TEST(Tables, with_several_results_have_each_of_them_apart) {
  auto const policy = std::string{vocabulary} + std::string{first} + "\n";
  auto const decision = decide_text(policy, "b is no");
  std::string fees;
  for (auto const& answer : decision.answers) {
    auto const* number = std::get_if<Shown::Decimal>(&answer.value.form);
    if (answer.answer != "rate")
      fees += answer.answer + " " + (number ? number->text : "null") + ";";
  }
  EXPECT_EQ(fees, "first_fee null;second_fee null;") << "no row is sure";
}

}  // namespace
}  // namespace heed::testing
