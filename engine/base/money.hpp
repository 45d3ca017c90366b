#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/number.hpp"

/// Amounts of money in a currency of ISO 4217.
namespace heed {

/// A currency of ISO 4217: an index into its table.
enum class Currency : std::uint16_t {};

/// `ILS`. Nothing where ISO 4217 has no such active code.
std::optional<Currency> find_currency(std::string_view code);
std::string_view code_of(Currency currency);
/// How many decimal places its minor unit has: 2 for ILS, 0 for JPY, 3 for KWD.
int minor_places_of(Currency currency);

/// What an amount of nothing is in, such as a sum over no items: it stands beside any currency.
/// Code `XXX`, which ISO 4217 has for that; find_currency does not find it.
constexpr Currency no_currency{0xFFFF};

/// An amount in major units (shekels, not agorot); exact, so it may be finer than the minor unit
/// within a computation.
struct Money {
  Number amount;
  Currency currency{};
  bool operator==(Money const&) const = default;
};

/// Whether two amounts are of one currency, or one of them is nothing in no currency.
bool stand_together(Money const& left, Money const& right);

/// `120.00`: rounded to the minor unit, half away from zero.
std::string amount_text(Money const& money);

}  // namespace heed
