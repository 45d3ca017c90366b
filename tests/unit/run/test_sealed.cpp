#include <gtest/gtest.h>

#include "engine/advisor.hpp"

namespace heed {
namespace {

constexpr auto policy = R"(policy seals "What is sealed"
  languages en

fact customer.name is private text
fact customer.age is private whole number
fact customer.plan is one of home, business
fact order.sku is public text
fact order.note is text
fact order.codes is list of text
fact order.lines is list of
  price is number
fact order.count is whole number
event fault
  product is text
  line is public text
  place is private whole number
event contact
  channel is one of phone, web
  minutes is whole number
role lead
phase first
action call
  takes about is text
  takes times is whole number
answer order.open is whole number
answer order.age is whole number
score risk from 0 to 100
score calm from 0 to 100
define doubled as customer.age * 2
define tripled as order.count * 3

script greet
  en "Hello {customer.name}"
script wait
  en "It takes {order.count} days"

rule by_age
  when customer.age > 60
  then do call about "old" times 1
       say en "Call {order.sku}"
       say greet
       say wait
       add 5 to calm
  because en "{order.count} orders."
rule by_note
  then do call about order.note times order.count within 2 hours
       say en "You wrote {order.note}"
       set order.age to doubled
       set order.open to tripled
       add customer.age to risk
       record contact minutes customer.age channel phone
  because en "The note was {order.note}."
rule by_lines
  then escalate to lead within (customer.age * 1 hour)
rule often
  when count of fault in last 7 days across customers where (product is order.sku) > 2
    or count of contact in last 7 days across customers where (channel is phone) > 2
  then alert lead
)";

SealedNames found() {
  auto const loaded = load({{"policy.heed", policy}}, "revision");
  for (auto const& diagnostic : loaded.diagnostics)
    EXPECT_NE(diagnostic.severity, Severity::error) << diagnostic.message;
  return loaded.rules ? find_sealed(*loaded.rules) : SealedNames{};
}

using Names = SealedNames::Names;

TEST(Sealed, are_private_facts_and_texts_that_are_not_public) {
  auto const sealed = found();
  EXPECT_EQ(sealed.facts, (Names{"customer.age", "customer.name", "order.codes", "order.note"}));
  EXPECT_EQ(sealed.event_fields.at("fault"), (Names{"place", "product"}));
}

TEST(Sealed, are_outputs_computed_from_them_and_no_others) {
  auto const sealed = found();
  EXPECT_EQ(sealed.answers, (Names{"order.age"}));
  EXPECT_EQ(sealed.scores, (Names{"risk"}));
  EXPECT_EQ(sealed.arguments.at("call"), (Names{"about"}));
  EXPECT_EQ(sealed.scripts, (Names{"greet"}));
  EXPECT_EQ(sealed.said, (Names{"by_note"}));
  EXPECT_EQ(sealed.because, (Names{"by_note"}));
  EXPECT_EQ(sealed.times, (Names{"by_lines"}));
}

TEST(Sealed, are_fields_of_events_that_rules_fill_with_them) {
  EXPECT_EQ(found().event_fields.at("contact"), (Names{"minutes"}));
}

TEST(Sealed, are_figures_that_look_at_them) {
  auto const sealed = found();
  ASSERT_EQ(sealed.figures.size(), 1u);
  EXPECT_NE(sealed.figures.begin()->find("fault"), std::string::npos);
}

}  // namespace
}  // namespace heed
