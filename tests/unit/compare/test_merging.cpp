#include <gtest/gtest.h>

#include "engine/compare/merging.hpp"

/// Many changes that differ in amounts alone are told as one.
namespace heed::comparing {
namespace {

PointChange change_to(std::string point, std::string after) {
  PointChange change;
  change.point = std::move(point);
  if (!after.empty()) change.after.emplace("en", std::move(after));
  return change;
}

std::string describe(Merging&& merging) {
  std::string text;
  for (auto const& change : std::move(merging).take())
    text += std::to_string(change.cases) + " " + change.point + ": " +
            (change.after.empty() ? "-" : change.after.at("en")) + "\n";
  return text;
}

TEST(Merging, counts_equal_changes_the_most_frequent_first) {
  Merging merging;
  for (auto const* after : {"advised", "advised, by lead", "advised, by lead", ""})
    EXPECT_TRUE(merging.add(change_to("action:call", after)));
  EXPECT_EQ(describe(std::move(merging)),
            "2 action:call: advised, by lead\n1 action:call: -\n1 action:call: advised\n");
}

TEST(Merging, tells_a_few_values_apart) {
  Merging merging;
  for (auto const* after : {"violated, severity 3", "violated, severity 4", "violated, severity 5"})
    merging.add(change_to("need:respect", after));
  EXPECT_EQ(describe(std::move(merging)),
            "1 need:respect: violated, severity 3\n1 need:respect: violated, severity 4\n"
            "1 need:respect: violated, severity 5\n");
}

TEST(Merging, tells_many_values_as_one_with_a_mark_where_they_differ) {
  Merging merging;
  for (int amount = 10; amount < 30; ++amount)
    merging.add(change_to("action:refund", "advised (amount: " + std::to_string(amount) +
                                               ".00 ILS, bags: " + std::to_string(amount) + ")"));
  merging.add(change_to("action:refund", "forbidden"));
  EXPECT_EQ(describe(std::move(merging)),
            "20 action:refund: advised (amount: … ILS, bags: …)\n1 action:refund: forbidden\n");
}

TEST(Merging, says_several_marks_in_a_row_as_one) {
  Merging merging;
  for (auto const* name : {"a b", "c d", "e f", "g h", "i j", "k l"})
    merging.add(change_to("say:hello", "\"Dear " + std::string{name} + ", hello\""));
  EXPECT_EQ(describe(std::move(merging)), "6 say:hello: \"Dear …, hello\"\n");
}

TEST(Merging, has_a_limit) {
  Merging merging;
  for (int at = 0; at < 200; ++at)
    EXPECT_TRUE(merging.add(change_to("action:" + std::to_string(at), "x")));
  EXPECT_FALSE(merging.add(change_to("action:more", "x")));
  EXPECT_TRUE(merging.add(change_to("action:7", "x")));
}

}  // namespace
}  // namespace heed::comparing
