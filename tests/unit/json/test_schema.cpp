#include <gtest/gtest.h>

#include "server/json/document.hpp"
#include "server/json/schema.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/small_policy.hpp"

namespace heed::json {
namespace {

// tests/schemas checks that the golden file is a schema, and which cases it takes.
TEST(CaseSchema, describes_every_fact_and_event) {
  auto const text = case_schema(heed::testing::small_rules()) + '\n';
  EXPECT_EQ(text, heed::testing::golden("json/case_schema.json", text));
}

TEST(CaseSchema, nests_facts_and_refers_to_each_of_them) {
  auto const document = read_document(case_schema(heed::testing::small_rules()), 1u << 20);
  ASSERT_TRUE(document);
  struct Row {
    std::string_view pointer, text;
  };
  constexpr Row rows[] = {
      {"/properties/facts/properties/customer/properties/tier/$ref", "#/$defs/customer.tier"},
      {"/properties/facts/properties/customer.tier/$ref", "#/$defs/customer.tier"},
      {"/$defs/customer.tier/title", "Customer tier / דרג הלקוח"},
      {"/$defs/customer.tier/anyOf/0/enum/2", "gold"},
      {"/$defs/customer.captive/description", "Can the customer go elsewhere? / יש ללקוח חלופה?"},
      {"/$defs/customer.language/default", "he"},
      {"/$defs/customer.wishes/anyOf/0/items/enum/0", "refund"},
      {"/properties/facts/properties/לקוח/properties/שם/$ref",
       "#/$defs/%D7%9C%D7%A7%D7%95%D7%97.%D7%A9%D7%9D"},
      {"/properties/history/items/properties/event/examples/1", "fault"},
      {"/title", "A small policy / מדיניות קטנה"},
  };
  for (auto const& row : rows) {
    auto const* node = follow(document.value(), row.pointer);
    ASSERT_NE(node, nullptr) << row.pointer;
    EXPECT_EQ(node->text, row.text) << row.pointer;
  }
}

TEST(CaseSchema, of_a_policy_without_facts_is_a_schema_too) {
  RuleSet rules;
  rules.policy.name = "empty";
  EXPECT_TRUE(read_document(case_schema(rules), 1u << 20));
}

}  // namespace
}  // namespace heed::json
