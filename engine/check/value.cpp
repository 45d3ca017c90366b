#include "engine/check/value.hpp"

#include <algorithm>

#include "engine/base/calendar.hpp"
#include "engine/base/expected.hpp"

namespace heed {
namespace {

bool is_less(bool left, bool right) {
  return !left && right;
}
bool is_less(None, None) {
  return false;
}
bool is_less(Number const& left, Number const& right) {
  return left < right;
}
bool is_less(Money const& left, Money const& right) {
  if (left.currency != right.currency) return code_of(left.currency) < code_of(right.currency);
  return left.amount < right.amount;
}
/// Plain time first, then working time by its calendar's name.
std::string_view calendar_name(Duration const& duration) {
  return duration.calendar ? std::string_view{duration.calendar->name} : std::string_view{};
}
bool is_less(Duration const& left, Duration const& right) {
  if (calendar_name(left) != calendar_name(right))
    return calendar_name(left) < calendar_name(right);
  if (left.days != right.days) return left.days < right.days;
  if (left.months != right.months) return left.months < right.months;
  return left.seconds < right.seconds;
}
bool is_less(Date left, Date right) {
  return left < right;
}
bool is_less(Instant left, Instant right) {
  return left < right;
}
bool is_less(std::string const& left, std::string const& right) {
  return left < right;
}
bool is_less(Chosen left, Chosen right) {
  return left < right;
}
bool is_less(SetValue const& left, SetValue const& right) {
  return std::ranges::lexicographical_compare(
      left.items, right.items,
      [](Scalar const& one, Scalar const& other) { return comes_before(one, other); });
}
bool is_less(ListValue const& left, ListValue const& right);

template <class Variant>
bool variant_is_less(Variant const& left, Variant const& right) {
  if (left.index() != right.index()) return left.index() < right.index();
  return std::visit(
      [&right](auto const& value) {
        return is_less(value, *std::get_if<std::decay_t<decltype(value)>>(&right));
      },
      left);
}

/// An unknown before any value.
bool is_less(std::optional<Value> const& left, std::optional<Value> const& right) {
  if (!left || !right) return right.has_value() && !left;
  return comes_before(*left, *right);
}

bool is_less(ListValue const& left, ListValue const& right) {
  return std::ranges::lexicographical_compare(
      *left.items, *right.items, [](Item const& one, Item const& other) {
        return std::ranges::lexicographical_compare(
            one.fields, other.fields,
            [](auto const& first, auto const& second) { return is_less(first, second); });
      });
}

}  // namespace

bool ListValue::operator==(ListValue const& other) const {
  return items == other.items || *items == *other.items;
}

bool comes_before(Scalar const& left, Scalar const& right) {
  return variant_is_less(left, right);
}
bool comes_before(Value const& left, Value const& right) {
  return variant_is_less(left, right);
}

SetValue make_set(std::vector<Scalar> items) {
  std::ranges::sort(
      items, [](Scalar const& one, Scalar const& other) { return comes_before(one, other); });
  items.erase(std::unique(items.begin(), items.end()), items.end());
  return {std::move(items)};
}

ListValue make_list(std::vector<Item> items) {
  return {std::make_shared<std::vector<Item> const>(std::move(items))};
}

}  // namespace heed
