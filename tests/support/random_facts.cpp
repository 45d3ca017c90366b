#include "tests/support/random_facts.hpp"

#include "engine/base/expected.hpp"

namespace heed::support {

namespace {

using Texts = std::vector<std::string>;

Number random_number(Chance& chance) {
  static Texts const numbers{"0", "1", "2", "0.5", "3", "4", "-1", "1.25", "0.333333", "100"};
  return *Number::parse(chance.pick(numbers));
}

Money random_money(Chance& chance, Type const& type) {
  static Texts const amounts{"0", "1", "2", "2.50", "10", "-3", "0.35", "200.01"};
  auto const currency = type.currency.value_or(*find_currency(chance.percent(75) ? "ILS" : "USD"));
  return {*Number::parse(chance.pick(amounts)), currency};
}

Duration random_duration(Chance& chance) {
  static std::vector<std::int64_t> const seconds{0,     90,     1800,   3600,    14400,
                                                 86400, 172800, 604800, 5184000, 31536000};
  return {0, Number{chance.pick(seconds)}};
}

Instant random_instant(Chance& chance, Zone const& zone) {
  static Texts const times{"2026-11-22T09:00:00+02:00",   "2026-11-22T12:00:00+02:00",
                           "2026-11-21T23:30:00+02:00",   "2026-11-23T00:00:00+02:00",
                           "2026-10-25T01:30:00+03:00",   "2026-03-27T02:30:00+02:00",
                           "2026-10-24T22:30:00.250000Z", "2024-02-29T12:00:00Z"};
  return *zone.parse(chance.pick(times));
}

std::string random_text(Chance& chance) {
  static Texts const pieces{"alpha",
                            "beta",
                            "It is NOT my fault",
                            "not  my\tfault",
                            "You should have looked",
                            "refund",
                            "refund",
                            "no no no",
                            "No refund",
                            "rock ’n’ roll",
                            "broken",
                            "unbroken",
                            "לא אשמתי",
                            "ולא אשמתי",
                            "לֹא אַשְׁמָתִי",
                            "הוא אמר שזה לא אשמתי",
                            "שכשאשמתי",
                            "ﬁne",
                            "BROKEN",
                            "כסף  בחזרה",
                            "חשבונות",
                            "החשבון",
                            "שלום",
                            "🙂"};
  auto text = chance.pick(pieces);
  for (std::size_t i = chance.below(4); i > 0; --i) {
    text += chance.pick(Texts{" ", ", ", ". ", "-", "\n", " "}) + chance.pick(pieces);
  }
  return text;
}

std::string random_word(Chance& chance) {
  return chance.pick(Texts{"alpha", "beta", "", "שלום"});
}

Type element_of(Type const& set) {
  auto item = set;
  item.kind = set.element;
  return item;
}

SetValue random_set(Chance& chance, Type const& type, Zone const& zone) {
  std::vector<Scalar> items;
  for (std::size_t i = chance.below(4); i > 0; --i) {
    auto const value = random_fact_value(chance, element_of(type), zone);
    std::visit(
        [&]<class T>(T const& held) {
          if constexpr (!std::is_same_v<T, None> && !std::is_same_v<T, SetValue> &&
                        !std::is_same_v<T, ListValue>) {
            items.emplace_back(held);
          }
        },
        value);
  }
  return make_set(std::move(items));
}

/// Some fields of some items are unknown.
ListValue random_list(Chance& chance, Shape const& shape, Zone const& zone) {
  auto const unknown = chance.pick(std::vector<std::uint64_t>{0, 0, 15, 40});
  std::vector<Item> items;
  for (std::size_t i = chance.below(4); i > 0; --i) {
    auto& item = items.emplace_back();
    for (auto const& field : shape.fields) {
      auto value = random_fact_value(chance, field.type, zone);
      bool const is_unknown = chance.percent(unknown);
      item.fields.push_back(is_unknown ? std::nullopt : std::optional{std::move(value)});
    }
  }
  return make_list(std::move(items));
}

std::string written(Policy const& policy, Value const& value, Type const& type);

std::string written(Policy const& policy, ListValue const& list, Shape const& shape) {
  std::string text = "[";
  for (auto const& item : *list.items) {
    text += "{";
    for (std::size_t i = 0; i < item.fields.size(); ++i) {
      auto const& field = shape.fields[i];
      text += field.name + ": " +
              (item.fields[i] ? written(policy, *item.fields[i], field.type) : "unknown") + ", ";
    }
    text += "} ";
  }
  return text + "]";
}

std::string written(Policy const& policy, Value const& value, Type const& type) {
  return std::visit(
      overloaded{
          [](None) { return std::string{"none"}; },
          [](bool it) { return std::string{it ? "yes" : "no"}; },
          [](Number const& it) { return to_text(it); },
          [](Money const& it) { return amount_text(it) + " " + std::string{code_of(it.currency)}; },
          [](Duration const& it) { return to_text(it); },
          [](Date it) { return to_text(it); },
          [&](Instant it) { return policy.zone.to_text(it); },
          [](std::string const& it) { return "\"" + it + "\""; },
          [&](Chosen it) { return type.choice->values[static_cast<std::uint32_t>(it)]; },
          [&](SetValue const& it) {
            std::string text = "{";
            for (auto const& item : it.items) {
              auto const one = std::visit([](auto const& held) { return Value{held}; }, item);
              text += written(policy, one, type) + " ";
            }
            return text + "}";
          },
          [&](ListValue const& it) { return written(policy, it, *type.shape); },
      },
      value);
}

}  // namespace

Value random_fact_value(Chance& chance, Type const& type, Zone const& zone) {
  if (type.or_none && chance.percent(30)) return None{};
  switch (type.kind) {
    case Kind::truth:
      return chance.percent(50);
    case Kind::whole:
      return Number{chance.between(-1, 6)};
    case Kind::number:
      return random_number(chance);
    case Kind::money:
      return random_money(chance, type);
    case Kind::duration:
      return random_duration(chance);
    case Kind::date:
      return zone.date_of(random_instant(chance, zone));
    case Kind::time:
      return random_instant(chance, zone);
    case Kind::text:
      return chance.percent(30) ? random_word(chance) : random_text(chance);
    case Kind::choice:
      return Chosen{static_cast<std::uint32_t>(chance.below(type.choice->values.size()))};
    case Kind::set:
      return random_set(chance, type, zone);
    case Kind::list:
      return random_list(chance, *type.shape, zone);
  }
  return None{};
}

Value random_answer(Chance& chance, std::optional<Value> const& known, Type const& type,
                    Zone const& zone) {
  auto other = random_fact_value(chance, type, zone);
  if (!known) return other;
  auto const* list = std::get_if<ListValue>(&*known);
  if (!list) return *known;
  auto items = *list->items;
  for (auto& item : items) {
    for (std::size_t i = 0; i < item.fields.size(); ++i)
      item.fields[i] = random_answer(chance, item.fields[i], type.shape->fields[i].type, zone);
  }
  return make_list(std::move(items));
}

namespace {

std::vector<Happened> random_history(Chance& chance, Policy const& policy, Instant now,
                                     std::uint64_t unknown) {
  static std::vector<std::int64_t> const ago_s{0,      60,      3'600,   86'400,    172'800,
                                               86'399, 604'800, 604'801, 2'678'400, -3'600};
  std::vector<Happened> history;
  if (policy.events.empty()) return history;
  for (std::size_t left = chance.below(6); left > 0; --left) {
    auto const id = static_cast<std::uint32_t>(chance.below(policy.events.size()));
    auto const ago_us = chance.pick(ago_s) * 1'000'000;
    Happened happened{EventId{id}, Instant{now.micros - ago_us}, {}};
    auto const& fields = policy.events[id].fields;
    for (std::uint32_t i = 0; i < fields.size(); ++i) {
      auto value = random_fact_value(chance, fields[i].type, policy.zone);
      if (!chance.percent(unknown)) happened.fields.emplace_back(i, std::move(value));
    }
    history.push_back(std::move(happened));
  }
  return history;
}

}  // namespace

RandomCase random_case(Policy const& policy, std::uint64_t seed) {
  Chance chance{seed};
  static std::vector<std::uint64_t> const unknown{0, 20, 40, 60, 80, 100};
  auto const rate = chance.pick(unknown);
  RandomCase subject;
  for (auto const& fact : policy.facts) {
    auto value = random_fact_value(chance, fact.type, policy.zone);
    bool const is_unknown = chance.percent(rate);
    subject.facts.push_back(is_unknown ? std::nullopt : std::optional{std::move(value)});
  }
  subject.now = random_instant(chance, policy.zone);
  subject.history = random_history(chance, policy, subject.now, rate / 2);
  subject.of_others = random_history(chance, policy, subject.now, rate / 2);
  return subject;
}

namespace {

std::string describe(Policy const& policy, Happened const& happened) {
  auto const& event = policy.events[index(happened.event)];
  auto text = event.name + " at " + policy.zone.to_text(happened.at);
  for (auto const& [field, value] : happened.fields)
    text +=
        ", " + event.fields[field].name + ": " + written(policy, value, event.fields[field].type);
  return text + "\n";
}

}  // namespace

std::string describe(Policy const& policy, RandomCase const& subject) {
  auto text = "now is " + policy.zone.to_text(subject.now) + "\n";
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    auto const& value = subject.facts[i];
    auto const& fact = policy.facts[i];
    text += fact.name + ": " + (value ? written(policy, *value, fact.type) : "unknown") + "\n";
  }
  for (auto const& event : subject.history) text += describe(policy, event);
  for (auto const& event : subject.of_others) text += "another's " + describe(policy, event);
  return text;
}

}  // namespace heed::support
