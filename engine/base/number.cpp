#include "engine/base/number.hpp"

#include <charconv>

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

std::optional<Number> Number::parse(std::string_view text) {
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

std::string to_text(Number const& number, int places) {
  std::string text = to_fixed_text(number, places);
  if (places > 0) {
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

std::string to_fixed_text(Number const& number, int places) {
  Wide const scaled = scale(number, places);
  std::string text = digits_of(scaled);
  if (places > 0) {
    auto const wanted = static_cast<std::size_t>(places) + 1;
    if (text.size() < wanted) text.insert(0, wanted - text.size(), '0');
    text.insert(text.size() - static_cast<std::size_t>(places), ".");
  }
  return number.numerator() < 0 && scaled != 0 ? "-" + text : text;
}

}  // namespace heed
