#include <gtest/gtest.h>

#include "engine/base/money.hpp"
#include "engine/base/number.hpp"

namespace heed {
namespace {

TEST(Number, is_read_exactly_and_written_rounded_half_away_from_zero) {
  struct Case {
    std::string_view text, shown;
    int places;
  };
  constexpr Case cases[] = {
      {"12", "12", 6},        {"-0.5", "-0.5", 6},
      {"0.1", "0.1", 6},      {"1.5e3", "1500", 6},
      {"1E-2", "0.01", 6},    {"0.0000005", "0.000001", 6},
      {"0.00000049", "0", 6}, {"-0.0000001", "0", 6},
      {"2.345", "2.35", 2},   {"-2.345", "-2.35", 2},
      {"1.10", "1.1", 6},     {"1000000000000000000", "1000000000000000000", 6},
      {"0e999", "0", 6},      {"123.000000000000000000000", "123", 6},
  };
  for (auto const& c : cases) {
    auto const number = Number::parse(c.text);
    ASSERT_TRUE(number) << c.text;
    EXPECT_EQ(to_text(*number, c.places), c.shown) << c.text;
  }
}

TEST(Number, refuses_what_is_no_number_or_beyond_the_limit) {
  for (std::string_view text :
       {"", "-", "1.", ".5", "1e", "1,000", "0x1", " 1", "1 ", "1e19", "1e999999999999",
        "1000000000000000001", "1e-19", "0.1234567890123456789", "+1", "1e+-1"})
    EXPECT_FALSE(Number::parse(text)) << text;
}

TEST(Number, computes_without_rounding) {
  auto const third = divide(Number{1}, Number{3});
  ASSERT_TRUE(third);
  EXPECT_EQ(multiply(*third, Number{3}), Number{1});
  EXPECT_EQ(to_text(*third), "0.333333");
  EXPECT_EQ(add(*Number::parse("0.1"), *Number::parse("0.2")), Number::parse("0.3"));
}

TEST(Number, a_computation_that_fails_has_no_result) {
  EXPECT_FALSE(divide(Number{1}, Number{0}));
  EXPECT_FALSE(multiply(Number{1'000'000'000'000}, Number{1'000'000'000'000}));
  EXPECT_FALSE(add(Number{1'000'000'000'000'000'000}, Number{1}));
  EXPECT_TRUE(add(Number{1'000'000'000'000'000'000}, Number{-1}));
}

TEST(Number, is_computed_by_the_operation_that_is_asked_for) {
  struct Case {
    Operator op;
    std::string_view left, right, result;
  };
  constexpr Case cases[] = {
      {Operator::add, "1.5", "2", "3.5"},
      {Operator::subtract, "1.5", "2", "-0.5"},
      {Operator::multiply, "1.5", "2", "3"},
      {Operator::divide, "1.5", "2", "0.75"},
  };
  for (auto const& c : cases) {
    auto const result = calculate(c.op, *Number::parse(c.left), *Number::parse(c.right));
    EXPECT_EQ(result, Number::parse(c.result)) << c.result;
  }
  EXPECT_FALSE(calculate(Operator::divide, Number{1}, Number{0}));
}

TEST(Number, compares_by_value) {
  EXPECT_LT(*Number::make(1, 3), *Number::make(1, 2));
  EXPECT_LT(*Number::make(-1, 2), *Number::make(-1, 3));
  EXPECT_EQ(*Number::make(2, 4), *Number::make(1, 2));
  EXPECT_EQ(*Number::make(3, -6), *Number::make(-1, 2));
}

TEST(Money, is_written_in_its_minor_unit) {
  EXPECT_EQ(amount_text({Number{120}, *find_currency("ILS")}), "120.00");
  EXPECT_EQ(amount_text({*Number::parse("0.5"), *find_currency("JPY")}), "1");
  EXPECT_EQ(amount_text({*Number::parse("-1.0005"), *find_currency("KWD")}), "-1.001");
  EXPECT_FALSE(find_currency("XYZ"));
  EXPECT_FALSE(find_currency("ils"));
  EXPECT_EQ(code_of(*find_currency("USD")), "USD");
}

}  // namespace
}  // namespace heed
