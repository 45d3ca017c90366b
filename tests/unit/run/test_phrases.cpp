#include <gtest/gtest.h>

#include "engine/compile/phrases.hpp"
#include "tests/unit/run/probe.hpp"

/// Part 3.10 of the language: text.
namespace heed::testing {
namespace {

struct Row {
  std::string_view phrase, exception, text, found;  // as `begin-end`, in code points
};

std::string find(Row const& row) {
  Phrases phrases;
  phrases.name = "p";
  phrases.phrases.push_back({"en", std::string{row.phrase}});
  if (!row.exception.empty()) phrases.exceptions.push_back({"en", std::string{row.exception}});
  PhraseMatcher const matcher{{phrases}};
  std::string text;
  for (auto const& found : matcher.find(row.text))
    text +=
        (text.empty() ? "" : " ") + std::to_string(found.begin) + "-" + std::to_string(found.end);
  return text;
}

void check(std::initializer_list<Row> rows) {
  for (auto const& row : rows)
    EXPECT_EQ(find(row), row.found) << row.phrase << " | " << row.exception << " | " << row.text;
}

TEST(PhrasesFound, are_whole_words) {
  check({
      {"not my fault", "", "It is not my fault.", "6-18"},
      {"not my fault", "", "it is NOT MY FAULT", "6-18"},
      {"not my fault", "", "not my faults", ""},
      {"not my fault", "", "knot my fault", ""},
      {"fault", "", "fault, fault; (fault)", "0-5 7-12 15-20"},
      {"fault", "", "fault_line fault2", ""},
      {"can", "", "I can't", ""},
      {"you should", "", "you \t\n should", "0-13"},
      {"a b", "", "a b a b", "0-3 4-7"},
      {"a a", "", "a a a", "0-3 2-5"},
      {"", "", "anything", ""},
      {"straße", "", "STRASSE", "0-7"},
      {"file", "", "ﬁle", "0-3"},
      {"don't", "", "I don’t know", "2-7"},
      {"well-known", "", "a well‑known case", "2-12"},
  });
}

TEST(PhrasesFound, in_hebrew_may_stand_behind_one_prefix_letter) {
  check({
      {"לא אשמתי", "", "זה לא אשמתי", "3-11"},
      {"אשמתי", "", "זה באשמתי", "4-9"},
      {"אשמתי", "", "וזה שאשמתי", "5-10"},
      {"אשמתי", "", "שבאשמתי", ""},
      {"אשמתי", "", "דאשמתי", ""},
      {"אשמתי", "", "אשמתינו", ""},
      {"refund", "", "הrefund", ""},
      {"הבטחתם", "", "כשהבטחתם והבטחתם", "10-16"},
  });
}

TEST(PhrasesFound, are_blind_to_niqqud_and_to_typographic_signs) {
  check({
      {"שלום", "", "אָז שָׁלוֹם לך", "4-11"},
      {"שָׁלוֹם", "", "שלום", "0-4"},
      {"מע\"מ", "", "כולל מע״מ", "5-9"},
      {"מע\"מ", "", "כולל המע”מ", "6-10"},
      {"מע", "", "מע\"מ", ""},
      {"צ'ק", "", "צ׳ק", "0-3"},
      {"אי-אפשר", "", "אי־אפשר", "0-7"},
      {"לא", "", "\u200Fלא\u200F", "1-3"},
  });
}

TEST(PhrasesFound, are_none_where_an_exception_covers_them) {
  check({
      {"לא אשמתי", "הוא אמר שזה לא אשמתי", "הוא אמר שזה לא אשמתי", ""},
      {"לא אשמתי", "הוא אמר שזה לא אשמתי", "והוא אמר שזה לא אשמתי, וזה לא אשמתי", "27-35"},
      {"my fault", "not my fault", "not my fault, my fault", "14-22"},
      {"fault of mine", "fault of", "fault of mine", "0-13"},
      {"fault", "fault", "fault", ""},
  });
}

TEST(PhrasesFound, in_a_case_say_where_they_stand) {
  constexpr std::string_view policy = R"(
policy tested "Tested"
  languages en, he
need functional n "N"
fact agent.message is text
fact agent.note is text
phrases blame "Blame"
  en "not my fault"
  he "לא אשמתי"
phrases unread "Unread"
  en "fault"
rule r
  when agent.message mentions blame or agent.note mentions blame
  then n is violated
)";
  EXPECT_EQ(describe(decide_text(policy, "agent.message is \"So it is not my fault, לא אשמתי\"")),
            "fired r\nneed n: violated 3, could be violated 3 [r]\n"
            "match agent.message: blame \"not my fault\" at 9 to 21\n"
            "match agent.message: blame \"לא אשמתי\" at 23 to 31\n");
  EXPECT_EQ(status_of(decide_text(policy, "agent.message is \"fine\""), "r"), "pending");
}

}  // namespace
}  // namespace heed::testing
