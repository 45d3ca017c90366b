#pragma once
#include <rapidcheck.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/advisor.hpp"

/// Cases made at random from a policy's vocabulary, as rapidcheck wants them.
namespace heed::testing {

inline rc::Gen<std::string> gen_text() {
  return rc::gen::container<std::string>(rc::gen::elementOf(std::string{"ab \"\\\n\t\x01/~.-0"}));
}

inline rc::Gen<Number> gen_number() {
  return rc::gen::map(
      rc::gen::pair(
          rc::gen::inRange<std::int64_t>(-1'000'000'000'000'000'000, 1'000'000'000'000'000'000),
          rc::gen::element<std::int64_t>(1, 2, 3, 8, 1000, 999'999'999'999'999'999)),
      [](auto const& parts) { return Number::make(parts.first, parts.second).value_or(Number{}); });
}

inline rc::Gen<Instant> gen_instant() {
  return rc::gen::map(
      rc::gen::inRange<std::int64_t>(-60'000'000'000'000'000, 250'000'000'000'000'000),
      [](std::int64_t micros) { return Instant{micros}; });
}

inline Money random_money(Type const& type) {
  auto const codes = std::vector<std::string>{"ILS", "USD", "JPY", "KWD"};
  auto const currency =
      type.currency.value_or(find_currency(*rc::gen::elementOf(codes)).value_or(Currency{}));
  std::int64_t unit = 1;
  for (int i = 0; i < minor_places_of(currency); ++i) unit *= 10;
  auto const minor = *rc::gen::inRange<std::int64_t>(-99'999'999'999, 99'999'999'999);
  return {Number::make(minor, unit).value_or(Number{}), currency};
}

inline Scalar random_scalar(Kind kind, Type const& type) {
  switch (kind) {
    case Kind::truth:
      return *rc::gen::arbitrary<bool>();
    case Kind::whole:
      return Number{
          *rc::gen::inRange<std::int64_t>(-1'000'000'000'000'000'000, 1'000'000'000'000'000'000)};
    case Kind::number:
      return *gen_number();
    case Kind::money:
      return random_money(type);
    case Kind::duration: {
      auto const micros =
          *rc::gen::inRange<std::int64_t>(-100'000'000'000'000, 100'000'000'000'000);
      return Duration{0, Number::make(micros, 1'000'000).value_or(Number{})};
    }
    case Kind::date:
      return Date{*rc::gen::inRange<std::int32_t>(-700'000, 2'900'000)};
    case Kind::time:
      return *gen_instant();
    case Kind::choice:
      return Chosen{*rc::gen::inRange<std::uint32_t>(
          0, static_cast<std::uint32_t>(type.choice->values.size()))};
    case Kind::text:
    case Kind::set:
    case Kind::list:
      break;
  }
  return *gen_text();
}

inline std::optional<Value> random_value(Type const& type);

/// A single value among values is never unknown where it may be none: JSON has one null for both.
inline Value random_list(Type const& type) {
  std::vector<Item> items;
  for (int left = *rc::gen::inRange(0, 4); left > 0; --left) {
    auto& item = items.emplace_back();
    for (auto const& field : type.shape->fields) item.fields.push_back(random_value(field.type));
  }
  return make_list(std::move(items));
}

inline std::optional<Value> random_value(Type const& type) {
  auto const luck = *rc::gen::inRange(0, 4);
  if (luck == 0) return std::nullopt;
  if (luck == 1 && type.or_none) return None{};
  if (type.kind == Kind::list) return random_list(type);
  if (type.kind != Kind::set)
    return std::visit([](auto const& item) { return Value{item}; }, random_scalar(type.kind, type));
  std::vector<Scalar> items;
  for (int left = *rc::gen::inRange(0, 4); left > 0; --left) {
    items.push_back(random_scalar(type.element, type));
  }
  return Value{make_set(std::move(items))};
}

inline Case random_case(RuleSet const& rules) {
  Case subject;
  subject.subject = *gen_text();
  for (auto const& fact : rules.policy.facts) {
    auto value = random_value(fact.type);
    subject.facts.push_back(value ? std::move(value) : fact.otherwise);
  }
  int const events = rules.policy.events.empty() ? 0 : *rc::gen::inRange(0, 3);
  for (int left = events; left > 0; --left) {
    auto const id =
        *rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(rules.policy.events.size()));
    Happened happened{EventId{id}, *gen_instant(), {}};
    auto const& fields = rules.policy.events[id].fields;
    for (std::uint32_t i = 0; i < fields.size(); ++i) {
      auto value = random_value(fields[i].type);
      if (value) happened.fields.emplace_back(i, std::move(*value));
    }
    subject.history.push_back(std::move(happened));
  }
  if (*rc::gen::arbitrary<bool>()) subject.ignored = {"/facts/a~1b", "/x"};
  return subject;
}

}  // namespace heed::testing
