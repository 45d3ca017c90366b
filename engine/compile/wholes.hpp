#pragma once
#include <cstdint>
#include <optional>
#include <span>

#include "engine/base/number.hpp"

/// Numbers as whole numbers, so many to one that all which they are held against are whole.
namespace heed::compiling {

/// A number as a whole number, or the next whole number below it.
struct Whole {
  std::int64_t number = 0;
  bool is_exact = true;
};

/// `scale` of them to one. Nothing where it is too large.
inline std::optional<Whole> scaled(Number const& number, std::int64_t scale) {
  Whole whole;
  if (number.is_whole()) {
    if (__builtin_mul_overflow(number.numerator(), scale, &whole.number)) return {};
    return whole;
  }
  std::int64_t product = 0;
  if (__builtin_mul_overflow(number.numerator(), scale, &product)) return {};
  auto const rest = product % number.denominator();
  whole.is_exact = rest == 0;
  whole.number = product / number.denominator() - (rest < 0 ? 1 : 0);
  return whole;
}

/// The class of a whole number among ascending ones, at least one: 2n below number n, 2n + 1 at it,
/// after the last what lies above. Without a branch: where values lie is not to be foreseen.
inline std::uint32_t find_between(std::span<std::int64_t const> values, std::int64_t number) {
  auto const* at = values.data();
  for (auto count = values.size(); count > 1;) {
    auto const half = count / 2;
    at += at[half - 1] < number ? half : 0;
    count -= half;
  }
  at += *at < number ? 1 : 0;
  auto const found = static_cast<std::uint32_t>(at - values.data());
  return 2 * found + (found < values.size() && *at == number ? 1 : 0);
}

/// The class of a number from that of the whole number at or below it.
inline std::uint32_t at_or_above(std::uint32_t found, bool is_exact) {
  return is_exact ? found : (found + 1) & ~1u;
}

}  // namespace heed::compiling
