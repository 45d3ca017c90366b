#pragma once
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/advisor.hpp"

/// A small vocabulary with a fact of every type, made by hand: what reading JSON is tested against.
namespace heed::testing {

inline Type type_of(Kind kind, bool or_none = false) {
  Type type;
  type.kind = kind;
  type.or_none = or_none;
  return type;
}

inline Type choice_of(std::vector<std::string> values, bool ordered = false) {
  Type type = type_of(Kind::choice);
  type.choice = std::make_shared<Choice const>(Choice{std::move(values), ordered});
  return type;
}

inline Type money_in(std::string_view currency, bool cents = false) {
  Type type = type_of(Kind::money);
  type.currency = find_currency(currency);
  type.cents = cents;
  return type;
}

inline Type set_of(Kind element) {
  Type type = type_of(Kind::set);
  type.element = element;
  return type;
}

inline Type set_of(Type choice) {
  choice.element = Kind::choice;
  choice.kind = Kind::set;
  return choice;
}

inline Type list_of(std::vector<Shape::Field> fields) {
  Type type = type_of(Kind::list);
  type.shape = std::make_shared<Shape const>(Shape{std::move(fields)});
  return type;
}

inline Fact fact_of(std::string name, Type type, std::optional<Value> otherwise = {}) {
  Fact fact;
  fact.name = std::move(name);
  fact.type = std::move(type);
  fact.otherwise = std::move(otherwise);
  return fact;
}

inline std::vector<Fact> small_facts() {
  Type plan = choice_of({"home", "business"});
  plan.or_none = true;
  std::vector<Fact> facts{
      fact_of("agent.message", type_of(Kind::text)),
      fact_of("case.amount", type_of(Kind::money)),
      fact_of("case.contacts", type_of(Kind::whole)),
      fact_of("case.delay", type_of(Kind::duration)),
      fact_of("case.discounts", set_of(Kind::number)),
      fact_of("case.promised_on", type_of(Kind::time)),
      fact_of("case.share", type_of(Kind::number)),
      fact_of("case.tags", set_of(Kind::text)),
      fact_of("customer.captive", type_of(Kind::truth)),
      fact_of("customer.language", choice_of({"en", "he", "default"}), Value{Chosen{1}}),
      fact_of("customer.plan", plan),
      fact_of("customer.tier", choice_of({"standard", "silver", "gold"}, true)),
      fact_of("customer.wishes", set_of(choice_of({"refund", "repair", "apology"}))),
      fact_of("order.fee", money_in("JPY")),
      fact_of("order.price", money_in("USD")),
      fact_of("order.shipping", money_in("USD", true)),
      fact_of("policy.cancelled_on", type_of(Kind::date)),
      fact_of("policy.ends_on", type_of(Kind::date, true)),
      fact_of("לקוח.שם", type_of(Kind::text)),
      fact_of("order.codes", list_of({{"", type_of(Kind::number)}})),
      fact_of("order.items",
              list_of({{"delivered", type_of(Kind::truth)},
                       {"parts", list_of({{"name", type_of(Kind::text)}, {"plan", plan}})},
                       {"price", money_in("USD")},
                       {"sku", type_of(Kind::text)}})),
  };
  facts[11].title = {{"en", "Customer tier"}, {"he", "דרג הלקוח"}};
  facts[8].ask = {{"en", "Can the customer go elsewhere?"}, {"he", "יש ללקוח חלופה?"}};
  std::sort(facts.begin(), facts.end(), [](auto& a, auto& b) { return a.name < b.name; });
  return facts;
}

/// Facts of every type, the events `contact` and `fault`, times in Asia/Jerusalem.
inline RuleSet small_rules() {
  RuleSet rules;
  auto& policy = rules.policy;
  policy.name = "small";
  policy.title = {{"en", "A small policy"}, {"he", "מדיניות קטנה"}};
  policy.languages = {"en", "he"};
  policy.zone = Zone::find("Asia/Jerusalem").value_or(Zone::utc());
  policy.facts = small_facts();
  policy.events = {
      {"contact", {}, {{"channel", choice_of({"phone", "web"}), Parameter::Join::none}}},
      {"fault",
       {},
       {{"cost", type_of(Kind::money), Parameter::Join::none},
        {"product", type_of(Kind::text), Parameter::Join::none}}},
  };
  rules.revision = "0123";
  return rules;
}

inline FactId id_of(RuleSet const& rules, std::string_view name) {
  auto const& facts = rules.policy.facts;
  auto const fact =
      std::find_if(facts.begin(), facts.end(), [&](Fact const& f) { return f.name == name; });
  ensure(fact != facts.end());
  return FactId{static_cast<std::uint32_t>(fact - facts.begin())};
}

inline std::optional<Value> const& value_of(RuleSet const& rules, Case const& subject,
                                            std::string_view name) {
  return subject.facts[static_cast<std::size_t>(id_of(rules, name))];
}

}  // namespace heed::testing
