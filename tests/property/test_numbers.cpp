#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <numeric>
#include <string>

#include "engine/base/limits.hpp"
#include "engine/base/money.hpp"
#include "engine/base/number.hpp"

/// Numbers against plain arithmetic in 128 bits.
namespace heed {

namespace {

__extension__ using Wide = __int128;

struct Fraction {
  Wide numerator = 0, denominator = 1;
};

Wide magnitude(Wide number) {
  return number < 0 ? -number : number;
}

Wide common_divisor(Wide a, Wide b) {
  return b == 0 ? magnitude(a) : common_divisor(b, a % b);
}

/// What `computed` must be: the fraction in lowest terms, or nothing beyond the limit.
void expect_fraction(std::optional<Number> const& computed, Fraction wanted) {
  if (wanted.denominator == 0) {
    RC_ASSERT(!computed);
    return;
  }
  auto const divisor = common_divisor(wanted.numerator, wanted.denominator);
  auto numerator = wanted.numerator / divisor, denominator = wanted.denominator / divisor;
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  Wide const most = limits::number_part_max;
  bool const fits = magnitude(numerator) <= most && denominator <= most;
  RC_ASSERT(computed.has_value() == fits);
  if (!fits) return;
  RC_ASSERT(Wide{computed->numerator()} == numerator);
  RC_ASSERT(Wide{computed->denominator()} == denominator);
}

Fraction parts(Number const& number) {
  return {number.numerator(), number.denominator()};
}

/// A part of a number: small ones, and ones close to the limit.
rc::Gen<std::int64_t> part() {
  auto const most = limits::number_part_max;
  return rc::gen::oneOf(rc::gen::inRange<std::int64_t>(-12, 13),
                        rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'001),
                        rc::gen::inRange<std::int64_t>(-most, most + 1),
                        rc::gen::element(+most, -most, most - 1, 1 - most));
}

Number any_number() {
  auto const numerator = *part();
  auto denominator = *part();
  if (denominator == 0) denominator = 1;
  auto const number = Number::make(numerator, denominator);
  RC_ASSERT(number.has_value());
  return *number;
}

RC_GTEST_PROP(Numbers, are_in_lowest_terms, ()) {
  auto const numerator = *part();
  auto const denominator = *part();
  expect_fraction(Number::make(numerator, denominator), {numerator, denominator});
}

RC_GTEST_PROP(Numbers, compute_exactly_or_not_at_all, ()) {
  auto const left = any_number(), right = any_number();
  auto const a = parts(left), b = parts(right);
  auto const below = a.denominator * b.denominator;
  expect_fraction(add(left, right),
                  {a.numerator * b.denominator + b.numerator * a.denominator, below});
  expect_fraction(subtract(left, right),
                  {a.numerator * b.denominator - b.numerator * a.denominator, below});
  expect_fraction(multiply(left, right), {a.numerator * b.numerator, below});
  expect_fraction(divide(left, right), {a.numerator * b.denominator, a.denominator * b.numerator});
  expect_fraction(negate(left), {-a.numerator, a.denominator});
}

RC_GTEST_PROP(Numbers, are_ordered_as_their_cross_products, ()) {
  auto const left = any_number(), right = any_number();
  auto const a = parts(left), b = parts(right);
  auto const first = a.numerator * b.denominator, second = b.numerator * a.denominator;
  RC_ASSERT((left < right) == (first < second));
  RC_ASSERT((left == right) == (first == second));
}

std::string digits(Wide number) {
  std::string text;
  do {
    text.insert(text.begin(), static_cast<char>('0' + static_cast<int>(number % 10)));
    number /= 10;
  } while (number != 0);
  return text;
}

/// The decimal text worked out digit by digit: rounded half away from zero.
std::string reference_text(Number const& number, int places) {
  Wide scale = 1;
  for (int i = 0; i < places; ++i) scale *= 10;
  auto const above = magnitude(number.numerator()) * scale * 2 + number.denominator();
  auto const rounded = above / (Wide{number.denominator()} * 2);
  auto text = digits(rounded / scale);
  auto fraction = digits(rounded % scale + scale).substr(1);
  if (places > 0) text += "." + fraction;
  return (number < Number{} && rounded != 0 ? "-" : "") + text;
}

std::string without_trailing_zeros(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

RC_GTEST_PROP(Numbers, are_given_out_rounded_half_away_from_zero, ()) {
  auto const number = any_number();
  auto const places = *rc::gen::inRange(0, 7);
  auto const wanted = reference_text(number, places);
  RC_ASSERT(to_fixed_text(number, places) == wanted);
  RC_ASSERT(to_text(number, places) == without_trailing_zeros(wanted));
}

RC_GTEST_PROP(Numbers, halves_are_rounded_away_from_zero, ()) {
  auto const whole = *rc::gen::inRange<std::int64_t>(-1000, 1001);
  auto const half = Number::make(2 * whole + 1, 2'000'000);  // ends in a half of the sixth place
  RC_ASSERT(half.has_value());
  RC_ASSERT(to_fixed_text(*half, 6) == reference_text(*half, 6));
}

RC_GTEST_PROP(Numbers, decimal_text_is_read_back, ()) {
  auto const millionths = *part();
  auto const number = Number::make(millionths, 1'000'000);
  RC_ASSERT(number.has_value());
  RC_ASSERT(Number::parse(to_text(*number)) == number);
}

RC_GTEST_PROP(Money, is_rounded_at_its_minor_unit_only_when_given_out, ()) {
  auto const code = *rc::gen::elementOf(std::vector<std::string>{"ILS", "JPY", "KWD", "USD"});
  auto const currency = find_currency(code);
  RC_ASSERT(currency.has_value());
  auto const amount = any_number();
  auto const places = code == "JPY" ? 0 : code == "KWD" ? 3 : 2;
  RC_ASSERT(amount_text({amount, *currency}) == reference_text(amount, places));
}

}  // namespace

}  // namespace heed
