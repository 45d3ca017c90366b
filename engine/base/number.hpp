#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Exact numbers: fractions in lowest terms, never floating point.
namespace heed {

/// A fraction; the denominator is positive, both parts are at most limits::number_part_max.
class Number {
 public:
  constexpr Number() = default;
  constexpr Number(std::int64_t whole) : numerator_{whole} {}  // |whole| <= number_part_max

  /// In lowest terms. Nothing where `denominator` is 0 or a part is beyond the limit.
  static std::optional<Number> make(std::int64_t numerator, std::int64_t denominator);
  /// Decimal text: `12`, `-0.5`, and with an exponent as JSON writes it (`1.5e3`). Nothing for
  /// other text or beyond the limit.
  static std::optional<Number> parse(std::string_view text);

  constexpr std::int64_t numerator() const { return numerator_; }
  constexpr std::int64_t denominator() const { return denominator_; }
  constexpr bool is_whole() const { return denominator_ == 1; }

  bool operator==(Number const&) const = default;
  std::strong_ordering operator<=>(Number const& other) const;

 private:
  constexpr Number(std::int64_t n, std::int64_t d) : numerator_{n}, denominator_{d} {}
  friend struct NumberParts;
  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

/// Exact results. Nothing where a part of the result is beyond the limit, or of a division by zero.
std::optional<Number> add(Number const& left, Number const& right);
std::optional<Number> subtract(Number const& left, Number const& right);
std::optional<Number> multiply(Number const& left, Number const& right);
std::optional<Number> divide(Number const& left, Number const& right);
Number negate(Number const& number);

enum class Operator { add, subtract, multiply, divide };
/// `left op right`: the four above, for one that is known only when it is computed.
std::optional<Number> calculate(Operator op, Number const& left, Number const& right);

/// Decimal text with at most `places` places, rounded half away from zero; trailing zeros are left
/// out (`0.5`, `12`), never `-0`.
std::string to_text(Number const& number, int places = 6);
/// The same with exactly `places` places: `120.00`.
std::string to_fixed_text(Number const& number, int places);

}  // namespace heed
