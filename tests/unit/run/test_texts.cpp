#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "tests/unit/run/probe.hpp"

/// What a decision says: texts with slots.
namespace heed::testing {
namespace {

std::string policy_of(std::string const& texts) {
  return R"(
policy tested "Tested"
  languages en, he
  zone "Asia/Jerusalem"
fact name is text or none
fact captive is yes or no
fact gender is one of female, male, unsaid
fact state is one of "on time", late
fact contacts is whole number
fact share is number
fact amount is money
fact wait is duration
fact day is date
fact moment is time
fact tags is set of text
fact numbers is set of number
need functional n
answer grade is one of low < high, largest
score risk from 0 to 100
define half as share / 2
table fee gives money
  gender | fee
  male   | 5 ILS
  -      | 10 USD
rule says
  then n is violated
       say)" +
         texts + "\n";
}

/// What is said in a language; `-` where it is left out.
std::string said(Decision const& decision, std::string const& language) {
  auto const text = decision.say.at(0).text.find(language);
  return text == decision.say.at(0).text.end() ? "-" : text->second;
}

struct Written {
  std::string_view given, slot, en, he;
};

constexpr Written values[] = {
    {"contacts is 1234567", "{contacts}", "1,234,567", "1,234,567"},
    {"contacts is -3", "{contacts}", "-3", "\u200e-3"},
    {"share is 0.15", "{share} {share as percent}", "0.15 15%", "0.15 15%"},
    {"share is 0.123456789", "{share} {share as percent}", "0.123457 12.345679%",
     "0.123457 12.345679%"},
    {"share is 1", "{half}", "0.5", "0.5"},
    {"amount is 1200.5 ILS", "{amount}", "₪1,200.50", "\u200f1,200.50\u00a0\u200f₪"},
    {"amount is 120 JPY", "{amount}", "¥120", "\u200f120\u00a0\u200f¥"},
    {"gender is female", "{fee}", "$10.00", "\u200f10.00\u00a0\u200f$"},
    {"wait is 1 day", "{wait}", "1 day", "יום 1"},
    {"wait is 2 days", "{wait}", "2 days", "יומיים"},
    {"wait is 72 hours", "{wait}", "3 days", "3 ימים"},
    {"wait is 90 minutes", "{wait}", "1 hour, 30 minutes", "שעה, 30 דקות"},
    {"wait is 0 seconds", "{wait}", "0 seconds", "0 שניות"},
    {"day is 2026-10-01", "{day}", "October 1, 2026", "1 באוקטובר 2026"},
    {"day is 1500-03-01", "{day}", "March 1, 1500", "1 במרץ 1500"},
    {"moment is 2026-07-01T09:05+02:00", "{moment as date}", "July 1, 2026", "1 ביולי 2026"},
    {"moment is 2026-07-01T09:05+02:00", "{moment as time}", "10:05\u202fAM", "10:05"},
    {"moment is 2026-07-01T23:05+03:00", "{moment}", "July 1, 2026 at 11:05\u202fPM",
     "1 ביולי 2026 בשעה 23:05"},
    {"a is 1", "{today}", "November 22, 2026", "22 בנובמבר 2026"},
    {"captive is yes", "{captive}", "yes", "כן"},
    {"captive is no", "{captive}", "no", "לא"},
    {"state is \"on time\"", "{state}", "on time", "\u2068on time\u2069"},
    {"tags is \"b\", \"a\", \"ג\"", "{tags}", "a, b, and \u2068ג\u2069",
     "\u2068a\u2069, \u2068b\u2069 וג"},
    {"numbers is 1000, 0.5", "{numbers}", "0.5 and 1,000", "0.5 ו-1,000"},
    {"name is \"Dana\"", "{name}!", "Dana!", "\u2068Dana\u2069!"},
    {"name is \"דנה\"", "{name}!", "\u2068דנה\u2069!", "דנה!"},
    {"name is \"  D\\na\u202ena \"", "{name}!", "D ana!", "\u2068D ana\u2069!"},
};

TEST(Texts, values_are_written_as_each_language_writes_them) {
  for (auto const& row : values) {
    SCOPED_TRACE(std::string{row.given} + "  " + std::string{row.slot});
    auto const slot = std::string{row.slot};
    auto const given = row.given == "a is 1" ? std::string_view{} : row.given;
    auto const decision = decide_text(policy_of(" en \"" + slot + "\" he \"" + slot + "\""), given);
    EXPECT_EQ(said(decision, "en"), row.en);
    EXPECT_EQ(said(decision, "he"), row.he);
  }
}

struct Told {
  std::string_view given, text, en, rest;
};

constexpr Told fillings[] = {
    // What has nothing to say leaves the text out, or says what is written for it.
    {"", "Dear {name}", "-", "ask name: need:n, say:says"},
    {"", "Dear {name | otherwise customer}", "Dear customer", "ask name: need:n, say:says"},
    {"name is none", "Dear {name}", "-", "warn text.nothing-to-say [says]"},
    {"name is \" \"", "Dear {name}", "-", "warn text.nothing-to-say [says]"},
    {"name is none", "Dear {name | otherwise customer}", "Dear customer", ""},
    {"", "{name | otherwise all {contacts} calls}", "-",
     "ask contacts: need:n, say:says\nask name: need:n, say:says"},
    {"name is \"Dana\"", "{name | otherwise all {contacts} calls}", "Dana", ""},
    {"share is 0", "{half}", "0", ""},
    {"", "{half | otherwise some}", "some", "ask share: need:n, say:says"},
    {"", "{grade | otherwise no grade}", "no grade", ""},
    {"", "{risk}", "0", ""},
    // Forms.
    {"contacts is 1", "{contacts: one a call | other {#} calls}", "a call", ""},
    {"contacts is 1200", "{contacts: one a call | other {#} calls}", "1,200 calls", ""},
    {"contacts is 0", "{contacts: 0 no call | one a call | other {#} calls}", "no call", ""},
    {"share is 1.5", "{share: one a loaf | other {# as percent} of one}", "150% of one", ""},
    {"gender is male", "{gender: female her | male him | other them}", "him", ""},
    {"gender is unsaid", "{gender: female her | male him | other them}", "them", ""},
    {"", "{gender: female her | other them | otherwise you}", "you",
     "ask gender: need:n, say:says"},
    {"state is \"on time\"", "{state: on time in time | late too late}", "in time", ""},
    {"captive is no", "{captive: yes stay | no {contacts: one call | other calls}}", "-",
     "ask contacts: need:n, say:says"},
    {"captive is yes", "{captive: yes stay | no {contacts: one call | other calls}}", "stay", ""},
    {"captive is yes", "x{captive:yes|no no}y", "xy", ""},
    // Braces and bars.
    {"name is \"{x}|\"", "{{{name}}} | {name | otherwise a || b}", "{{x}|} | {x}|", ""},
    {"captive is yes", "{captive: yes a || b | no c}", "a | b", ""},
};

TEST(Texts, slots_say_what_is_known_and_what_stands_for_it) {
  for (auto const& row : fillings) {
    SCOPED_TRACE(std::string{row.given} + "  " + std::string{row.text});
    auto const decision =
        decide_text(policy_of(" en \"" + std::string{row.text} + "\""), row.given);
    EXPECT_EQ(said(decision, "en"), row.en);
    std::string rest;
    for (auto const& question : decision.questions) {
      rest += (rest.empty() ? "ask " : "\nask ") + question.fact + ": ";
      for (auto const& name : question.could_change)
        rest += (&name == question.could_change.data() ? "" : ", ") + name;
    }
    for (auto const& warning : decision.warnings)
      rest += (rest.empty() ? "warn " : "\nwarn ") + warning.code + " [" + warning.rule + "]";
    EXPECT_EQ(rest, row.rest);
  }
}

TEST(Texts, hebrew_has_a_form_for_two) {
  constexpr std::string_view form = "{contacts: one פנייה | two שתי פניות | other {#} פניות}";
  constexpr std::pair<std::string_view, std::string_view> rows[] = {
      {"contacts is 1", "פנייה"},
      {"contacts is 2", "שתי פניות"},
      {"contacts is 20", "20 פניות"},
  };
  for (auto const& [given, text] : rows)
    EXPECT_EQ(said(decide_text(policy_of(" he \"" + std::string{form} + "\""), given), "he"), text);
}

TEST(Texts, working_time_has_words_of_its_own) {
  auto const decision = decide_text(R"(
policy tested "Tested"
  languages en, he, fr
calendar office
  open sunday to thursday 09:00 to 18:00
parameter soon is 2 working days
parameter sooner is 4 working hours
parameter at_once is 1 working hour
rule says
  then say en "{soon}, {sooner}, {at_once}" he "{soon}, {sooner}, {at_once}" fr "{soon}"
)",
                                    "");
  EXPECT_EQ(said(decision, "en"), "2 working days, 4 working hours, 1 working hour");
  EXPECT_EQ(said(decision, "he"), "שני ימי עבודה, 4 שעות עבודה, שעת עבודה 1");
  EXPECT_EQ(said(decision, "fr"), "-");
}

TEST(Texts, a_language_without_its_value_is_left_out_alone) {
  auto const decision = decide_text(policy_of(" en \"Sorry\" he \"{name}, סליחה\""), "");
  EXPECT_EQ(said(decision, "en"), "Sorry");
  EXPECT_EQ(said(decision, "he"), "-");
}

TEST(Texts, what_is_told_is_what_the_rules_have_made_of_it_in_the_end) {
  auto const decision = decide_text(R"(
policy tested "Tested"
fact a is yes or no
score risk from 0 to 100
need functional n
rule one
  then n is violated
       add 5 to risk
       say "Your risk is {risk}"
  because "it is {risk: one small | other {#}}"
rule two
  when a
  then add 7 to risk
)",
                                    "a is yes");
  EXPECT_EQ(said(decision, "en"), "Your risk is 12");
  EXPECT_EQ(decision.needs.at(0).because.at(0).text.at("en"), "it is 12");
}

TEST(Texts, a_target_that_a_rule_may_still_write_is_not_told_yet) {
  auto const decision = decide_text(R"(
policy tested "Tested"
fact a is yes or no
score risk from 0 to 100
rule one
  then add 5 to risk
       say "Your risk is {risk}"
rule two
  when a
  then add 7 to risk
)",
                                    "");
  EXPECT_EQ(said(decision, "en"), "-");
  EXPECT_EQ(describe(decision),
            "fired one\npending two\nscore risk: 5 in 5 to 12\nsay nothing [one]\n"
            "ask a: say:one, score:risk\n");
}

TEST(Texts, many_threads_write_the_same_bytes) {
  auto const policy = policy_of(" en \"{amount} {wait} {moment} {tags}\"");
  auto const rules = load_text(policy);
  auto subject = make_case(*rules);
  auto const set = [&](std::string_view name, Value value) {
    for (std::size_t at = 0; at < rules->policy.facts.size(); ++at)
      if (rules->policy.facts[at].name == name) subject.facts[at] = std::move(value);
  };
  set("amount", Money{Number{5}, *find_currency("EUR")});
  set("wait", Duration{0, Number{86'400}});
  set("moment", Instant{0});
  set("tags", make_set({std::string{"a"}, std::string{"b"}}));
  auto const first = said(decide(*rules, subject, Instant{}), "en");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int turn = 0; turn < 50; ++turn)
        EXPECT_EQ(said(decide(*rules, subject, Instant{}), "en"), first);
    });
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace heed::testing
