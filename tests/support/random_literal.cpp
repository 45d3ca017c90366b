#include "tests/support/random_expressions.hpp"

namespace heed::support {

namespace {

using Texts = std::vector<std::string>;

std::string random_money(Chance& chance, TypeText const& type) {
  auto const currency =
      type.currency.empty() ? chance.pick(Texts{"ILS", "ILS", "ILS", "USD"}) : type.currency;
  return chance.pick(Texts{"0", "1", "2", "2.5", "10", "0.35"}) + " " + currency;
}

}  // namespace

std::string random_literal(Chance& chance, TypeText const& type) {
  static Texts const durations{"0 hours", "1 hour", "4 hours",    "30 minutes", "1 day",
                               "2 days",  "1 week", "90 seconds", "1 month",    "1 year"};
  static Texts const dates{"2026-11-21", "2026-11-22", "2026-11-23", "2026-10-31", "2024-02-29"};
  static Texts const times{"2026-11-22T09:00+02:00", "2026-11-22T10:00Z", "2026-11-21T23:30+02:00",
                           "2026-10-25T01:30+03:00"};
  switch (type.kind) {
    case Kind::truth:
      return chance.percent(50) ? "yes" : "no";
    case Kind::whole:
      return std::to_string(chance.below(6));
    case Kind::number:
      return chance.pick(Texts{"0", "1", "2", "0.5", "15%", "3", "4", "1.25"});
    case Kind::money:
      return random_money(chance, type);
    case Kind::duration:
      return chance.pick(durations);
    case Kind::date:
      return chance.pick(dates);
    case Kind::time:
      return chance.pick(times);
    case Kind::text:
      return chance.pick(Texts{"\"alpha\"", "\"beta\"", "\"\"", "\"שלום\""});
    case Kind::choice:
      return chance.pick(type.values);
    case Kind::set:
    case Kind::list:
      break;
  }
  return "";  // sets and lists have no literal
}

}  // namespace heed::support
