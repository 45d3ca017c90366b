#include <gtest/gtest.h>

#include "tests/support/situation.hpp"

/// The nearest miss where conditions count events of the past.
namespace heed::testing {
namespace {

std::string const policy = R"(
policy past "What happened before"
fact case.product is text
fact case.cost is whole number
fact window is duration
event fault
  product is text
  cost is number
need functional n
rule again
  when count of fault in last 30 days where (product is case.product) >= 2
  then n is violated
rule dear
  when any fault in last 30 days where (cost > case.cost)
  then n is violated
rule wide
  when count of fault in last window >= 3
  then n is violated
rule ago
  when time since last fault > window
  then n is violated
rule everyone
  when count of fault in last 30 days across customers where (product is case.product) >= 2
  then n is violated
)";

constexpr auto given = R"(case.product is "toaster"
case.cost is 9
window is 1 day
fault 2 days ago product "kettle" cost 5
fault 3 days ago product "kettle"
fault 12 hours ago product "toaster"
fault 60 days ago product "lamp")";

std::string text_of(Shown const& value) {
  if (auto const* number = std::get_if<Shown::Decimal>(&value.form)) return number->text;
  auto const* text = std::get_if<std::string>(&value.form);
  return text == nullptr ? "?" : *text;
}

std::string nearest(Situation const& situation, std::string_view rule) {
  auto const miss = find_nearest_miss(*situation.rules, situation.subject, situation.now,
                                      rule_named(*situation.rules, rule));
  if (miss.changes.empty()) return miss.is_complete ? "nothing" : "stopped";
  auto const& change = miss.changes.front();
  return change.fact + ": " + text_of(change.before) + " to " + text_of(change.after);
}

TEST(NearestMissOfThePast, takes_values_that_the_history_has) {
  auto const situation = make_situation(policy, given);
  ASSERT_TRUE(situation.rules);
  EXPECT_EQ(nearest(situation, "again"), "case.product: toaster to kettle");
  EXPECT_EQ(nearest(situation, "dear"), "case.cost: 9 to 4");
  EXPECT_EQ(nearest(situation, "ago"), "window: P1D to PT11H59M");
  EXPECT_EQ(nearest(situation, "everyone"), "case.product: toaster to kettle");
}

TEST(NearestMissOfThePast, leaves_facts_alone_with_which_a_figure_was_counted) {
  auto situation = make_situation(policy, given);
  ASSERT_TRUE(situation.rules);
  auto const figure =
      "count of fault in last 30 days across customers where (product is case.product)";
  situation.subject.figures[figure] = {Figure::Count{1, 1}};
  EXPECT_EQ(nearest(situation, "everyone"), "nothing");
  EXPECT_EQ(nearest(situation, "again"), "case.product: toaster to kettle");
}

}  // namespace
}  // namespace heed::testing
