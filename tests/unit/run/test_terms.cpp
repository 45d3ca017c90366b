#include <gtest/gtest.h>

#include "tests/unit/run/probe.hpp"

/// Words of the policy as its terms tell them, in the text of a decision and of its explanation.
namespace heed::testing {
namespace {

constexpr std::string_view policy = R"(
policy tested "Tested"
  languages en, he
  zone "Asia/Jerusalem"
phase respond, close
fact case.state is one of open, "on hold", closed
fact case.delay is duration
fact case.note is text or none, default none
fact case.way is one of handshake, public_praise
role agent
  title en "Agent"  he "נציג"
role lead above agent
  title en "Team lead"  he "ראש הצוות"
action check_stock
  title en "Look for the item"  he "לאתר את המוצר"
  takes amount is money, largest
  takes wait is duration
  takes way is case.way
  internal to warehouse
authority check_stock.amount
  agent up to 100 ILS
  lead  unlimited
answer ticket.priority is one of low < high, largest, default low
answer ticket.state as stage
answer ticket.marks is set of text
define stage as case.state
event noted
  what is text or none
  way is case.way
phrases blame "Words of blame"
  en "your fault"
fact agent.message is text
rule one
  when agent.message mentions blame
  then do check_stock amount 420 ILS wait (case.delay) way public_praise by agent
       set ticket.priority to high
       add "by hand" to ticket.marks
       add "open" to ticket.marks
       record noted what case.note way handshake
       check en "All is said"  he "הכול נאמר" before close
       ask case.state
rule two
  when case.state is open
  then do check_stock
term warehouse en "the warehouse" he "המחסן"
term close en "closing" he "סגירה"
term phase.close en "closing the case" he "סגירת הפנייה"
term amount en "amount" he "סכום"
term wait en "wait" he "המתנה"
term way en "how" he "איך"
term check_stock.way.public_praise en "praise for all to hear" he "שבח בפני כולם"
term case.way.public_praise en "never shown here" he "לא כאן"
term case.way.handshake en "a handshake" he "לחיצת יד"
term ticket.priority.high en "high" he "גבוהה"
term high en "tall" he "גבוה"
term "on hold" en "on hold" he "בהמתנה"
term case.state.open en "being looked at" he "בטיפול"
term "ticket.marks.by hand" en "done by a person" he "טופל בידי אדם"
term open en "opened" he "נפתחה"
term closed en "closed" he "סגורה"
term what en "what" he "מה"
)";
constexpr std::string_view given = "agent.message is \"It is your fault\"\ncase.delay is 50 hours";

void expect_all(std::string const& words, std::initializer_list<std::string_view> parts) {
  for (auto const part : parts)
    EXPECT_NE(words.find(part), std::string::npos) << part << "\n" << words;
}

TEST(Terms, stand_in_the_text_of_a_decision) {
  auto const rules = load_text(policy);
  auto const words = to_words(decide_text(policy, given), Language::english, rules.get());
  expect_all(words, {"(amount: 420.00 ILS, wait: 2 days 2 hours, how: praise for all to hear)",
                     "customer's eyes: the warehouse\n", "before closing the case: All is said",
                     "ticket.priority: high\n", "ticket.marks: done by a person, open\n",
                     "case.state: being looked at, on hold, closed\n",
                     "noted (how: a handshake, what: none)",
                     "\"your fault\" – Words of blame [agent.message]"});
}

TEST(Terms, stand_in_the_text_of_a_decision_in_hebrew) {
  auto const rules = load_text(policy);
  auto const words = to_words(decide_text(policy, given), Language::hebrew, rules.get());
  expect_all(words,
             {"(סכום: 420 ₪, המתנה: יומיים ושעתיים, איך: שבח בפני כולם)", "להצגה ללקוח: המחסן\n",
              "לפני סגירת הפנייה: הכול נאמר", ": גבוהה\n", "בטיפול, בהמתנה, סגורה\n",
              "(איך: לחיצת יד, מה: אין)", "כי זה מעבר לסמכות של: נציג"});
  EXPECT_EQ(words.find("public_praise"), std::string::npos) << words;
}

TEST(Terms, of_a_type_hold_for_what_is_named_after_it) {
  auto const rules = load_text(policy);
  auto const decision = decide_text(policy, std::string{given} + "\ncase.state is open");
  expect_all(to_words(decision, Language::hebrew, rules.get()), {": בטיפול\n"});
}

TEST(Terms, change_no_decision) {
  auto const without = std::string{policy.substr(0, policy.find("term warehouse"))};
  auto const with_terms = decide_text(policy, given), plain = decide_text(without, given);
  EXPECT_EQ(to_words(with_terms, Language::english), to_words(plain, Language::english));
}

TEST(Terms, stand_beside_what_conditions_read) {
  auto const explanation = explain_text(policy, std::string{given} + "\ncase.state is open");
  auto const rules = load_text(policy);
  expect_all(to_words(explanation, Language::hebrew, "two", rules.get()),
             {"(\u2066case.state\u2069: \u2066open\u2069 \"בטיפול\")"});
}

}  // namespace
}  // namespace heed::testing
