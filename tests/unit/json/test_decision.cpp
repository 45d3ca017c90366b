#include <gtest/gtest.h>

#include "server/json/canonical.hpp"
#include "server/json/decision.hpp"
#include "tests/support/full_decision.hpp"
#include "tests/support/golden.hpp"

namespace heed::json {
namespace {

TEST(WriteDecision, writes_every_member_in_its_order) {
  std::string out;
  write_decision(out, heed::testing::full_decision(), {"0.1.0", "2026b", "44"},
                 "019ab3c4-0000-7000-8000-000000000001");
  out += '\n';
  EXPECT_EQ(out, heed::testing::golden("json/decision.json", out));
}

TEST(WriteDecision, of_an_empty_decision_keeps_every_member) {
  Decision decision;
  decision.at = Instant{0};
  decision.policy = "small";
  decision.revision = "00";
  std::string out = "before ";
  write_decision(out, decision, {"0.1.0", "2026b", "44"});
  EXPECT_EQ(
      out,
      R"(before {"at":"1970-01-01T00:00:00Z","subject":null,)"
      R"("policy":{"name":"small","revision":"00"},)"
      R"("engine":{"version":"0.1.0","tz":"2026b","cldr":"44"},"needs":[],"scores":{},)"
      R"("answers":{},"plan":[],"say":[],"choices":[],"checks":[],"escalations":[],"alerts":[],)"
      R"("record":[],"forbidden":[],"withheld":[],"questions":[],"matches":[],)"
      R"("rules":{"fired":[],"pending":[]},)"
      R"("ignored":[],"warnings":[]})");
}

constexpr std::string_view policy_of_parts = R"(
policy parts
  languages en, he
role agent
role lead above agent
phase first, last
fact a is yes or no
fact b is yes or no
fact c is yes or no
fact name is text
need psychological respect
need functional speed
action call
  phase last
  takes reason is text
action write
  takes copies is whole number
action wait
  phase last

rule call_for_a
  when a
  then do call reason "a"
       respect is threatened, severity 2
  because en "of a" he "בגלל"
rule call_for_b
  when b
  then do call reason "b"
       speed is violated, severity 4
  because en "of {name}"
rule call_like_a
  when b and c
  then do call reason "a" by lead
  because en "again"
rule forbid_waiting
  when c
  then forbid wait
rule wait
  when a
  then do wait
rule write_two
  when a or c
  then do write copies 2
       do write copies 10
       escalate to lead
  because en "\"of\" it"
)";

/// Parts of a decision that are the same in every case are written once, and then copied.
TEST(WriteDecision, writes_a_part_again_as_it_was_first) {
  auto const loaded = load({{"parts.heed", std::string{policy_of_parts}}}, "revision");
  for (auto const& one : loaded.diagnostics)
    EXPECT_EQ(one.severity, Severity::warning) << one.message;
  ASSERT_TRUE(loaded.rules);
  auto const& rules = *loaded.rules;
  EngineVersion const engine{"0.1.0", "2026b", "44"};
  Evaluator evaluator{rules};
  std::optional<Value> const truths[] = {std::nullopt, Value{false}, Value{true}};
  for (int round = 0; round < 2; ++round)
    for (auto const& a : truths)
      for (auto const& b : truths)
        for (auto const& c : truths) {
          auto subject = make_case(rules);
          subject.facts = {a, b, c, Value{std::string{round == 0 ? "Dana" : "Noa"}}};
          auto const alone = decide(rules, subject, Instant{0});
          auto const& lent = evaluator.decide(subject, Instant{0});
          std::string expected, expected_canonical, found, found_canonical;
          write_decision(expected, alone, engine);
          write_canonical_decision(expected_canonical, alone, engine);
          write_decision(found, lent, engine);
          write_canonical_decision(found_canonical, lent, engine);
          EXPECT_EQ(found, expected);
          EXPECT_EQ(found_canonical, expected_canonical);
        }
}

void expect_canonical(Decision const& decision, std::string_view id) {
  EngineVersion const engine{"0.1.0", "2026b", "44"};
  std::string answer, written;
  write_decision(answer, decision, engine, id);
  write_canonical_decision(written, decision, engine, id);
  EXPECT_EQ(written, canonical(answer, answer.size()).value());
}

TEST(WriteCanonicalDecision, gives_the_canonical_bytes_of_the_answer) {
  auto decision = heed::testing::full_decision();
  expect_canonical(decision, "019ab3c4-0000-7000-8000-000000000001");
  expect_canonical(decision, {});
  expect_canonical({}, {});

  // Names whose order is not that in which they stand, and numbers that JSON writes otherwise.
  auto& item = decision.plan.emplace_back();
  item.action = "call";
  for (auto const* name : {"b", "aa", "a", "\xEF\xBF\xBD", "\xF0\x9F\x98\x80", "\xD7\x90", "A"})
    item.with.emplace_back(name, Shown{Shown::Decimal{"1.50"}});
  for (auto const* number : {"100.00", "-0", "0.0000001", "12345678901234567890", "7"})
    item.with.emplace_back(number, Shown{Shown::Decimal{number}});
  item.with.emplace_back("", Shown{Shown::Amount{"2400.00", "ILS"}});
  decision.scores.push_back({"z", divide(Number{3}, Number{8}), Number{-1}, Number{1'000'000}});
  decision.scores.push_back({"y", std::nullopt, *divide(Number{1}, Number{4}), Number{2}});
  decision.say.push_back({{}, {{"he", "שורה\nועוד \"אחת\"\x01"}, {"en", "\t\\"}}, {"b", "a"}});
  expect_canonical(decision, "id");
}

}  // namespace
}  // namespace heed::json
