#include "engine/base/expected.hpp"
#include "tests/support/oracle_plan.hpp"

namespace heed::oracle {

Shown show_value(std::optional<Value> const& value, Type const& type, Zone const& zone) {
  if (!value) return {};
  return std::visit(
      overloaded{
          [](None) { return Shown{}; }, [](bool it) { return Shown{it}; },
          [](Number const& it) { return Shown{Shown::Decimal{to_text(it)}}; },
          [&](Money it) {
            if (it.currency == no_currency && type.currency) it.currency = *type.currency;
            return Shown{Shown::Amount{amount_text(it), std::string{code_of(it.currency)}}};
          },
          [](Duration const& it) { return it == never ? Shown{} : Shown{to_text(it)}; },
          [](Date it) { return Shown{to_text(it)}; },
          [&](Instant it) { return Shown{zone.to_text(it)}; },
          [](std::string const& it) { return Shown{it}; },
          [&](Chosen it) { return Shown{type.choice->values[static_cast<std::uint32_t>(it)]}; },
          [&](SetValue const& it) {
            std::vector<Shown> items;
            for (auto const& item : it.items) {
              auto const one = std::visit([](auto const& held) { return Value{held}; }, item);
              items.push_back(show_value(one, type, zone));
            }
            return Shown{std::move(items)};
          },
          [](ListValue const&) { return Shown{}; },  // no decision holds a list
      },
      *value);
}

}  // namespace heed::oracle
