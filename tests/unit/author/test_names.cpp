#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/author/desk.hpp"

namespace heed::author {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Desk with_shop(std::string text) {
  return read_desk({std::move(text), shop()});
}

TEST(Names, a_use_leads_to_its_declaration_in_another_file) {
  auto const desk = with_shop("rule r\n  when customer.ti^er is gold\n  then do apologise\n");
  auto const found = find_declarations(desk.manuscript, desk.cursor);
  EXPECT_THAT(lines_of(desk.manuscript, found), ElementsAre("b.heed:4:6 customer.tier"));
}

TEST(Names, each_namespace_is_found) {
  struct Case {
    std::string_view text;
    std::string_view declared;
  };
  constexpr Case cases[] = {
      {"rule r\n  when resp^ect is violated\n  then do apologise\n", "respect"},
      {"rule r\n  then do apologise by team^_lead\n", "team_lead"},
      {"rule r\n  then say sor^ry\n", "sorry"},
      {"rule r\n  then record cont^act channel web\n", "contact"},
      {"rule r\n  then record contact chan^nel web\n", "channel"},
      {"rule r\n  then do refund am^ount goodwill\n", "amount"},
      {"rule r\n  then do refund amount good^will\n", "goodwill"},
      {"rule r\n  then check en \"ok\" before clo^se\n", "close"},
      {"rule r\n  when agent.message mentions bla^me\n  then do apologise\n", "blame"},
      {"rule r\n  when refund.amo^unt > 5 ILS\n  then do apologise\n", "amount"},
      {"rule r\n  when ref^und.amount > 5 ILS\n  then do apologise\n", "refund"},
      {"rule r\n  when כב^וד is violated\n  then do apologise\n", "כבוד"},
      {"rule r\n  when any item in order.items has (pri^ce > 5 ILS)\n  then do apologise\n",
       "price"},
      {"rule r\n  when any item in order.items has (item.pri^ce > 5 ILS)\n  then do apologise\n",
       "price"},
      {"rule r\n  when any item in order.items has (state is lo^st)\n  then do apologise\n",
       "lost"},
      {"rule r\n  when sum of pri^ce in order.items > 5 ILS\n  then do apologise\n", "price"},
      {"rule r\n  when customer.tier is go^ld\n  then do apologise\n", "gold"},
      {"rule r\n  when customer.city is \"tel av^iv\"\n  then do apologise\n", "\"tel aviv\""},
      {"rule r\n  then set ticket.priority to hi^gh\n", "high"},
      {"rule r\n  then do refund channel ca^rd\n", "card"},
      {"rule r\n  overrides s^s\n  then do apologise\nrule ss\n  then do apologise\n", "ss"},
      {"test \"t\"\n  given customer.tier is sil^ver\n  expect do apologise\n", "silver"},
      {"test \"t\"\n  given order.items: sk^u \"a\"\n  expect do apologise\n", "sku"},
      {"script s\n  en \"Dear {customer.na^me}\"\n", "customer.name"},
      {"table t gives money\n  customer.tier | t\n  go^ld | 3 ILS\n", "gold"},
      {"calendar office\n  open sunday 09:00 to 18:00\n"
       "rule r\n  then do apologise within 4 working hours in off^ice\n",
       "office"},
      {"calendar office\n  zone \"UTC\"\nrule r\n  then do refund within 2 working days in "
       "off^ice\n",
       "office"},
      {"term hi^gh en \"high\" he \"גבוהה\"\n", "high"},
      {"term ticket.priority.hi^gh en \"high\" he \"גבוהה\"\n", "high"},
      {"term refund.amo^unt en \"sum\" he \"סכום\"\n", "amount"},
      {"term clo^se en \"closing\" he \"סגירה\"\n", "close"},
      {"term phase.clo^se en \"closing\" he \"סגירה\"\n", "close"},
      {"term \"tel av^iv\" en \"Tel Aviv\" he \"תל אביב\"\n", "\"tel aviv\""},
      {"action b\n  internal to storage\nterm stor^age en \"storage\" he \"מחסן\"\n", "storage"},
      {"authority refund.amou^nt\n  agent unlimited\n", "amount"},
      {"authority refund.amount\n  age^nt unlimited\n", "agent"},
  };
  for (auto const& [text, declared] : cases) {
    auto const desk = with_shop(std::string{text});
    auto const found = find_declarations(desk.manuscript, desk.cursor);
    ASSERT_EQ(found.size(), 1u) << text;
    EXPECT_EQ(text_at(desk.manuscript, found[0]), declared) << text;
  }
}

TEST(Names, a_value_is_renamed_in_its_terms_too) {
  auto const desk = with_shop(
      "term go^ld en \"gold\" he \"זהב\"\nterm customer.tier.gold en \"gold\" he \"זהב\"\n");
  auto const edits = rename(desk.manuscript, desk.cursor, "golden");
  ASSERT_TRUE(edits) << edits.error().message;
  auto const text = edited(desk.manuscript, edits.value())[0];
  EXPECT_THAT(text, HasSubstr("term golden en"));
  EXPECT_THAT(text, HasSubstr("term customer.tier.golden en"));
}

TEST(Names, what_has_a_value_is_renamed_in_the_values_terms) {
  auto const terms = std::string{
      "term customer.tier.gold en \"gold\" he \"זהב\"\nterm refund.channel.card en \"card\" he "
      "\"כרטיס\"\nterm refund.channel en \"by\" he \"דרך\"\n"};
  struct Case {
    std::string_view rule, name, renamed;
  };
  constexpr Case cases[] = {
      {"rule r\n  when customer.ti^er is gold\n  then do apologise\n", "client.tier",
       "term client.tier.gold en"},
      {"rule r\n  then do refund chan^nel card\n", "way", "term refund.way.card en"},
      {"rule r\n  then do refund chan^nel card\n", "way", "term refund.way en"},
      {"rule r\n  then do ref^und channel card\n", "repay", "term repay.channel.card en"},
  };
  for (auto const& [rule, name, renamed] : cases) {
    auto const desk = with_shop(std::string{rule} + terms);
    auto const edits = rename(desk.manuscript, desk.cursor, name);
    ASSERT_TRUE(edits) << rule << edits.error().help;
    EXPECT_THAT(edited(desk.manuscript, edits.value())[0], HasSubstr(std::string{renamed})) << rule;
  }
}

TEST(Names, hovering_tells_the_nearer_term) {
  auto const desk = with_shop(
      "rule r\n  when customer.tier is go^ld\n  then do apologise\n"
      "term gold en \"metal\" he \"מתכת\"\nterm customer.tier.gold en \"the best\" he \"הטוב\"\n");
  auto const found = hover(desk.manuscript, desk.cursor);
  ASSERT_TRUE(found);
  EXPECT_THAT(found->markdown, HasSubstr("**the best · הטוב**"));
}

TEST(Names, a_broken_declaration_still_uses_its_names) {
  auto const desk = with_shop("rule r\n  when customer.ti^er is\n");
  EXPECT_EQ(find_declarations(desk.manuscript, desk.cursor).size(), 1u);
}

TEST(Names, every_use_is_found_with_and_without_the_declaration) {
  auto const desk =
      read_desk({"rule r\n  when contact^s > 3\n  then do a\nfact contacts is number\naction a\n",
                 "rule s\n  when contacts < 3 and contacts > 1\n  then do a\n"});
  EXPECT_THAT(lines_of(desk.manuscript,
                       find_references(desk.manuscript, desk.cursor, Declarations::without)),
              ElementsAre("a.heed:2:8 contacts", "b.heed:2:8 contacts", "b.heed:2:25 contacts"));
  EXPECT_EQ(find_references(desk.manuscript, desk.cursor, Declarations::with).size(), 4u);
}

TEST(Names, a_files_field_shadows_what_all_can_name) {
  auto const desk =
      read_desk({"fact price is money\nfact items is list of\n  price is money\n"
                 "action a\nrule r\n  when any i in items has (pri^ce > 5 ILS)\n"
                 "  then do a\n"});
  EXPECT_THAT(lines_of(desk.manuscript, find_declarations(desk.manuscript, desk.cursor)),
              ElementsAre("a.heed:3:3 price"));
}

TEST(Hover, tells_what_a_fact_is_and_which_rules_read_it) {
  auto const desk = with_shop("rule r\n  when customer.ti^er is gold\n  then do apologise\n");
  auto const found = hover(desk.manuscript, desk.cursor);
  ASSERT_TRUE(found);
  EXPECT_EQ(text_at(desk.manuscript, {FileId{0}, found->span}), "customer.tier");
  EXPECT_THAT(found->markdown, HasSubstr("one of standard < silver < gold"));
  EXPECT_THAT(found->markdown, HasSubstr("Customer tier · דרג הלקוח"));
  EXPECT_THAT(found->markdown, HasSubstr("Read by 1 rule: `r`"));
}

TEST(Hover, tells_which_rules_write_a_need_and_what_a_value_belongs_to) {
  auto desk = with_shop("rule r\n  then resp^ect is violated\n");
  EXPECT_THAT(hover(desk.manuscript, desk.cursor)->markdown, HasSubstr("Written by 1 rule: `r`"));
  desk = with_shop("rule r\n  when customer.tier is go^ld\n  then do apologise\n");
  EXPECT_THAT(hover(desk.manuscript, desk.cursor)->markdown, HasSubstr("value of `customer.tier`"));
  desk = with_shop("ru^le r\n  then do apologise\n");
  EXPECT_THAT(hover(desk.manuscript, desk.cursor)->markdown, HasSubstr("what follows from what"));
}

TEST(Hover, names_the_test_that_is_declared) {
  auto const desk =
      with_shop("test \"bl^ue\"\n  given customer.tier is gold\n  expect do refund\n");
  EXPECT_EQ(hover(desk.manuscript, desk.cursor)->test, "blue");
}

TEST(Rename, changes_every_file) {
  auto const desk =
      read_desk({"rule r\n  when conta^cts > 3\n  then do a\n",
                 "fact contacts is number\naction a\nscript s\n  en \"{contacts}\"\n"});
  auto const edits = rename(desk.manuscript, desk.cursor, "customer.contacts");
  ASSERT_TRUE(edits) << edits.error().message;
  EXPECT_THAT(edited(desk.manuscript, edits.value()),
              ElementsAre("rule r\n  when customer.contacts > 3\n  then do a\n",
                          "fact customer.contacts is number\naction a\nscript s\n"
                          "  en \"{customer.contacts}\"\n"));
}

TEST(Rename, quotes_are_put_where_the_new_name_needs_them) {
  auto const desk =
      read_desk({"fact tier is one of gold, tin\naction a\n"
                 "rule r\n  when tier is go^ld\n  then do a\n"});
  auto const edits = rename(desk.manuscript, desk.cursor, "on time");
  ASSERT_TRUE(edits) << edits.error().message;
  EXPECT_THAT(edited(desk.manuscript, edits.value()).front(),
              HasSubstr("is one of \"on time\", tin"));
  EXPECT_THAT(edited(desk.manuscript, edits.value()).front(),
              HasSubstr("when tier is \"on time\""));
}

TEST(Rename, refuses_what_is_no_name_or_clashes) {
  struct Case {
    std::string_view name, code;
  };
  constexpr Case cases[] = {{"two words", "rename.bad-name"}, {"when", "rename.bad-name"},
                            {"", "rename.bad-name"},          {"a.", "rename.bad-name"},
                            {"respect", "rename.clash"},      {"customer", "rename.clash"}};
  for (auto const& [name, code] : cases) {
    auto const desk = with_shop("rule r\n  when customer.ti^er is gold\n  then do apologise\n");
    auto const edits = rename(desk.manuscript, desk.cursor, name);
    ASSERT_FALSE(edits) << name;
    EXPECT_EQ(edits.error().code, code) << name;
  }
  auto const desk = with_shop("rule r\n  when customer.tier is gold\n  th^en do apologise\n");
  EXPECT_EQ(rename(desk.manuscript, desk.cursor, "x").error().code, "rename.nothing");
}

TEST(Rename, hebrew_names_with_gershayim_are_names) {
  auto const desk =
      read_desk({"fact ma^am is number\naction a\nrule r\n  when maam > 1\n  then do a\n"});
  auto const edits = rename(desk.manuscript, desk.cursor, "מע\"מ");
  ASSERT_TRUE(edits) << edits.error().message;
  EXPECT_THAT(edited(desk.manuscript, edits.value()).front(), HasSubstr("when מע\"מ > 1"));
}

TEST(Reading, shares_what_did_not_change) {
  auto const before = read({{"a.heed", "action a\n"}, {"b.heed", "action b\n"}});
  auto const after = read({{"a.heed", "action a\n"}, {"b.heed", "action c\n"}}, before);
  EXPECT_EQ(before.sheets[0], after.sheets[0]);
  EXPECT_NE(before.sheets[1], after.sheets[1]);
  EXPECT_THAT(find_mistakes(read({{"a.heed", "policy p \"P\"\naction a\nrule r\n  then do a\n"}})),
              IsEmpty());
  EXPECT_THAT(find_mistakes(read({{"a.heed", ""}})), Not(IsEmpty()));
  EXPECT_THAT(find_mistakes(read({{"a.heed", "rule r\n  then do x\n"}})), Not(IsEmpty()));
}

}  // namespace
}  // namespace heed::author
