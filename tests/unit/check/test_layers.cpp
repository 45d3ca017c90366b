#include <gtest/gtest.h>

#include "tests/support/checked.hpp"

namespace heed {
namespace {

constexpr auto vocabulary = R"(
fact case.delay is duration
fact case.amount is money
need psychological respect
need psychological autonomy
need functional on_time
score risk from 0 to 100
action refund
  requires respect is violated
action apologise
answer ticket.priority is one of low < high, largest
define hurt as respect is violated or any psychological need is violated
define calm as not hurt
table mood gives number
  calm | mood
  yes  | 1
  no   | 2
answer ticket.mood as mood
)";

/// The layers by names of rules, or the codes of what is wrong.
std::string layers_of(std::string const& rules) {
  auto const checked = check_text(vocabulary + rules);
  std::string text;
  if (!checked.policy) {
    for (auto const& it : checked.diagnostics)
      text += std::string{it.code} + " " + it.message + "\n";
    return text;
  }
  for (auto const& layer : checked.policy->layers) {
    text += text.empty() ? "" : " | ";
    for (auto const id : layer)
      text += (id == layer.front() ? "" : " ") + checked.policy->rules[index(id)].name;
  }
  return text;
}

TEST(Layers, what_is_read_is_settled_first) {
  EXPECT_EQ(layers_of(R"(
rule a
  when ticket.mood > 1 and ticket.priority is high
  then do apologise
rule b
  when on_time is threatened
  then respect is violated
rule c
  when risk > 3
  then set ticket.priority to high
rule d
  then on_time is violated
       add 3 to risk
)"),
            "d | b | c | a");
}

TEST(Layers, an_exception_is_settled_before_what_it_overrides) {
  EXPECT_EQ(layers_of(R"(
rule a
  then on_time is violated
rule b
  overrides a
  when case.delay > 2 days
  then do apologise
rule c
  overrides b
  then add 3 to risk
)"),
            "c | b | a");
}

TEST(Layers, what_stands_in_for_an_action_comes_after_the_rules_that_do_it) {
  EXPECT_EQ(layers_of(R"(
rule a
  when apologise is advised
  then on_time is violated
rule b
  then forbid refund, instead do apologise
rule c
  when case.delay > 2 days
  then do refund
)"),
            "b | c | a");
}

TEST(Layers, values_are_read_too) {
  EXPECT_EQ(layers_of(R"(
rule a
  then add (severity of respect) to risk
rule b
  then respect is violated
)"),
            "b | a");
}

TEST(Layers, advice_rests_on_what_the_action_requires) {
  EXPECT_EQ(layers_of(R"(
rule a
  when refund is advised
  then do apologise
rule b
  then do refund
rule c
  then respect is violated
)"),
            "b | c | a");
}

TEST(Layers, a_circle_of_upward_readings_is_one_group) {
  EXPECT_EQ(layers_of(R"(
rule a
  when on_time is violated and (case.delay > 2 days or severity of on_time > 2)
  then respect is violated
rule b
  when hurt
  then on_time is violated
rule c
  when at least 1 of (on_time is at least threatened, 2 <= severity of on_time)
  then autonomy is threatened
rule d
  when respect is threatened
  then do apologise
)"),
            "a b c | d");
}

TEST(Layers, any_psychological_need_reads_every_one_of_them) {
  EXPECT_EQ(layers_of(R"(
rule a
  when any psychological need is violated
  then autonomy is violated
)"),
            "a");
}

struct Circle {
  std::string_view rules, told;
};

class LayersOfCircles : public testing::TestWithParam<Circle> {};
TEST_P(LayersOfCircles, are_told_with_the_way_around) {
  EXPECT_EQ(layers_of(std::string{GetParam().rules}), GetParam().told);
}
INSTANTIATE_TEST_SUITE_P(
    Layers, LayersOfCircles,
    testing::Values(
        Circle{R"(
rule a
  when respect is threatened
  then respect is violated
)",
               "check.circle rule `a` reads `respect`, written by rule `a`: a circle\n"},
        Circle{R"(
rule b
  when not (respect is violated)
  then on_time is violated
rule a
  when on_time is violated
  then respect is violated
)",
               "check.circle rule `b` reads `respect`, written by rule `a`, which reads `on_time`, "
               "written by rule `b`: a circle\n"},
        Circle{R"(
rule a
  when calm
  then respect is violated
)",
               "check.circle rule `a` reads `calm`, which reads `hurt`, which reads `respect`, "
               "written by rule `a`: a circle\n"},
        Circle{R"(
rule a
  when refund is advised
  then respect is violated
)",
               "check.circle rule `a` reads `refund`, which reads `respect`, written by rule `a`: "
               "a circle\n"},
        Circle{R"(
rule a
  when ticket.mood > 1
  then respect is violated
)",
               "check.circle rule `a` reads `ticket.mood`, which reads `mood`, which reads `calm`, "
               "which reads `hurt`, which reads `respect`, written by rule `a`: a circle\n"},
        Circle{R"(
rule a
  when respect is violated and then case.delay > 2 days
  then respect is violated
)",
               "check.circle rule `a` reads `respect`, written by rule `a`: a circle\n"},
        Circle{R"(
rule a
  then respect is violated
       do apologise within (1 day if respect is violated, otherwise 2 days)
)",
               "check.circle rule `a` reads `respect`, written by rule `a`: a circle\n"}));

}  // namespace
}  // namespace heed
