#include <gtest/gtest.h>

#include "server/json/case.hpp"
#include "server/json/case_reader.hpp"
#include "server/json/problem.hpp"
#include "server/json/resolved.hpp"
#include "tests/support/small_policy.hpp"

namespace heed::json {
namespace {

using heed::testing::small_rules;

/// What was read, or what is wrong with it, as text.
std::string told(RuleSet const& rules, Case const& subject) {
  auto text = resolved_case(rules, subject, subject.at.value_or(Instant{}));
  text += subject.history_given ? " history" : "";
  for (std::size_t fact = 0; fact < subject.facts.size(); ++fact)
    text += subject.facts[fact] ? "1" : "0";
  for (auto const& pointer : subject.ignored) text += " " + pointer;
  return text;
}

std::string told(CaseMistakes const& mistakes) {
  std::string text;
  write_problem(text, to_problem(mistakes));
  return text;
}

std::string read_alone(RuleSet const& rules, std::string_view text) {
  auto const result = read_case(rules, text);
  return result ? told(rules, result.value()) : told(result.error());
}

/// Texts that one reader reads one after the other.
class CaseReading : public ::testing::Test {
 protected:
  void expect_same(std::string_view text) {
    auto const result = reader_.read(text);
    auto const found = result ? told(rules_, *result.value()) : told(result.error());
    EXPECT_EQ(found, read_alone(rules_, text)) << text;
  }

  RuleSet rules_ = small_rules();
  CaseReader reader_{rules_};
};

constexpr std::string_view usual =
    R"({"at":"2026-11-22T10:15:00+02:00","subject":"c-7","facts":{"customer":{"captive":true,)"
    R"("tier":"gold"},"case":{"contacts":3,"share":-0.25,"amount":{"amount":"120.00",)"
    R"("currency":"ILS"},"delay":"PT4H","tags":["a","b"]},"order.price":19.99,)"
    R"("x":[1,{"y":null}]}})";

TEST_F(CaseReading, reads_members_in_any_order_after_any_other) {
  constexpr std::string_view facts[] = {
      R"({"case":{"contacts":3,"share":-0.25},"customer":{"tier":"gold","captive":true}})",
      R"({"case":{"share":0.5,"contacts":3}})",
      R"({"case":{"share":0.5,"nothing":1,"contacts":3},"customer":{"captive":false}})",
      R"({"customer":{"captive":false,"tier":"gold"},"case.contacts":3})",
      R"({ "case" : { "contacts" : 3 , "share" : 1 } })",
      R"({"case":{"contacts":3,"contacts":4}})",
      R"({"case":{"contacts" 3}})",
      R"({"case":{"contacts":3)",
      R"({"customer":null,"case":{}})"};
  for (auto const first : facts)
    for (auto const second : facts)
      for (auto const text : {first, second}) expect_same(R"({"facts":)" + std::string{text} + "}");
}

TEST_F(CaseReading, reads_each_case_as_if_it_were_the_first) {
  for (auto const text :
       {usual, std::string_view{R"({"facts":{}})"}, usual, std::string_view{"{}"},
        std::string_view{R"({"facts":{"customer":null,"case.contacts":null}})"}, usual,
        std::string_view{R"({"facts":{"customer.tier":"silver","case":{"contacts":1}}})"},
        std::string_view{R"({"subject":"a longer subject than fits into a short string"})"}})
    expect_same(text);
}

TEST_F(CaseReading, tells_of_mistakes_and_goes_on_from_a_clean_start) {
  for (auto const text : {
           R"({"facts":{"customer":{"captive":1,"tier":"gold"}}})",
           R"({"facts":{"customer":{"tier":"golden"}}})",
           R"({"facts":{"customer":{"tier":"gold"},"customer.tier":"gold"}})",
           R"({"facts":{"customer":{"tier":"gold"},"customer":{"captive":true}}})",
           R"({"facts":{"customer":{"tier":"gold","tier":"gold"}}})",
           R"({"facts":{"a":1,"a":2}})",
           R"({"at":"2026-11-22","at":"2026-11-23"})",
           R"({"at":"soon"})",
           R"({"facts":{"case":{"contacts":1.5}}})",
           R"({"facts":{"case":{"contacts":01}}})",
           R"({"facts":{"case":{"share":1e400}}})",
           R"({"facts":{"case":{"share":1234567890123456789012345}}})",
           R"({"facts":[]})",
           "{\"subject\":\"\xff\"}",
           "{\"subject\":\"\xed\xa0\x80\"}",
           R"({"subject":"\ud800"})",
           R"({"subject":"a)",
           "[]",
           "",
           R"({} {})",
       }) {
    expect_same(text);
    expect_same(R"({"facts":{"case":{"contacts":2}}})");
  }
}

TEST_F(CaseReading, takes_what_is_rare_too) {
  for (auto const text : {
           R"({"subject":"\u05d0\n\"\\\/\b\ud83d\ude00"})",
           R"({"s\u0075bject":"c-1","f\u0061cts":{"case":{"contacts":1}}})",
           R"({"facts":{"case":{"share":-0,"contacts":-0.0}}})",
           R"({"facts":{"case":{"share":1.5e3,"contacts":10000000000}}})",
           R"({"facts":{"case":{"share":{"fraction":"1/3"}}}})",
           R"({"facts":{"case":{"amount":{"amount":1,"currency":"ILS","tax":2}}}})",
           R"({"facts":{"case":5,"customer":{"name":{"first":"x"},"~/":1}},"more":[[],{}]})",
           R"({"ignored":["/facts/a"],"facts":null,"history":null,"figures":{}})",
           "\xef\xbb\xbf{\"subject\":\"c-1\"}",
           "{\"facts\":{\"cafe\xcc\x81\":1,\"\xd7\xa9\":2}}",
           " \t{ \"subject\" : \"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d\" , \"facts\" : { } } \r\n",
       })
    expect_same(text);
}

TEST_F(CaseReading, reads_numbers_of_any_length) {
  for (auto const number : {"0",
                            "-0",
                            "-0.00",
                            "00",
                            "0.",
                            ".5",
                            "-",
                            "-.5",
                            "-12.50",
                            "0.00000000000000001",
                            "12345678901234567",
                            "123456789012345678",
                            "-99999999999999999",
                            "1234567890123456.7",
                            "12345678901234567.8",
                            "100000000000000000",
                            "1000000000000000000",
                            "1000000000000000001",
                            "0.0000000000000000000000000000000000000001",
                            "1.10000000000000000",
                            "2.4 ",
                            "7.0",
                            "12e1"})
    for (auto const fact : {"share", "contacts"})
      expect_same(R"({"facts":{"case":{")" + std::string{fact} + "\":" + number + "}}}");
}

TEST_F(CaseReading, reads_the_clock_as_it_is_written) {
  for (auto const at :
       {R"("2026-11-22T10:15:00+02:00")", R"("2026-11-22T10:15")", R"("2026-11-22")",
        R"("0000-01-01T00:00:00Z")", R"("9999-12-31T23:59:59-12:00")", "null", "5",
        R"("2026\u002d11-22")", R"("")", R"(["2026-11-22"])"})
    expect_same(R"({"at":)" + std::string{at} + "}");
}

TEST_F(CaseReading, agrees_on_every_slip_of_one_letter) {
  constexpr std::string_view letters = "\"\\{}[]:,0-e.tn \x01\xd7";
  for (std::size_t at = 0; at < usual.size(); ++at) {
    std::string text{usual};
    expect_same(text.erase(at, 1));
    text = usual;
    text[at] = letters[at % letters.size()];
    expect_same(text);
    text = usual;
    expect_same(text.insert(at, 1, letters[at * 7 % letters.size()]));
    expect_same(usual.substr(0, at));
  }
}

}  // namespace
}  // namespace heed::json
