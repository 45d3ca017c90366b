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
