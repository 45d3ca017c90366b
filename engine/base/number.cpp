#include "engine/base/number.hpp"

#include <array>
#include <charconv>
#include <iterator>
#include <limits>

#include "engine/base/decimal.hpp"
#include "engine/base/limits.hpp"

namespace heed {

__extension__ using Wide = __int128;

/// Reaches the parts of a Number: what is made here is in lowest terms.
struct NumberParts {
  static std::optional<Number> reduce(Wide numerator, Wide denominator) {
    if (denominator == 0) return std::nullopt;
    if (denominator < 0) {
      numerator = -numerator;
      denominator = -denominator;
    }
    Wide a = numerator < 0 ? -numerator : numerator;
    Wide b = denominator;
    while (b != 0) {
      Wide const rest = a % b;
      a = b;
      b = rest;
    }
    if (a > 1) {
      numerator /= a;
      denominator /= a;
    }
    Wide const most = limits::number_part_max;
    if (numerator > most || numerator < -most || denominator > most) return std::nullopt;
    return Number{static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator)};
  }

  /// Nothing where the text is no number, or a rare one: long, with an exponent.
  static std::optional<Number> parse_short(std::string_view text) {
    constexpr std::size_t digits_max = 17;
    auto const is_negative = text.starts_with('-');
    if (is_negative) text.remove_prefix(1);
    if (text.empty() || text.size() > digits_max) return std::nullopt;
    std::int64_t digits = 0;
    std::size_t point = text.size();
    for (std::size_t at = 0; at < text.size(); ++at) {
      auto const digit = static_cast<unsigned>(text[at]) - '0';
      if (digit <= 9)
        digits = digits * 10 + digit;
      else if (text[at] == '.' && at > 0 && point == text.size())
        point = at;
      else
        return std::nullopt;
    }
    auto const places = static_cast<int>(text.size() - point) - 1;
    if (places == 0) return std::nullopt;  // a point and nothing behind it
    if (is_negative) digits = -digits;
    return places < 0 || digits == 0 ? Number{digits} : of_decimal(digits, places);
  }

  /// digits / 10^places. Only twos and fives may be in both.
  static Number of_decimal(std::int64_t digits, int places) {
    int twos = places, fives = places;
    std::int64_t denominator = 1;
    for (; twos > 0 && digits % 2 == 0; --twos) digits /= 2;
    for (; fives > 0 && digits % 5 == 0; --fives) digits /= 5;
    denominator <<= twos;
    for (; fives > 0; --fives) denominator *= 5;
    return Number{digits, denominator};
  }
};

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Digits with a point among them, as parts of a decimal number.
struct Decimal {
  std::int64_t digits = 0;
  int places = 0;
};

/// Reads `12` or `12.50` from the front of `text`, taking it away. Zeros at the end of the places
/// do not count against the limit.
std::optional<Decimal> read_decimal(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && is_digit(text[end])) ++end;
  if (end == 0) return std::nullopt;
  std::string_view const whole = text.substr(0, end);
  std::string_view places;
  if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) {
    std::size_t const begin = ++end;
    while (end < text.size() && is_digit(text[end])) ++end;
    places = text.substr(begin, end - begin);
  }
  text.remove_prefix(end);
  while (!places.empty() && places.back() == '0') places.remove_suffix(1);
  Decimal result{.places = static_cast<int>(places.size())};
  if (places.size() > 18) return std::nullopt;
  for (std::string_view part : {whole, places})
    for (char c : part) {
      if (result.digits > (limits::number_part_max - (c - '0')) / 10) return std::nullopt;
      result.digits = result.digits * 10 + (c - '0');
    }
  return result;
}

Wide power_of_ten(int exponent) {
  Wide power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

/// |number| * 10^places, rounded half away from zero.
Wide scale(Number const& number, int places) {
  Wide const magnitude =
      number.numerator() < 0 ? -Wide{number.numerator()} : Wide{number.numerator()};
  constexpr std::array<std::int64_t, 7> powers{1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};
  if (magnitude <= 1'000'000'000'000 && places < std::ssize(powers)) {  // all of it in 64 bits
    auto const small =
        static_cast<std::int64_t>(magnitude) * powers[static_cast<std::size_t>(places)];
    auto const whole = small / number.denominator(), rest = small % number.denominator();
    return rest * 2 >= number.denominator() ? whole + 1 : whole;
  }
  Wide const scaled = magnitude * power_of_ten(places);
  Wide const whole = scaled / number.denominator();
  Wide const rest = scaled % number.denominator();
  return rest * 2 >= number.denominator() ? whole + 1 : whole;
}

std::string digits_of(Wide value) {
  std::string text;
  do {
    text.insert(text.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
    value /= 10;
  } while (value > 0);
  return text;
}

}  // namespace

std::optional<Number> Number::make(std::int64_t numerator, std::int64_t denominator) {
  return NumberParts::reduce(numerator, denominator);
}

Number from_decimal(std::int64_t digits, int places) {
  return NumberParts::of_decimal(digits, places);
}

std::optional<Number> Number::parse(std::string_view text) {
  if (auto const usual = NumberParts::parse_short(text)) return usual;
  bool const negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  auto const decimal = read_decimal(text);
  if (!decimal) return std::nullopt;
  int exponent = -decimal->places;
  if (!text.empty()) {
    if (text[0] != 'e' && text[0] != 'E') return std::nullopt;
    text.remove_prefix(1);
    if (text.size() > 1 && text[0] == '+' && is_digit(text[1])) text.remove_prefix(1);
    int written = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), written);
    if (code != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (decimal->digits == 0) return Number{};
    if (written > 40 || written < -40) return std::nullopt;
    exponent += written;
  }
  if (decimal->digits == 0) return Number{};
  if (exponent > 18 || exponent < -37) return std::nullopt;
  if (exponent == 0) return Number{negative ? -decimal->digits : decimal->digits};
  if (exponent < 0 && exponent >= -18)
    return NumberParts::of_decimal(negative ? -decimal->digits : decimal->digits, -exponent);
  Wide const digits = negative ? -Wide{decimal->digits} : Wide{decimal->digits};
  return exponent >= 0 ? NumberParts::reduce(digits * power_of_ten(exponent), 1)
                       : NumberParts::reduce(digits, power_of_ten(-exponent));
}

std::strong_ordering Number::operator<=>(Number const& other) const {
  Wide const left = Wide{numerator_} * other.denominator_;
  Wide const right = Wide{other.numerator_} * denominator_;
  return left < right   ? std::strong_ordering::less
         : left > right ? std::strong_ordering::greater
                        : std::strong_ordering::equal;
}

std::optional<Number> add(Number const& left, Number const& right) {
  return NumberParts::reduce(
      Wide{left.numerator()} * right.denominator() + Wide{right.numerator()} * left.denominator(),
      Wide{left.denominator()} * right.denominator());
}

std::optional<Number> subtract(Number const& left, Number const& right) {
  return add(left, negate(right));
}

std::optional<Number> multiply(Number const& left, Number const& right) {
  return NumberParts::reduce(Wide{left.numerator()} * right.numerator(),
                             Wide{left.denominator()} * right.denominator());
}

std::optional<Number> divide(Number const& left, Number const& right) {
  return NumberParts::reduce(Wide{left.numerator()} * right.denominator(),
                             Wide{left.denominator()} * right.numerator());
}

Number negate(Number const& number) {
  return *Number::make(-number.numerator(), number.denominator());
}

std::optional<Number> calculate(Operator op, Number const& left, Number const& right) {
  switch (op) {
    case Operator::add:
      return add(left, right);
    case Operator::subtract:
      return subtract(left, right);
    case Operator::multiply:
      return multiply(left, right);
    case Operator::divide:
      return divide(left, right);
  }
  return std::nullopt;
}

std::string to_text(Number const& number, int places) {
  if (number.is_whole()) return std::to_string(number.numerator());
  std::string text = to_fixed_text(number, places);
  if (places > 0) {
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

std::string to_fixed_text(Number const& number, int places) {
  Wide const scaled = scale(number, places);
  std::string text = scaled <= std::numeric_limits<std::int64_t>::max()
                         ? std::to_string(static_cast<std::int64_t>(scaled))
                         : digits_of(scaled);
  if (places > 0) {
    auto const wanted = static_cast<std::size_t>(places) + 1;
    if (text.size() < wanted) text.insert(0, wanted - text.size(), '0');
    text.insert(text.size() - static_cast<std::size_t>(places), ".");
  }
  return number.numerator() < 0 && scaled != 0 ? "-" + text : text;
}

}  // namespace heed
