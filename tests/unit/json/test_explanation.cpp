#include <gtest/gtest.h>

#include "server/json/explanation.hpp"

namespace heed::json {
namespace {

TEST(WriteExplanation, follows_the_decision_as_its_last_member) {
  Explanation explanation;
  explanation.decision.policy = "small";
  ConditionTrace delay;
  delay.text = "case.delay > 2 days";
  delay.truth = Truth::unknown;
  delay.reads = {{"case.delay", {}, false}, {"limit", {Shown::Decimal{"2"}}, true}};
  ConditionTrace captive;
  captive.text = "customer.captive";
  captive.truth = Truth::yes;
  captive.reads = {{"customer.captive", {true}, true}};
  ConditionTrace both;
  both.text = "customer.captive and case.delay > 2 days";
  both.truth = Truth::unknown;
  both.parts = {captive, delay};
  explanation.rules.resize(2);
  explanation.rules[0].rule = "late";
  explanation.rules[0].status = RuleStatus::pending;
  explanation.rules[0].when = both;
  explanation.rules[0].stopped_by = delay;
  explanation.rules[0].waits_for = {"case.delay"};
  explanation.rules[1].rule = "old";
  explanation.rules[1].status = RuleStatus::out_of_its_days;
  std::string out;
  write_explanation(out, explanation, {"0.1.0", "2026b", "44"}, "7");
  std::string const late =
      R"({"text":"case.delay > 2 days","holds":null,"reads":[{"name":"case.delay","value":null,)"
      R"("known":false},{"name":"limit","value":2,"known":true}],"parts":[]})";
  std::string const tail =
      R"(,"warnings":[],"explanation":[{"rule":"late","status":"pending","when":)"
      R"({"text":"customer.captive and case.delay > 2 days","holds":null,"reads":[],"parts":[)"
      R"({"text":"customer.captive","holds":true,"reads":[{"name":"customer.captive",)"
      R"("value":true,"known":true}],"parts":[]},)" +
      late + R"(]},"stopped_by":)" + late +
      R"(,"waits_for":["case.delay"]},)"
      R"({"rule":"old","status":"out_of_its_days","when":null,"stopped_by":null,"waits_for":[]}]})";
  EXPECT_EQ(out.substr(0, 9), R"({"id":"7")");
  ASSERT_GT(out.size(), tail.size());
  EXPECT_EQ(out.substr(out.size() - tail.size()), tail);
}

}  // namespace
}  // namespace heed::json
