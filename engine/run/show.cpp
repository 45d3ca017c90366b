#include <array>
#include <charconv>

#include "engine/base/expected.hpp"
#include "engine/run/lent.hpp"

namespace heed {
namespace lent {
namespace {

Shown show_set(SetValue const& set, Type const& type, Zone const& zone, Room& room) {
  auto item_type = type;
  item_type.kind = type.element;
  Growing<Shown> items{room};
  for (auto const& item : set.items) {
    items.push_back(std::visit(
        overloaded{
            [](std::string const& text) { return Shown{std::string_view{text}}; },
            [&](auto const& scalar) { return show(Value{scalar}, item_type, zone, room); },
        },
        item));
  }
  return {items.list()};
}

/// A record shows as the list of its fields: decisions hold no lists but in explanations.
Shown show_list(ListValue const& list, Type const& type, Zone const& zone, Room& room) {
  Growing<Shown> items{room};
  for (auto const& item : *list.items) {
    Growing<Shown> fields{room};
    for (std::size_t at = 0; at < item.fields.size(); ++at) {
      auto const& field = item.fields[at];
      fields.push_back(field ? show(*field, type.shape->fields[at].type, zone, room) : Shown{});
    }
    items.push_back(type.shape->is_record() ? Shown{fields.list()} : fields[0]);
  }
  return {items.list()};
}

Shown show_number(Number const& number, Room& room) {
  if (!number.is_whole()) return {Shown::Decimal{room.keep(to_text(number))}};
  std::array<char, 24> text;
  auto const* end = std::to_chars(text.data(), text.data() + text.size(), number.numerator()).ptr;
  return {Shown::Decimal{room.keep({text.data(), end})}};
}

/// A sum over nothing is in the currency that is asked for.
Shown show_money(Money money, Type const& type, Room& room) {
  if (money.currency == no_currency && type.currency) money.currency = *type.currency;
  return {Shown::Amount{room.keep(amount_text(money)), code_of(money.currency)}};
}

}  // namespace

Shown show(Value const& value, Type const& type, Zone const& zone, Room& room) {
  auto const keep = [&room](std::string const& text) { return Shown{room.keep(text)}; };
  return std::visit(
      overloaded{
          [](None none) { return Shown{none}; },
          [](bool truth) { return Shown{truth}; },
          [&](Number const& number) { return show_number(number, room); },
          [&](Money const& money) { return show_money(money, type, room); },
          [&](Duration const& duration) {
            return duration == never ? Shown{} : keep(to_text(duration));
          },
          [&](Date date) { return keep(to_text(date)); },
          [&](Instant at) { return keep(zone.to_text(at)); },
          [](std::string const& text) { return Shown{std::string_view{text}}; },
          [&](Chosen chosen) {
            auto const known = type.choice && index(chosen) < type.choice->values.size();
            return known ? Shown{std::string_view{type.choice->values[index(chosen)]}} : Shown{};
          },
          [&](SetValue const& set) { return show_set(set, type, zone, room); },
          [&](ListValue const& list) { return show_list(list, type, zone, room); },
      },
      value);
}

}  // namespace lent

Shown show(std::optional<Value> const& value, Type const& type, Zone const& zone) {
  if (!value) return {};
  Room room;
  return own(lent::show(*value, type, zone, room));
}

}  // namespace heed
