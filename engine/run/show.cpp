#include "engine/base/expected.hpp"
#include "engine/run/decision.hpp"

namespace heed {
namespace {

Shown show_value(Value const& value, Type const& type, Zone const& zone);

Shown show_set(SetValue const& set, Type const& type, Zone const& zone) {
  auto item_type = type;
  item_type.kind = type.element;
  std::vector<Shown> items;
  for (auto const& item : set.items) {
    items.push_back(std::visit(
        [&](auto const& scalar) { return show_value(Value{scalar}, item_type, zone); }, item));
  }
  return {std::move(items)};
}

Shown show_value(Value const& value, Type const& type, Zone const& zone) {
  return std::visit(
      overloaded{
          [](None) { return Shown{}; },
          [](bool truth) { return Shown{truth}; },
          [](Number const& number) { return Shown{Shown::Decimal{to_text(number)}}; },
          [](Money const& money) {
            return Shown{Shown::Amount{amount_text(money), std::string{code_of(money.currency)}}};
          },
          [](Duration const& duration) { return Shown{to_text(duration)}; },
          [](Date date) { return Shown{to_text(date)}; },
          [&](Instant at) { return Shown{zone.to_text(at)}; },
          [](std::string const& text) { return Shown{text}; },
          [&](Chosen chosen) {
            auto const known = type.choice && index(chosen) < type.choice->values.size();
            return known ? Shown{type.choice->values[index(chosen)]} : Shown{};
          },
          [&](SetValue const& set) { return show_set(set, type, zone); },
      },
      value);
}

}  // namespace

Shown show(std::optional<Value> const& value, Type const& type, Zone const& zone) {
  return value ? show_value(*value, type, zone) : Shown{};
}

}  // namespace heed
