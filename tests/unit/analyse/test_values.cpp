#include "engine/analyse/values.hpp"

#include <gtest/gtest.h>

namespace heed::analyse {
namespace {

Values between(std::int64_t low, std::int64_t high, bool whole = false) {
  return make_values({Number{low}, Number{high}, true, true}, whole);
}
Values above(std::int64_t low, bool whole = false) {
  return make_values({Number{low}, {}, false, false}, whole);
}
Values below(std::int64_t high, bool whole = false) {
  return make_values({{}, Number{high}, false, false}, whole);
}
Values none() {
  auto values = nothing(false);
  values.none = true;
  return values;
}

TEST(Values, meet_at_an_end_only_where_it_belongs_to_both) {
  EXPECT_TRUE(meets(between(1, 3), between(3, 5)));
  EXPECT_FALSE(meets(between(1, 3), above(3)));
  EXPECT_FALSE(meets(below(3), above(3)));
  EXPECT_EQ(meet(between(1, 4), between(3, 5)), between(3, 4));
}

TEST(Values, between_two_neighbours_is_no_whole_number) {
  EXPECT_TRUE(meets(above(2), below(3)));
  EXPECT_FALSE(meets(above(2, true), below(3, true)));
  EXPECT_EQ(above(2, true), make_values({Number{3}, {}, true, false}, true));
}

TEST(Values, halves_are_rounded_into_the_stretch_of_whole_numbers) {
  auto const half = *Number::make(5, 2), less = *Number::make(-5, 2);
  EXPECT_EQ(make_values({less, half, true, true}, true), between(-2, 2, true));
}

TEST(Values, what_is_taken_away_leaves_the_rest) {
  auto const rest = without(between(1, 9, true), between(3, 5, true));
  EXPECT_EQ(rest, join(between(1, 2, true), between(6, 9, true)));
  EXPECT_TRUE(is_empty(without(between(3, 5), between(1, 9))));
  EXPECT_TRUE(is_within(between(3, 5), everything(false)));
  EXPECT_FALSE(is_within(everything(false), between(3, 5)));
  EXPECT_EQ(without(join(none(), between(1, 2)), none()), between(1, 2));
}

TEST(Values, neighbours_join_to_one_stretch) {
  EXPECT_EQ(join(between(1, 2, true), between(3, 4, true)), between(1, 4, true));
  EXPECT_EQ(join(between(1, 2), between(2, 4)), between(1, 4));
  EXPECT_EQ(join(below(2), above(2)).stretches.size(), 2u);
  EXPECT_EQ(join(below(3), above(2)), everything(false));
}

TEST(Values, none_is_no_number) {
  EXPECT_FALSE(meets(none(), everything(false)));
  EXPECT_TRUE(meets(none(), join(none(), between(1, 2))));
}

TEST(Values, money_of_two_currencies_never_meets) {
  auto shekels = between(1, 9), dollars = between(1, 9);
  shekels.currency = find_currency("ILS");
  dollars.currency = find_currency("USD");
  EXPECT_FALSE(meets(shekels, dollars));
  EXPECT_TRUE(meets(shekels, between(1, 9)));
}

TEST(Values, the_number_picked_lies_among_them) {
  for (auto const& values : {between(1, 2), above(2), below(3), meet(above(2), below(3)),
                             everything(false), join(below(0), between(5, 6))}) {
    auto const number = pick(values);
    ASSERT_TRUE(number);
    EXPECT_TRUE(meets(only(*number, false), values));
  }
  EXPECT_FALSE(pick(none()));
}

}  // namespace
}  // namespace heed::analyse
