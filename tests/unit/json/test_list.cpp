#include <gtest/gtest.h>

#include "engine/base/limits.hpp"
#include "server/json/resolved.hpp"
#include "server/json/source.hpp"
#include "tests/support/small_policy.hpp"

/// Lists in a case and in a CRM's payload.
namespace heed::json {
namespace {

using namespace heed::testing;

std::string mistakes_of(Expected<Case, CaseMistakes> const& result) {
  if (result) return "none\n";
  std::string text;
  for (auto const& one : result.error().mistakes) text += one.pointer + " " + one.code + "\n";
  return text;
}

// The facts as they are resolved; of a case without mistakes.
std::string facts_of(RuleSet const& rules, Expected<Case, CaseMistakes> const& result) {
  if (!result) return mistakes_of(result);
  auto const text = resolved_case(rules, result.value(), Instant{0});
  auto const begin = text.find("\"customer.language\"");
  auto const facts = text.substr(begin, text.find(",\"history\"") - begin);
  return facts.substr(facts.find(',') == facts.npos ? facts.size() : facts.find(',') + 1);
}

std::string resolved(std::string_view facts) {
  auto const rules = small_rules();
  return facts_of(rules, read_case(rules, "{\"facts\": {" + std::string{facts} + "}}"));
}

TEST(ReadList, takes_objects_and_values_and_writes_them_sorted) {
  EXPECT_EQ(resolved(R"("order": {"items": [
              {"sku": "b", "price": 3, "parts": [{"name": "lid"}, {"plan": null}]},
              {"price": null, "ignored": 1}, {}], "codes": [1, 0.5, null]})"),
            R"("order.codes":[1,0.5,null],"order.items":[{"parts":[{"name":"lid"},{"plan":null}],)"
            R"("price":{"amount":"3.00","currency":"USD"},"sku":"b"},{},{}]})");
  EXPECT_EQ(resolved(R"("order.items": [])"), R"("order.items":[]})");
  EXPECT_EQ(resolved(R"("order.items": null)"), "");
}

TEST(ReadList, tells_every_mistake_with_the_number_of_its_item) {
  auto const rules = small_rules();
  EXPECT_EQ(mistakes_of(read_case(rules, R"({"facts": {"order": {"codes": [1, "x", {}],
              "items": [{"price": "x"}, 5, {"parts": [{"name": 3}, null], "sku": 7}]}}})")),
            "/facts/order/codes/1 case.type\n"
            "/facts/order/codes/2 case.type\n"
            "/facts/order/items/0/price case.money\n"
            "/facts/order/items/1 case.type\n"
            "/facts/order/items/2/parts/0/name case.type\n"
            "/facts/order/items/2/parts/1 case.type\n"
            "/facts/order/items/2/sku case.type\n");
  EXPECT_EQ(mistakes_of(read_case(rules, R"({"facts": {"order.items": {"sku": "a"}}})")),
            "/facts/order.items case.type\n");
}

TEST(ReadList, names_members_that_are_no_fields) {
  auto const rules = small_rules();
  auto const result = read_case(rules, R"({"facts": {"order": {"items": [{"a/b": 1}]}}})");
  ASSERT_TRUE(result);
  EXPECT_EQ(result.value().ignored, std::vector<std::string>{"/facts/order/items/0/a~1b"});
}

TEST(ReadList, takes_no_more_items_than_the_limit) {
  auto const with = [](std::size_t count) {
    std::string json = R"({"facts": {"order.codes": [0)";
    for (std::size_t i = 1; i < count; ++i) json += ",0";
    auto const rules = small_rules();
    return mistakes_of(read_case(rules, json + "]}}"));
  };
  EXPECT_EQ(with(limits::list_items_max), "none\n");
  EXPECT_EQ(with(limits::list_items_max + 1), "/facts/order.codes case.list-size\n");
}

// The fields of an item stand by name: delivered, parts, price, sku; of a part: name, plan.
Source shop_source(RuleSet const& rules) {
  auto const items = id_of(rules, "order.items");
  Source source;
  source.name = "shop";
  source.fields = {{SourceField::Target::fact, items, "/ticket/lines", {}}};
  source.item_lines = {{items, {0}, "/state", {{"sent", true}, {"open", false}}},
                       {items, {1}, "/content/parts", {}},
                       {items, {1, 0}, "/label", {}},
                       {items, {3}, "/code", {}}};
  return source;
}

TEST(ReadPayload, reads_fields_from_the_item_and_passes_over_the_rest) {
  auto const rules = small_rules();
  auto const result = read_payload(rules, shop_source(rules), R"({"ticket": {"lines": [
    {"code": "a", "sku": 7, "price": "2.50 USD", "state": "sent", "other": [],
     "content": {"parts": [{"label": "lid", "name": 3}]}},
    {"state": "lost", "code": null}]}})");
  EXPECT_EQ(facts_of(rules, result),
            R"("order.items":[{"delivered":true,"parts":[{"name":"lid"}],)"
            R"("price":{"amount":"2.50","currency":"USD"},"sku":"a"},{}]})");
  ASSERT_TRUE(result);
  EXPECT_EQ(result.value().ignored, std::vector<std::string>{"/ticket/lines/1/state"});
}

TEST(ReadPayload, tells_mistakes_of_items_with_pointers_of_the_payload) {
  auto const rules = small_rules();
  EXPECT_EQ(mistakes_of(read_payload(rules, shop_source(rules), R"({"ticket": {"lines": [
    {"code": 1, "content": {"parts": [{"label": false}]}}, "x"]}})")),
            "/ticket/lines/0/content/parts/0/label case.type\n"
            "/ticket/lines/0/code case.type\n"
            "/ticket/lines/1 case.type\n");
}

TEST(ReadPayload, reads_items_by_their_lines_from_a_list_of_its_own_name) {
  auto const rules = small_rules();
  auto source = shop_source(rules);
  source.fields.clear();
  EXPECT_EQ(
      facts_of(rules, read_payload(rules, source, R"({"order": {"items": [{"code": "a"}]}})")),
      R"("order.items":[{"sku":"a"}]})");
}

}  // namespace
}  // namespace heed::json
