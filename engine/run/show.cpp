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

/// A record shows as the list of its fields: decisions hold no lists but in explanations.
Shown show_list(ListValue const& list, Type const& type, Zone const& zone) {
  std::vector<Shown> items;
  for (auto const& item : *list.items) {
    std::vector<Shown> fields;
    for (std::size_t at = 0; at < item.fields.size(); ++at)
      fields.push_back(show(item.fields[at], type.shape->fields[at].type, zone));
    items.push_back(type.shape->is_record() ? Shown{std::move(fields)} : fields.front());
  }
  return {std::move(items)};
}

/// A sum over nothing is in the currency that is asked for.
Shown show_money(Money money, Type const& type) {
  if (money.currency == no_currency && type.currency) money.currency = *type.currency;
  return {Shown::Amount{amount_text(money), std::string{code_of(money.currency)}}};
}

Shown show_value(Value const& value, Type const& type, Zone const& zone) {
  return std::visit(overloaded{
                        [](None) { return Shown{}; },
                        [](bool truth) { return Shown{truth}; },
                        [](Number const& number) { return Shown{Shown::Decimal{to_text(number)}}; },
                        [&](Money const& money) { return show_money(money, type); },
                        [](Duration const& duration) {
                          return duration == never ? Shown{} : Shown{to_text(duration)};
                        },
                        [](Date date) { return Shown{to_text(date)}; },
                        [&](Instant at) { return Shown{zone.to_text(at)}; },
                        [](std::string const& text) { return Shown{text}; },
                        [&](Chosen chosen) {
                          auto const known =
                              type.choice && index(chosen) < type.choice->values.size();
                          return known ? Shown{type.choice->values[index(chosen)]} : Shown{};
                        },
                        [&](SetValue const& set) { return show_set(set, type, zone); },
                        [&](ListValue const& list) { return show_list(list, type, zone); },
                    },
                    value);
}

}  // namespace

Shown show(std::optional<Value> const& value, Type const& type, Zone const& zone) {
  return value ? show_value(*value, type, zone) : Shown{};
}

}  // namespace heed
