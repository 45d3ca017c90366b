#include <gtest/gtest.h>

#include "server/json/explanation.hpp"
#include "tests/support/full_decision.hpp"
#include "tests/support/golden.hpp"

namespace heed::json {
namespace {

TEST(WriteExplanation, follows_the_decision_as_its_last_member) {
  Explanation explanation;
  explanation.decision = heed::testing::full_decision();
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
  explanation.rules.resize(3);
  explanation.rules[0].rule = "late";
  explanation.rules[0].status = RuleStatus::pending;
  explanation.rules[0].when = both;
  explanation.rules[0].stopped_by = delay;
  explanation.rules[0].failed = {delay};
  explanation.rules[0].waits_for = {"case.delay"};
  FactChange change{"case.delay", {}, {std::string{"P3D"}}, false, true, std::nullopt};
  explanation.rules[0].nearest = NearestMiss{{change}, 12, false};
  explanation.escalation = EscalationMiss{{{change}, 7, true}, explanation.decision.escalations};
  explanation.rules[1].rule = "old";
  explanation.rules[1].status = RuleStatus::out_of_its_days;
  explanation.rules[2].rule = "usual";
  explanation.rules[2].status = RuleStatus::overridden;
  explanation.rules[2].overridden_by = {"exception"};
  std::string out;
  write_explanation(out, explanation, {"0.1.0", "2026b", "44"});
  out += '\n';
  EXPECT_EQ(out, heed::testing::golden("json/explanation.json", out));
}

}  // namespace
}  // namespace heed::json
