#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "server/json/canonical.hpp"
#include "server/json/case.hpp"
#include "server/json/resolved.hpp"
#include "tests/support/small_policy.hpp"

namespace heed::json {
namespace {

using namespace heed::testing;

bool same(Case const& left, Case const& right) {
  auto const same_event = [](Happened const& a, Happened const& b) {
    return a.event == b.event && a.at == b.at && a.fields == b.fields;
  };
  return left.subject == right.subject && left.facts == right.facts &&
         left.ignored == right.ignored &&
         std::equal(left.history.begin(), left.history.end(), right.history.begin(),
                    right.history.end(), same_event);
}

TEST(ResolvedCase, is_canonical_and_holds_all_that_was_known) {
  auto const rules = small_rules();
  auto const subject = read_case(rules, R"({
    "subject": "c-1", "more": 1, "facts": {"order.price": 19.9, "case": {"share": 0.10,
      "delay": "90 minutes", "tags": ["b", "a"], "promised_on": "2026-11-22"},
      "customer": {"plan": null, "wishes": ["repair"]}},
    "history": [{"event": "fault", "at": "2026-11-01T00:00:00.5Z", "cost": "1.5 ILS"}]})");
  ASSERT_TRUE(subject);
  auto const now = rules.policy.zone.parse("2026-11-22T10:15:00+02:00");
  auto const text = resolved_case(rules, subject.value(), now.value_or(Instant{}));
  EXPECT_EQ(text, R"({"at":"2026-11-22T08:15:00Z","facts":{"case.delay":"PT1H30M",)"
                  R"("case.promised_on":"2026-11-21T22:00:00Z","case.share":0.1,)"
                  R"("case.tags":["a","b"],"customer.language":"he","customer.plan":null,)"
                  R"("customer.wishes":["repair"],)"
                  R"("order.price":{"amount":"19.90","currency":"USD"}},)"
                  R"("history":[{"at":"2026-11-01T00:00:00.5Z",)"
                  R"("cost":{"amount":"1.50","currency":"ILS"},"event":"fault"}],)"
                  R"("ignored":["/more"],"subject":"c-1"})");
  auto const canonical_text = canonical(text, 1u << 20);
  ASSERT_TRUE(canonical_text);
  EXPECT_EQ(text, canonical_text.value());
}

TEST(ResolvedCase, leaves_out_a_default_that_json_cannot_write) {
  auto rules = small_rules();
  auto& facts = rules.policy.facts;
  facts[static_cast<std::size_t>(id_of(rules, "case.delay"))].otherwise = Value{Duration{1, {}}};
  facts[static_cast<std::size_t>(id_of(rules, "case.share"))].otherwise =
      Value{*Number::make(1, 3)};
  auto const subject = read_case(rules, "{}");
  ASSERT_TRUE(subject);
  auto const text = resolved_case(rules, subject.value(), Instant{0});
  EXPECT_EQ(text, R"({"at":"1970-01-01T00:00:00Z","facts":{"case.share":{"fraction":"1/3"},)"
                  R"("customer.language":"he"},"history":[]})");
  auto const again = read_case(rules, text);
  ASSERT_TRUE(again);
  EXPECT_TRUE(same(subject.value(), again.value()));
}

TEST(ResolvedCase, is_read_again_where_it_has_grown_beyond_what_may_be_sent) {
  auto rules = small_rules();
  rules.policy.facts.clear();
  for (int i = 100; i < 140; ++i) {
    auto type = money_in("JPY");
    type.element = Kind::money;
    type.kind = Kind::set;
    rules.policy.facts.push_back(fact_of("f" + std::to_string(i), type));
  }
  std::string json = "{\"facts\":{";
  for (auto const& fact : rules.policy.facts) {
    if (json.back() != '{') json += ',';
    json += '"' + fact.name + "\":[1";
    for (int i = 2; i <= 1000; ++i) json += ',' + std::to_string(i);
    json += ']';
  }
  auto const subject = read_case(rules, json + "}}");
  ASSERT_TRUE(subject);
  auto const text = resolved_case(rules, subject.value(), Instant{0});
  EXPECT_GT(text.size(), 1u << 20);
  EXPECT_FALSE(read_case(rules, text));
  auto const again = read_resolved_case(rules, text);
  ASSERT_TRUE(again);
  EXPECT_TRUE(same(subject.value(), again.value()));
}

rc::Gen<std::string> gen_text() {
  return rc::gen::container<std::string>(rc::gen::elementOf(std::string{"ab \"\\\n\t\x01/~.-0"}));
}

rc::Gen<Number> gen_number() {
  return rc::gen::map(
      rc::gen::pair(
          rc::gen::inRange<std::int64_t>(-1'000'000'000'000'000'000, 1'000'000'000'000'000'000),
          rc::gen::element<std::int64_t>(1, 2, 3, 8, 1000, 999'999'999'999'999'999)),
      [](auto const& parts) { return Number::make(parts.first, parts.second).value_or(Number{}); });
}

rc::Gen<Instant> gen_instant() {
  return rc::gen::map(
      rc::gen::inRange<std::int64_t>(-60'000'000'000'000'000, 250'000'000'000'000'000),
      [](std::int64_t micros) { return Instant{micros}; });
}

Money random_money(Type const& type) {
  auto const codes = std::vector<std::string>{"ILS", "USD", "JPY", "KWD"};
  auto const currency =
      type.currency.value_or(find_currency(*rc::gen::elementOf(codes)).value_or(Currency{}));
  std::int64_t unit = 1;
  for (int i = 0; i < minor_places_of(currency); ++i) unit *= 10;
  auto const minor = *rc::gen::inRange<std::int64_t>(-99'999'999'999, 99'999'999'999);
  return {Number::make(minor, unit).value_or(Number{}), currency};
}

Scalar random_scalar(Kind kind, Type const& type) {
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
      break;
  }
  return *gen_text();
}

std::optional<Value> random_value(Type const& type) {
  auto const luck = *rc::gen::inRange(0, 4);
  if (luck == 0) return std::nullopt;
  if (luck == 1 && type.or_none) return None{};
  if (type.kind != Kind::set) return to_value(random_scalar(type.kind, type));
  std::vector<Scalar> items;
  for (int left = *rc::gen::inRange(0, 4); left > 0; --left) {
    items.push_back(random_scalar(type.element, type));
  }
  return Value{make_set(std::move(items))};
}

Case random_case(RuleSet const& rules) {
  Case subject;
  subject.subject = *gen_text();
  for (auto const& fact : rules.policy.facts) {
    auto value = random_value(fact.type);
    subject.facts.push_back(value ? std::move(value) : fact.otherwise);
  }
  for (int left = *rc::gen::inRange(0, 3); left > 0; --left) {
    auto const id = *rc::gen::inRange<std::uint32_t>(0, 2);
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

RC_GTEST_PROP(ResolvedCase, is_read_as_the_same_case_and_written_as_the_same_bytes, ()) {
  static auto const rules = small_rules();
  auto const subject = random_case(rules);
  auto const now = *gen_instant();
  auto const text = resolved_case(rules, subject, now);
  RC_LOG() << text;
  auto const again = read_resolved_case(rules, text);
  RC_ASSERT(static_cast<bool>(again));
  RC_ASSERT(same(subject, again.value()));
  RC_ASSERT(again.value().at == now);
  RC_ASSERT(resolved_case(rules, again.value(), now) == text);
  auto const canonical_text = canonical(text, 1u << 20);
  RC_ASSERT(static_cast<bool>(canonical_text));
  RC_ASSERT(canonical_text.value() == text);
}

}  // namespace
}  // namespace heed::json
