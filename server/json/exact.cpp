#include "server/json/exact.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>
#include <vector>

#include "server/json/canonical.hpp"
#include "server/json/write.hpp"

namespace heed::json {
namespace {

// Appends one value; false where reading could not give it back, and `out` is then of no use.
class Appender {
 public:
  Appender(std::string& out, Type const& type) : out_{out}, type_{type} {}

  bool operator()(None) {
    out_ += "null";
    return type_.or_none;
  }
  bool operator()(bool truth) {
    out_ += truth ? "true" : "false";
    return true;
  }
  bool operator()(Number const& number);
  bool operator()(Money const& money);
  bool operator()(Duration const& duration);
  bool operator()(Date date) { return append(to_text(date)); }
  bool operator()(Instant at) { return append(Zone::utc().to_text(at)); }
  bool operator()(std::string const& text) { return append(text); }
  bool operator()(Chosen chosen) {
    return append(type_.choice->values[static_cast<std::size_t>(chosen)]);
  }
  bool operator()(ListValue const& list) {
    bool is_exact = true;
    append_each(out_, *list.items, [&](Item const& item) { is_exact = append(item) && is_exact; });
    return is_exact;
  }
  bool operator()(SetValue const& set) {
    bool is_exact = true;
    append_each(out_, set.items,
                [&](Scalar const& item) { is_exact = std::visit(*this, item) && is_exact; });
    return is_exact;
  }

 private:
  bool append(Item const& item);
  bool append(std::string_view text) {
    append_text(out_, text);
    return true;
  }

  std::string& out_;
  Type const& type_;
};

// Unknown fields are left out, members sorted as RFC 8785 has them.
bool Appender::append(Item const& item) {
  auto const& fields = type_.shape->fields;
  if (!type_.shape->is_record()) {
    if (item.fields[0]) return append_exact(out_, *item.fields[0], fields[0].type);
    out_ += "null";
    return true;
  }
  bool is_exact = true;
  std::vector<std::pair<std::string_view, std::string>> members;
  for (std::size_t at = 0; at < item.fields.size(); ++at) {
    if (!item.fields[at]) continue;
    auto& [name, text] = members.emplace_back(fields[at].name, "");
    is_exact = append_exact(text, *item.fields[at], fields[at].type) && is_exact;
  }
  std::sort(members.begin(), members.end(), [](auto const& left, auto const& right) {
    return comes_before(left.first, right.first);
  });
  append_members(out_, members);
  return is_exact;
}

/// Appends a number of few digits, which are then canonical as they are. False for any other.
bool append_short(std::string& out, Number const& number) {
  constexpr std::int64_t exact = 1'000'000'000'000'000;  // 15 digits: few enough for a double
  constexpr int places_max = 6;                          // beyond, small ones have an exponent
  std::int64_t scale = 1;
  int places = 0;
  for (; scale % number.denominator() != 0; scale *= 10)
    if (++places > places_max) return false;
  auto const magnitude = std::abs(number.numerator());
  auto const factor = scale / number.denominator();
  if (magnitude >= exact / factor) return false;
  if (number.numerator() < 0) out += '-';
  auto const whole = magnitude * factor / scale;
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, whole).ptr);
  if (places == 0) return true;
  // The one before the digits keeps their zeros, and gives its place to the point.
  auto const behind = scale + magnitude * factor % scale;
  auto const from = out.size();
  out.append(digits, std::to_chars(digits, digits + sizeof digits, behind).ptr);
  out[from] = '.';
  return true;
}

bool Appender::operator()(Number const& number) {
  if (append_short(out_, number)) return true;
  std::string decimal;
  append_canonical_number(decimal, to_text(number, 18));
  if (Number::parse(decimal) == number) {
    out_ += decimal;
    return true;
  }
  out_ += R"({"fraction":)";
  append_text(out_,
              std::to_string(number.numerator()) + '/' + std::to_string(number.denominator()));
  out_ += '}';
  return true;
}

bool Appender::operator()(Money const& money) {
  auto const amount = amount_text(money);
  out_ += R"({"amount":)";
  append_text(out_, amount);
  out_ += R"(,"currency":)";
  append_text(out_, code_of(money.currency));
  out_ += '}';
  return Number::parse(amount) == money.amount;
}

bool Appender::operator()(Duration const& duration) {
  auto const text = to_text(duration);
  append_text(out_, text);
  return parse_iso_duration(text) == duration;
}

}  // namespace

bool append_exact(std::string& out, Value const& value, Type const& type) {
  return std::visit(Appender{out, type}, value);
}

}  // namespace heed::json
