#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "server/json/canonical.hpp"
#include "server/json/case.hpp"
#include "server/json/resolved.hpp"
#include "tests/support/random_case.hpp"
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
         std::ranges::is_permutation(left.history, right.history, same_event);
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
