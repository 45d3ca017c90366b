#include <gtest/gtest.h>

#include "server/json/source.hpp"
#include "tests/support/small_policy.hpp"

namespace heed::json {
namespace {

using namespace heed::testing;

SourceField line(RuleSet const& rules, std::string_view fact, std::string pointer,
                 std::vector<std::pair<std::string, Value>> mappings = {}) {
  return {SourceField::Target::fact, id_of(rules, fact), std::move(pointer), std::move(mappings)};
}

// Of the shape of a Zammad webhook: a ticket beside its newest article.
constexpr std::string_view zammad_payload = R"({
  "ticket": {"id": 88, "number": "10088", "title": "Wrong loaf", "state": "open",
             "priority": {"id": 3, "name": "3 high"}, "updated_at": "2026-11-22T08:15:30.120Z",
             "tags": ["bakery", "vip"], "escalation_at": null,
             "customer": {"id": 4711, "vip": true, "note": "", "preferences": {"locale": "he-il"}},
             "organization": {"name": "Corner cafe"}},
  "article": {"id": 230, "from": "Dana <dana@example.org>", "body": "This is not my fault.",
              "attachments": [{"filename": "loaf.jpg", "size": "20481"}]}
})";

Source zammad_source(RuleSet const& rules) {
  Source source;
  source.name = "zammad";
  source.fields = {
      {SourceField::Target::subject, {}, "/ticket/customer/id", {}},
      {SourceField::Target::now, {}, "/ticket/updated_at", {}},
      line(rules, "agent.message", "/article/body"),
      line(rules, "case.tags", "/ticket/tags"),
      line(rules, "case.contacts", "/ticket/article_count"),
      line(rules, "case.promised_on", "/ticket/escalation_at"),
      line(rules, "customer.captive", "/ticket/customer/vip", {{"true", false}, {"false", true}}),
      line(rules, "customer.language", "/ticket/customer/preferences/locale",
           {{"he-il", Chosen{1}}, {"en-us", Chosen{0}}}),
      line(rules, "customer.tier", "/ticket/priority/id", {{"1", Chosen{0}}, {"3", Chosen{2}}}),
      line(rules, "customer.plan", "/ticket/organization/name", {{"none", None{}}}),
      line(rules, "customer.wishes", "/ticket/tags", {{"vip", Chosen{2}}}),
  };
  return source;
}

TEST(ReadPayload, maps_a_ticket_beside_its_article) {
  auto const rules = small_rules();
  auto const result = read_payload(rules, zammad_source(rules), zammad_payload);
  ASSERT_TRUE(result) << result.error().mistakes[0].message;
  auto const& subject = result.value();
  EXPECT_EQ(subject.subject, "4711");
  EXPECT_EQ(Zone::utc().to_text(subject.at.value_or(Instant{})), "2026-11-22T08:15:30.12Z");
  EXPECT_EQ(value_of(rules, subject, "agent.message"), Value{std::string{"This is not my fault."}});
  EXPECT_EQ(value_of(rules, subject, "case.tags"),
            (Value{SetValue{{std::string{"bakery"}, std::string{"vip"}}}}));
  EXPECT_EQ(value_of(rules, subject, "case.contacts"), std::nullopt);
  EXPECT_EQ(value_of(rules, subject, "case.promised_on"), std::nullopt);
  EXPECT_EQ(value_of(rules, subject, "customer.captive"), Value{false});
  EXPECT_EQ(value_of(rules, subject, "customer.language"), Value{Chosen{1}});
  EXPECT_EQ(value_of(rules, subject, "customer.tier"), Value{Chosen{2}});
  EXPECT_EQ(value_of(rules, subject, "customer.plan"), std::nullopt);
  EXPECT_EQ(value_of(rules, subject, "customer.wishes"), Value{SetValue{{Chosen{2}}}});
  EXPECT_EQ(subject.ignored,
            (std::vector<std::string>{"/ticket/organization/name", "/ticket/tags/0"}));
}

// Of the shape of a Zendesk event: members of a fact's own name need no line.
TEST(ReadPayload, reads_members_of_a_facts_own_name_without_a_line) {
  auto const rules = small_rules();
  Source source;
  source.name = "zendesk";
  source.fields = {line(rules, "customer.tier", "/detail/custom_status", {{"7", Chosen{1}}})};
  auto const result = read_payload(rules, source, R"({
    "type": "zen:event-type:ticket.updated", "subject": "zen:ticket:88", "account_id": 12,
    "at": "2026-11-22T09:00:00Z", "detail": {"id": "88", "custom_status": 7},
    "customer": {"tier": "not of this policy", "captive": true, "email": "x@example.org"},
    "case.contacts": 2, "facts": {"case": {"share": 0.5}, "else": 1},
    "history": [{"event": "contact", "at": "2026-11-20", "channel": "web"}],
    "agent": "a name"})");
  ASSERT_TRUE(result) << result.error().mistakes[0].message;
  auto const& subject = result.value();
  EXPECT_EQ(subject.subject, "zen:ticket:88");
  EXPECT_EQ(Zone::utc().to_text(subject.at.value_or(Instant{})), "2026-11-22T09:00:00Z");
  EXPECT_EQ(value_of(rules, subject, "customer.tier"), Value{Chosen{1}});
  EXPECT_EQ(value_of(rules, subject, "customer.captive"), Value{true});
  EXPECT_EQ(value_of(rules, subject, "case.contacts"), Value{Number{2}});
  EXPECT_EQ(value_of(rules, subject, "case.share"), Value{*Number::make(1, 2)});
  EXPECT_EQ(subject.history.size(), 1u);
  EXPECT_TRUE(subject.ignored.empty());
}

TEST(ReadPayload, passes_over_what_a_crm_calls_by_the_same_name) {
  auto const rules = small_rules();
  auto const result = read_payload(rules, Source{}, R"({
    "at": "the counter", "subject": {"text": "Wrong loaf"}, "facts": 3,
    "history": [{"changed": "state"}], "order": "A-17"})");
  ASSERT_TRUE(result);
  EXPECT_EQ(result.value().subject, "");
  EXPECT_FALSE(result.value().at);
  EXPECT_TRUE(result.value().history.empty());
  EXPECT_TRUE(result.value().ignored.empty());
}

TEST(ReadPayload, takes_offsets_without_a_colon_as_salesforce_writes_them) {
  auto const rules = small_rules();
  Source source;
  source.fields = {{SourceField::Target::now, {}, "/LastModifiedDate", {}},
                   line(rules, "case.promised_on", "/SlaExitDate")};
  struct Case {
    std::string_view written;
    std::string_view read;
  };
  constexpr Case cases[] = {
      {"2026-11-22T08:15:44.000+0000", "2026-11-22T08:15:44Z"},
      {"2026-11-22T08:15:44-0530", "2026-11-22T13:45:44Z"},
      {"2026-11-22T08:15+02", "2026-11-22T06:15:00Z"},
      {"2026-11-22T08:15:44+02:00", "2026-11-22T06:15:44Z"},
      {"2026-11-22T08:15:44", "2026-11-22T06:15:44Z"},  // in the policy's zone
      {"2026-11-22T08:15:44+9900", ""},
      {"2026-11-22 08:15:44 +0000", ""},
      {"2026-11-22T08:15:44+200", ""},
  };
  for (auto const& [written, read] : cases) {
    auto const payload = R"({"LastModifiedDate": ")" + std::string{written} +
                         R"(", "SlaExitDate": ")" + std::string{written} + "\"}";
    auto const result = read_payload(rules, source, payload);
    ASSERT_EQ(static_cast<bool>(result), !read.empty()) << written;
    if (read.empty()) continue;
    EXPECT_EQ(Zone::utc().to_text(result.value().at.value_or(Instant{})), read) << written;
    EXPECT_NE(value_of(rules, result.value(), "case.promised_on"), std::nullopt) << written;
  }
  // A case says its times in RFC 3339.
  EXPECT_FALSE(read_case(rules, R"({"at": "2026-11-22T08:15:44+0000"})"));
}

TEST(ReadPayload, tells_mistakes_by_the_pointer_in_the_payload) {
  auto const rules = small_rules();
  auto source = zammad_source(rules);
  auto const result = read_payload(rules, source, R"({
    "ticket": {"customer": {"id": true}, "updated_at": "soon", "tags": ["a", 1],
               "article_count": 1.5},
    "order": {"price": "12 ILS"}})");
  ASSERT_FALSE(result);
  std::vector<std::string> pointers;
  for (auto const& mistake : result.error().mistakes) pointers.push_back(mistake.pointer);
  EXPECT_EQ(pointers,
            (std::vector<std::string>{"/ticket/customer/id", "/ticket/updated_at", "/ticket/tags/1",
                                      "/ticket/article_count", "/order/price"}));
}

TEST(ReadPayload, of_two_lines_for_a_fact_the_first_that_finds_something_counts) {
  auto const rules = small_rules();
  Source source;
  source.fields = {line(rules, "agent.message", "/a"), line(rules, "agent.message", "/b"),
                   line(rules, "agent.message", "/c")};
  auto const result = read_payload(rules, source, R"({"b": "second", "c": "third"})");
  ASSERT_TRUE(result);
  EXPECT_EQ(value_of(rules, result.value(), "agent.message"), Value{std::string{"second"}});
}

}  // namespace
}  // namespace heed::json
