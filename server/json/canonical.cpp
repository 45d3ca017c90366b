#include "server/json/canonical.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "server/json/write.hpp"

namespace heed::json {
namespace {

// Code points beyond U+FFFF are two surrogates in UTF-16 and so stand before U+E000 to U+FFFF; in
// UTF-8 they stand behind. Only the first bytes of such code points change places.
unsigned rank_of(char letter) {
  auto const byte = static_cast<unsigned char>(letter);
  if (byte >= 0xF0u) return byte - 0xF0u + 0xEEu;
  return byte >= 0xEEu ? byte + 8u : byte;
}

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

// `digits` with the point behind `point` digits, as ECMAScript's Number::toString lays it out.
void lay_out(std::string& out, std::string_view digits, int point) {
  auto const size = static_cast<int>(digits.size());
  if (point > 21 || point <= -6) {
    int const exponent = point - 1;
    out += digits[0];
    if (size > 1) out += '.';
    out += digits.substr(1);
    out += exponent < 0 ? "e-" : "e+";
    out += std::to_string(std::abs(exponent));
  } else if (point <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-point), '0');
    out += digits;
  } else if (size <= point) {
    out += digits;
    out.append(static_cast<std::size_t>(point - size), '0');
  } else {
    out += digits.substr(0, static_cast<std::size_t>(point));
    out += '.';
    out += digits.substr(static_cast<std::size_t>(point));
  }
}

}  // namespace

void append_canonical_number(std::string& out, std::string_view number) {
  double value = 0;  // stays so where the number is too small for a double
  std::from_chars(number.data(), number.data() + number.size(), value);
  if (value == 0) {
    out += '0';
    return;
  }
  if (value < 0) out += '-';
  char buffer[32];
  auto const [end, error] =
      std::to_chars(buffer, buffer + sizeof buffer, std::abs(value), std::chars_format::scientific);
  ensure(error == std::errc{});
  std::string_view const text{buffer, static_cast<std::size_t>(end - buffer)};
  auto const e = text.find('e');
  std::string digits{text.substr(0, 1)};
  if (e > 2) digits += text.substr(2, e - 2);
  int exponent = 0;
  auto const from = text.data() + e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(from, text.data() + text.size(), exponent);
  lay_out(out, digits, exponent + 1);
}

bool is_canonical_number(std::string_view number) {
  constexpr std::size_t exact_digits = 15, zeros_max = 5;
  if (number == "-0") return false;
  if (number.starts_with('-')) number.remove_prefix(1);
  if (number.empty() || number == "0" || !is_digit(number[0])) return number == "0";
  auto const point = std::min(number.find('.'), number.size());
  bool const is_whole = point == number.size();
  if (number.size() > exact_digits || (number[0] == '0' && point > 1)) return false;
  if (!std::ranges::all_of(number.substr(0, point), is_digit)) return false;
  if (is_whole) return true;
  auto const behind = number.substr(point + 1);
  return !behind.empty() && std::ranges::all_of(behind, is_digit) && behind.back() != '0' &&
         (number[0] != '0' || behind.find_first_not_of('0') <= zeros_max);
}

bool comes_before(std::string_view left, std::string_view right) {
  return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end(),
                                      [](char a, char b) { return rank_of(a) < rank_of(b); });
}

void append_canonical(std::string& out, Node const& node) {
  switch (node.form) {
    case Node::Form::null:
      out += "null";
      return;
    case Node::Form::truth:
      out += node.truth ? "true" : "false";
      return;
    case Node::Form::number:
      append_canonical_number(out, node.text);
      return;
    case Node::Form::text:
      append_text(out, node.text);
      return;
    case Node::Form::list:
      append_each(out, node.items, [&](Node const& item) { append_canonical(out, item); });
      return;
    case Node::Form::object:
      break;
  }
  std::vector<Node const*> members(node.items.size());
  std::transform(node.items.begin(), node.items.end(), members.begin(),
                 [](Node const& member) { return &member; });
  std::sort(members.begin(), members.end(),
            [](auto* left, auto* right) { return comes_before(left->name, right->name); });
  out += '{';
  for (auto const* member : members) {
    if (member != members.front()) out += ',';
    append_text(out, member->name);
    out += ':';
    append_canonical(out, *member);
  }
  out += '}';
}

Expected<std::string, DocumentError> canonical(std::string_view json, std::size_t bytes_max) {
  auto const document = read_document(json, bytes_max);
  if (!document) return Failure<DocumentError>{document.error()};
  std::string out;
  out.reserve(json.size());
  append_canonical(out, document.value());
  return out;
}

}  // namespace heed::json
