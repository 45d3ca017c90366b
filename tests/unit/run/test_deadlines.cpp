#include <gtest/gtest.h>

#include "tests/unit/run/probe.hpp"

/// Part 3.9 of the language: deadlines in working time, and how they were counted.
namespace heed::testing {
namespace {

constexpr std::string_view vocabulary = R"(
policy tested "Tested"
  languages en, he
  zone "Asia/Jerusalem"
fact opened is time
fact late is yes or no
fact patience is duration
fact day is date
role agent
role lead above agent
role boss above lead
role legal
action call
action pay
  takes wait is duration, smallest
answer wait is duration, largest
answer ends is time, smallest
calendar office en "Office hours"  he "שעות המשרד"
  open sunday to thursday 09:00 to 18:00
  open friday 09:00 to 13:00
  closed 2026-11-24 en "A day out"  he "יום כיף", 2026-12-06
calendar berlin
  zone "Europe/Berlin"
  open monday to friday 08:00 to 12:00
  open monday to friday 13:00 to 17:00
parameter reply is 4 working hours in office
)";

Decision decide_rules(std::string_view rules, std::string_view given) {
  return decide_text(std::string{vocabulary} + std::string{rules}, given);
}

std::string text_of(Decision const& decision, std::optional<Instant> at) {
  return at ? decision.zone.to_text(*at).substr(0, 16) : "null";
}

std::string text_of(Decision const& decision, std::optional<Counted> const& counted) {
  if (!counted) return "null";
  auto text = counted->calendar + " from " + text_of(decision, counted->from);
  for (auto const& [from, to] : counted->intervals)
    text += " " + text_of(decision, from).substr(5) + "/" + text_of(decision, to).substr(5);
  for (auto const day : counted->skipped) text += " not " + to_text(day);
  return text;
}

struct Row {
  std::string_view within, now, due;
};

TEST(Deadlines, in_working_time_count_in_their_calendar) {
  constexpr Row rows[] = {
      {"4 working hours in office", "2026-11-22T10:00", "2026-11-22T14:00"},
      {"4 working hours in office", "2026-11-23T16:00", "2026-11-25T11:00"},  // a day out between
      {"reply", "2026-11-26T16:00", "2026-11-27T11:00"},
      {"(reply / 2)", "2026-11-26T17:00", "2026-11-27T10:00"},
      {"(reply + 1 working hour in office)", "2026-11-22T10:00", "2026-11-22T15:00"},
      {"30 working minutes in office", "2026-11-22T17:45", "2026-11-23T09:15"},
      {"1 working day in office", "2026-11-26T15:00", "2026-11-27T13:00"},
      {"(2 * (1 working day in office))", "2026-11-26T15:00", "2026-11-29T15:00"},
      {"1 working day in berlin", "2026-11-26T15:00", "2026-11-27T15:00"},
      {"1 working hour in berlin", "2026-11-27T17:30", "2026-11-30T09:30"},  // closes at 18 here
      {"patience", "2026-11-22T17:00", "2026-11-22T20:00"},
      {"(reply if late, otherwise 1 hour)", "2026-11-22T17:00", "2026-11-23T12:00"},
  };
  for (auto const& row : rows) {
    auto const decision =
        decide_rules("rule one\n  then do call within " + std::string{row.within},
                     "now is " + std::string{row.now} + "\nlate is yes\npatience is 3 hours");
    ASSERT_EQ(decision.plan.size(), 1U) << row.within;
    EXPECT_EQ(text_of(decision, decision.plan[0].due), row.due) << row.within;
    EXPECT_TRUE(decision.warnings.empty()) << row.within;
  }
}

TEST(Deadlines, say_how_they_were_counted) {
  auto const decision = decide_rules(R"(rule one
  then do call within reply of opened, expires after 1 working day in office
       escalate to lead within reply, then to boss after 1 working day in office
       alert agent within 1 working hour in office
rule two
  then do call within 30 hours
       do pay within 1 hour, expires after 2 working hours in office
       escalate to legal within 2 days, then to legal after 1 hour)",
                                     "opened is 2026-11-23T16:00\nnow is 2026-11-23T17:00");
  ASSERT_EQ(decision.plan.size(), 2U);
  auto const& call = decision.plan[0];
  EXPECT_EQ(text_of(decision, call.due), "2026-11-24T23:00");  // plain, and the earlier one
  EXPECT_EQ(text_of(decision, call.expires), "2026-11-25T17:00");
  EXPECT_EQ(text_of(decision, call.counted),
            "office from 2026-11-23T17:00 11-25T09:00/11-25T17:00 not 2026-11-24");
  auto const& pay = decision.plan[1];
  EXPECT_EQ(text_of(decision, pay.due), "2026-11-23T18:00");
  EXPECT_EQ(text_of(decision, pay.expires), "2026-11-25T10:00");
  ASSERT_EQ(decision.escalations.size(), 2U);
  auto const& lead = decision.escalations[0];
  EXPECT_EQ(text_of(decision, lead.due), "2026-11-25T12:00");
  EXPECT_EQ(text_of(decision, lead.counted),
            "office from 2026-11-23T17:00 11-23T17:00/11-23T18:00 11-25T09:00/11-25T12:00 "
            "not 2026-11-24");
  ASSERT_EQ(lead.then.size(), 1U);
  EXPECT_EQ(text_of(decision, lead.then[0].due), "2026-11-26T12:00");
  EXPECT_EQ(text_of(decision, decision.escalations[1].counted), "null");
  EXPECT_EQ(text_of(decision, decision.alerts[0].due), "2026-11-23T18:00");
}

TEST(Deadlines, the_earliest_counts_whichever_calendar_it_is_from) {
  auto const decision = decide_rules(R"(rule one
  then do call within 5 working hours in office
rule two
  then do call within 2 working hours in berlin
rule three
  then do call within 3 hours)",
                                     "now is 2026-11-23T10:00");
  ASSERT_EQ(decision.plan.size(), 1U);
  EXPECT_EQ(text_of(decision, decision.plan[0].due), "2026-11-23T12:00");
  EXPECT_EQ(text_of(decision, decision.plan[0].counted),
            "berlin from 2026-11-23T10:00 11-23T10:00/11-23T12:00");
}

TEST(WorkingTime, moves_times_and_dates) {
  struct Moved {
    std::string_view condition;
    bool holds;
  };
  constexpr Moved rows[] = {
      {"opened + reply is now", true},
      {"opened + 6 working hours in office < now", false},
      {"now - 1 working hour in office is 2026-11-22T09:00", true},
      {"now - 2 working hours in office is 2026-11-20T12:00", true},
      {"day + 2 working days in office is 2026-11-25", true},  // monday, and not the day out
      {"day - 1 working day in office is 2026-11-20", true},
      {"reply < 5 working hours in office", true},
      {"reply / (1 working hour in office) is 4", true},
      {"smallest of (reply, 1 working hour in office) is 60 working minutes in office", true},
  };
  for (auto const& row : rows) {
    auto const decision =
        decide_rules("rule one\n  when " + std::string{row.condition} + "\n  then do call",
                     "now is 2026-11-22T10:00\nopened is 2026-11-20T10:00\nday is 2026-11-22");
    EXPECT_EQ(status_of(decision, "one"), row.holds ? "fired" : "silent") << row.condition;
    EXPECT_TRUE(decision.warnings.empty()) << row.condition;
  }
}

TEST(WorkingTime, beside_plain_time_fails_where_only_a_case_shows_it) {
  struct Failing {
    std::string_view rules, warning;
  };
  constexpr Failing rows[] = {
      {"rule one\n  when patience < reply\n  then do call", "computation.working-time"},
      {"rule one\n  when patience + reply > patience\n  then do call", "computation.working-time"},
      {"rule one\n  then set wait to reply\n       set wait to 1 hour", "computation.working-time"},
      {"rule one\n  then do pay wait reply\nrule two\n  then do pay wait 1 hour",
       "computation.working-time"},
      {"rule one\n  then do pay wait (reply * 1.5)\nrule two\n  then do pay wait 1 working day in "
       "office",
       "computation.working-time"},
      {"rule one\n  then set wait to (1 working day in office * 1.5)", "computation.working-time"},
      {"rule one\n  then do call within 9000 working days in office",
       "computation.calendar-out-of-range"},
      {"rule one\n  then escalate to lead within 1 hour, then to boss after 9000 working days in "
       "office",
       "computation.calendar-out-of-range"},
      {"rule one\n  then do call, expires after 90000000 working hours in office",
       "computation.calendar-out-of-range"},
      {"rule one\n  when now + 9000 working days in office > now\n  then do call",
       "computation.calendar-out-of-range"},
      {"rule one\n  when day + reply > day\n  then do call", "computation.date-out-of-range"},
      {"rule one\n  then do call within 5000000000 days", "computation.date-out-of-range"},
  };
  for (auto const& row : rows) {
    auto const decision = decide_rules(row.rules, "patience is 3 hours\nday is 2026-11-22");
    ASSERT_EQ(decision.warnings.size(), 1U) << row.rules;
    EXPECT_EQ(decision.warnings[0].code, row.warning) << row.rules;
  }
}

TEST(Deadlines, are_told_in_words) {
  constexpr std::string_view rules = R"(rule one
  then do call within reply, expires after 2 days
       escalate to lead within reply)";
  auto const text = std::string{vocabulary} + std::string{rules};
  auto const loaded = load_text(text);
  auto const decision = decide_text(text, "now is 2026-11-23T16:00");
  auto const english = to_words(decision, Language::english, loaded.get());
  EXPECT_NE(
      english.find("call – agent, by 2026-11-25 11:00, lapses 2026-11-25 16:00\n"
                   "     counted in Office hours: 2026-11-23 16:00 to 18:00; 2026-11-25 09:00 "
                   "to 11:00; closed on\n       2026-11-24 (A day out)\n"),
      std::string::npos)
      << english;
  auto const hebrew = to_words(decision, Language::hebrew, loaded.get());
  EXPECT_NE(hebrew.find("נספר לפי שעות המשרד: 23.11.2026 בשעה 16:00 עד 18:00; 25.11.2026 בשעה "
                        "09:00 עד 11:00; סגור"),
            std::string::npos)
      << hebrew;
  EXPECT_NE(hebrew.find("24.11.2026 (יום כיף)"), std::string::npos) << hebrew;
  auto const why = to_words(explain_text(text, "now is 2026-11-23T16:00"), Language::english);
  EXPECT_NE(why.find("reply: until 2026-11-25 11:00, counted in office: 2026-11-23 16:00 to 18:00"),
            std::string::npos)
      << why;
}

TEST(Deadlines, that_pass_over_no_closed_day_need_no_word_about_counting) {
  auto const text =
      std::string{vocabulary} + "rule one\n  then do call within 1 working hour in office";
  auto const loaded = load_text(text);
  auto const at_work =
      to_words(decide_text(text, "now is 2026-11-23T16:00"), Language::english, loaded.get());
  EXPECT_NE(at_work.find("by 2026-11-23 17:00"), std::string::npos) << at_work;
  EXPECT_EQ(at_work.find("counted in"), std::string::npos) << at_work;
  auto const evening =
      to_words(decide_text(text, "now is 2026-11-23T20:00"), Language::english, loaded.get());
  EXPECT_NE(evening.find("counted in Office hours: 2026-11-25 09:00 to 10:00"), std::string::npos)
      << evening;
}

}  // namespace
}  // namespace heed::testing
