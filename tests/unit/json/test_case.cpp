#include <gtest/gtest.h>

#include "server/json/case.hpp"
#include "tests/support/small_policy.hpp"

namespace heed::json {
namespace {

using heed::testing::small_rules;
using heed::testing::value_of;

Case read(RuleSet const& rules, std::string_view json) {
  auto result = read_case(rules, json);
  if (!result) {
    for (auto const& m : result.error().mistakes)
      ADD_FAILURE() << json << "\n" << m.pointer << " " << m.code << " " << m.message;
    return Case{{}, {}, std::vector<std::optional<Value>>(rules.policy.facts.size()), {}, {}};
  }
  return std::move(result).value();
}

Money money(std::string_view amount, std::string_view currency) {
  return {Number::parse(amount).value_or(Number{}), find_currency(currency).value_or(Currency{})};
}

Duration seconds(std::int64_t count) {
  return {0, Number{count}};
}

TEST(ReadCase, takes_each_type_in_each_of_its_forms) {
  auto const rules = small_rules();
  auto const at = [&](std::string_view text) { return *Zone::utc().parse(text); };
  struct Row {
    std::string_view fact, json;
    Value value;
  };
  Row const rows[] = {
      {"customer.captive", "true", true},
      {"customer.tier", "\"gold\"", Chosen{2}},
      {"case.contacts", "3", Number{3}},
      {"case.contacts", "1.0", Number{1}},
      {"case.contacts", "2e3", Number{2000}},
      {"case.share", "0.1", *Number::make(1, 10)},
      {"case.share", "-12.345678901234567", *Number::make(-12345678901234567, 1000000000000000)},
      {"case.share", "{\"fraction\": \"1/3\"}", *Number::make(1, 3)},
      {"case.amount", "{\"amount\": \"120.00\", \"currency\": \"ILS\"}", money("120", "ILS")},
      {"case.amount", "{\"currency\": \"KWD\", \"amount\": 0.125}", money("0.125", "KWD")},
      {"case.amount", "\"120.50 ILS\"", money("120.5", "ILS")},
      {"case.amount", "\"-3 JPY\"", money("-3", "JPY")},
      {"order.price", "19.99", money("19.99", "USD")},
      {"order.price", "\"19.90 USD\"", money("19.9", "USD")},
      {"order.shipping", "1999", money("19.99", "USD")},
      {"order.shipping", "{\"amount\": \"19.99\", \"currency\": \"USD\"}", money("19.99", "USD")},
      {"order.fee", "300", money("300", "JPY")},
      {"case.delay", "\"PT4H\"", seconds(14400)},
      {"case.delay", "\"P2DT30M\"", seconds(174600)},
      {"case.delay", "\"4 hours\"", seconds(14400)},
      {"case.promised_on", "\"2026-11-22T10:15:00+02:00\"", at("2026-11-22T08:15:00Z")},
      {"case.promised_on", "\"2026-11-22T10:15:00\"", at("2026-11-22T08:15:00Z")},
      {"case.promised_on", "\"2026-07-22\"", at("2026-07-21T21:00:00Z")},
      {"policy.cancelled_on", "\"2026-11-22\"", *parse_date("2026-11-22")},
      {"policy.ends_on", "null", None{}},
      {"customer.plan", "null", None{}},
      {"case.tags", "[\"b\", \"a\", \"b\"]", SetValue{{std::string{"a"}, std::string{"b"}}}},
      {"case.tags", "[]", SetValue{}},
      {"case.discounts", "[0.5, 0.25]", SetValue{{*Number::make(1, 4), *Number::make(1, 2)}}},
      {"customer.wishes", "[\"apology\", \"refund\"]", SetValue{{Chosen{0}, Chosen{2}}}},
      {"לקוח.שם", "\"דנה\"", std::string{"דנה"}},
  };
  for (auto const& row : rows) {
    auto const dotted =
        "{\"facts\":{\"" + std::string{row.fact} + "\":" + std::string{row.json} + "}}";
    EXPECT_EQ(value_of(rules, read(rules, dotted), row.fact), row.value) << dotted;
    auto const dot = row.fact.find('.');
    auto const nested = "{\"facts\":{\"" + std::string{row.fact.substr(0, dot)} + "\":{\"" +
                        std::string{row.fact.substr(dot + 1)} + "\":" + std::string{row.json} +
                        "}}}";
    EXPECT_EQ(value_of(rules, read(rules, nested), row.fact), row.value) << nested;
  }
}

TEST(ReadCase, knows_nothing_of_what_is_absent_or_null_but_defaults) {
  auto const rules = small_rules();
  for (auto const* json :
       {"{}", R"({"facts": null, "at": null, "subject": null, "history": null})",
        R"({"facts": {"customer": null}})",
        R"({"facts": {"customer": {"tier": null, "language": null}, "case": {"tags": null}}})"}) {
    auto const subject = read(rules, json);
    for (std::size_t i = 0; i < rules.policy.facts.size(); ++i) {
      EXPECT_EQ(subject.facts[i], rules.policy.facts[i].otherwise) << rules.policy.facts[i].name;
    }
    EXPECT_FALSE(subject.at);
    EXPECT_EQ(subject.subject, "");
    EXPECT_TRUE(subject.history.empty());
    EXPECT_TRUE(subject.ignored.empty()) << json;
  }
}

TEST(ReadCase, names_what_the_policy_does_not_declare_and_passes_over_it) {
  auto const rules = small_rules();
  auto const subject = read(rules, R"({
    "zone": "UTC", "at": "2026-11-22T10:15:00+02:00", "subject": "c-4711",
    "facts": {"customer": {"tier": "gold", "shoe_size": 44, "a/b": {"deep": [1]}},
              "vehicle": {"wheels": 4}, "case": 17, "case.amount": 
        {"amount": "1", "currency": "ILS", "net": true}},
    "history": [{"event": "contact", "at": "2026-11-20", "channel": "web", "agent": 7}]})");
  EXPECT_EQ(subject.subject, "c-4711");
  EXPECT_EQ(Zone::utc().to_text(subject.at.value_or(Instant{})), "2026-11-22T08:15:00Z");
  EXPECT_EQ(subject.ignored,
            (std::vector<std::string>{"/facts/case", "/facts/case.amount/net",
                                      "/facts/customer/a~1b", "/facts/customer/shoe_size",
                                      "/facts/vehicle", "/history/0/agent", "/zone"}));
  ASSERT_EQ(subject.history.size(), 1u);
  EXPECT_EQ(subject.history[0].event, EventId{0});
  EXPECT_EQ(Zone::utc().to_text(subject.history[0].at), "2026-11-19T22:00:00Z");
  ASSERT_EQ(subject.history[0].fields.size(), 1u);
  EXPECT_EQ(subject.history[0].fields[0].second, Value{Chosen{1}});
}

TEST(ReadCase, takes_over_the_list_of_a_resolved_case) {
  auto const rules = small_rules();
  auto const subject = read(rules, R"({"ignored": ["/facts/x", "/b"], "c": 1})");
  EXPECT_EQ(subject.ignored, (std::vector<std::string>{"/b", "/c", "/facts/x"}));
  EXPECT_EQ(read(rules, R"({"ignored": true})").ignored, std::vector<std::string>{"/ignored"});
}

TEST(ReadCase, compares_names_in_normalization_form_c) {
  auto rules = small_rules();
  rules.policy.facts = {
      heed::testing::fact_of("caf\u00e9.open", heed::testing::type_of(Kind::truth))};
  auto const subject = read(rules, R"({"facts": {"cafe\u0301": {"open": true}}})");
  EXPECT_EQ(subject.facts[0], Value{true});
}

struct MistakeRow {
  std::string_view json, pointer, code, message;
};

void expect_mistake(RuleSet const& rules, MistakeRow const& row) {
  auto const result = read_case(rules, row.json);
  ASSERT_FALSE(result) << row.json;
  ASSERT_EQ(result.error().mistakes.size(), 1u) << row.json;
  auto const& mistake = result.error().mistakes[0];
  EXPECT_EQ(mistake.pointer, row.pointer) << row.json;
  EXPECT_EQ(mistake.code, row.code) << row.json;
  EXPECT_EQ(mistake.message, row.message) << row.json;
}

TEST(ReadCase, tells_a_wrong_value_by_its_pointer) {
  constexpr MistakeRow rows[] = {
      {R"({"facts": {"customer": {"tier": "gould"}}})", "/facts/customer/tier", "case.choice",
       "\"gould\" is none of the values, did you mean `gold`?"},
      {R"({"facts": {"customer.tier": "x"}})", "/facts/customer.tier", "case.choice",
       "\"x\" is none of the values"},
      {R"({"facts": {"customer.tier": 2}})", "/facts/customer.tier", "case.type",
       "expected one of standard, silver, gold, found 2"},
      {R"({"facts": {"customer": {"captive": "yes"}}})", "/facts/customer/captive", "case.type",
       "expected true or false, found \"yes\""},
      {R"({"facts": {"case": {"contacts": 1.5}}})", "/facts/case/contacts", "case.fraction",
       "expected a whole number, found 1.5"},
      {R"({"facts": {"case": {"contacts": "3"}}})", "/facts/case/contacts", "case.type",
       "expected a whole number, found \"3\""},
      {R"({"facts": {"case": {"share": 1e30}}})", "/facts/case/share", "case.number",
       "the number is out of range: at most 18 digits on either side of the point"},
      {R"({"facts": {"case": {"amount": 12}}})", "/facts/case/amount", "case.currency",
       "the amount names no currency"},
      {R"({"facts": {"case": {"amount": {"amount": "x", "currency": "ILS"}}}})",
       "/facts/case/amount", "case.money", "expected an amount of money, found an object"},
      {R"({"facts": {"case": {"amount": {"currency": "ILS"}}}})", "/facts/case/amount",
       "case.money", "the money has no `amount` that is a number or a text"},
      {R"({"facts": {"case": {"amount": "12"}}})", "/facts/case/amount", "case.money",
       "expected an amount and a currency, found \"12\""},
      {R"({"facts": {"case": {"amount": "12.005 ILS"}}})", "/facts/case/amount", "case.minor-unit",
       "ILS has 2 decimal places, found \"12.005 ILS\""},
      {R"({"facts": {"order": {"fee": 0.5}}})", "/facts/order/fee", "case.minor-unit",
       "JPY has 0 decimal places, found 0.5"},
      {R"({"facts": {"order": {"shipping": 0.5}}})", "/facts/order/shipping", "case.minor-unit",
       "expected whole minor units, found 0.5"},
      {R"({"facts": {"case": {"amount": "12 XQX"}}})", "/facts/case/amount", "case.currency",
       "`XQX` is no currency of ISO 4217"},
      {R"({"facts": {"order": {"price": "12 ILS"}}})", "/facts/order/price", "case.currency",
       "expected money in USD, found ILS"},
      {R"({"facts": {"case": {"delay": "P1M"}}})", "/facts/case/delay", "case.duration",
       "expected a duration of weeks, days, hours, minutes or seconds, found \"P1M\""},
      {R"({"facts": {"case": {"delay": 4}}})", "/facts/case/delay", "case.type",
       "expected a duration such as \"PT4H\" or \"4 hours\", found 4"},
      {R"({"facts": {"policy": {"cancelled_on": "2026-02-29"}}})", "/facts/policy/cancelled_on",
       "case.date", "expected a date, found \"2026-02-29\""},
      {R"({"facts": {"case": {"promised_on": "tomorrow"}}})", "/facts/case/promised_on",
       "case.time", "expected a time, found \"tomorrow\""},
      {R"({"facts": {"case": {"tags": ["a", "b", 3]}}})", "/facts/case/tags/2", "case.type",
       "expected a text, found a number"},
      {R"({"facts": {"case": {"tags": "a"}}})", "/facts/case/tags", "case.type",
       "expected a list, and in it a text, found a text"},
  };
  auto const rules = small_rules();
  for (auto const& row : rows) expect_mistake(rules, row);
}

TEST(ReadCase, tells_a_wrong_shape_by_its_pointer) {
  constexpr MistakeRow rows[] = {
      {"[1]", "", "case.type", "expected a case, which is an object, found a list of 1"},
      {R"({"facts": 3})", "/facts", "case.type", "expected an object, found 3"},
      {R"({"at": 3})", "/at", "case.type",
       "expected a time such as \"2026-11-22T10:15:00+02:00\", found 3"},
      {R"({"subject": 3})", "/subject", "case.type", "expected a text, found 3"},
      {R"({"facts": {"customer": {"tier": null}, "customer.tier": "gold"}})",
       "/facts/customer.tier", "case.given-twice", "the fact `customer.tier` is given twice"},
      {R"({"history": {}})", "/history", "case.type", "expected a list of events, found an object"},
      {R"({"history": [3]})", "/history/0", "case.type",
       "expected an event, which is an object, found 3"},
      {R"({"history": [{"at": "2026-11-22"}]})", "/history/0", "case.missing",
       "the event has no `event` that names it"},
      {R"({"history": [{"event": "contact"}]})", "/history/0", "case.missing",
       "the event has no `at` that says when it was"},
      {R"({"history": [{"event": "contact", "at": "2026-11-22", "channel": "fax"}]})",
       "/history/0/channel", "case.choice", "\"fax\" is none of the values"},
      {R"({"facts": {}, "facts": {}})", "/facts", "case.duplicate-member",
       "the member `facts` stands twice in one object (line 1, column 21)"},
      {"{\"facts\": {}", "", "case.syntax",
       "not JSON: unexpected end of input (line 1, column 13)"},
  };
  auto const rules = small_rules();
  for (auto const& row : rows) expect_mistake(rules, row);
}

TEST(ReadCase, tells_every_mistake_in_the_order_of_the_document) {
  auto const rules = small_rules();
  auto const result = read_case(rules, R"({"at": 1, "facts": {"customer": {"tier": 1, "captive": 2},
    "case": {"tags": [1, "a", 2]}}, "history": [{"event": "contact"}], "subject": {}})");
  ASSERT_FALSE(result);
  std::vector<std::string> pointers;
  for (auto const& mistake : result.error().mistakes) pointers.push_back(mistake.pointer);
  EXPECT_EQ(pointers, (std::vector<std::string>{"/at", "/facts/customer/tier",
                                                "/facts/customer/captive", "/facts/case/tags/0",
                                                "/facts/case/tags/2", "/history/0", "/subject"}));
}

TEST(ReadCase, tells_at_most_so_many_mistakes_and_counts_the_rest) {
  auto const rules = small_rules();
  std::string json = R"({"facts": {"case.tags": [0)";
  for (int i = 1; i < 150; ++i) json += ",0";
  auto const result = read_case(rules, json + "]}}");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().mistakes.size(), 100u);
  EXPECT_EQ(result.error().untold, 50u);
  EXPECT_TRUE(result.error().is_json);
}

TEST(ReadCase, refuses_what_is_too_long) {
  auto const rules = small_rules();
  auto const code_of_first = [&](std::string const& json) {
    auto const result = read_case(rules, json);
    return result ? std::string{"none"} : result.error().mistakes[0].code;
  };
  std::string const text(300'000, 'x');
  EXPECT_EQ(code_of_first(R"({"facts": {"agent.message": ")" + text + "\"}}"), "case.text-size");
  EXPECT_EQ(code_of_first(R"({"subject": ")" + text.substr(0, 2000) + "\"}"), "case.text-size");
  std::string items = "\"\"";
  for (int i = 0; i < 10'000; ++i) items += ",\"\"";
  EXPECT_EQ(code_of_first(R"({"facts": {"case.tags": [)" + items + "]}}"), "case.set-size");
  EXPECT_EQ(code_of_first(R"({"history": [)" + items + "]}"), "case.history-size");
  EXPECT_EQ(code_of_first(std::string(1u << 20, ' ') + "{}"), "case.size");
}

}  // namespace
}  // namespace heed::json
