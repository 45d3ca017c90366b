#include <gtest/gtest.h>

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

}  // namespace
}  // namespace heed::json
