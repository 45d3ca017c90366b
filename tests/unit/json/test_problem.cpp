#include <gtest/gtest.h>

#include "server/json/case.hpp"
#include "server/json/problem.hpp"
#include "tests/support/small_policy.hpp"

namespace heed::json {
namespace {

std::string problem_of(std::string_view json) {
  auto const rules = heed::testing::small_rules();
  auto const result = read_case(rules, json);
  std::string out;
  if (!result) write_problem(out, to_problem(result.error()));
  return out;
}

TEST(Problem, lists_every_mistake_of_a_case) {
  EXPECT_EQ(problem_of(R"({"facts": {"customer": {"tier": "gould"}}, "history": [{"at": 1}]})"),
            R"({"type":"urn:heed:problem:case",)"
            R"("title":"the case does not fit the policy's vocabulary","status":422,)"
            R"("detail":"3 mistakes","errors":[)"
            R"({"pointer":"/facts/customer/tier","code":"case.choice",)"
            R"("detail":"\"gould\" is none of the values, did you mean `gold`?",)"
            R"("expected":"one of standard, silver, gold","found":"\"gould\""},)"
            R"({"pointer":"/history/0","code":"case.missing",)"
            R"("detail":"the event has no `event` that names it","expected":"a text",)"
            R"("found":null},)"
            R"({"pointer":"/history/0/at","code":"case.type",)"
            R"("detail":"expected a time such as \"2026-11-22T10:15:00+02:00\", found 1",)"
            R"("expected":"a time such as \"2026-11-22T10:15:00+02:00\"","found":"1"}]})");
}

TEST(Problem, of_a_text_that_is_no_json_says_where_it_ends_to_be) {
  EXPECT_EQ(problem_of("{\"facts\": ]"),
            R"({"type":"urn:heed:problem:not-json",)"
            R"("title":"the body is not a JSON document that is taken here","status":400,)"
            R"_("detail":"not JSON: unexpected ']' (line 1, column 11)","errors":[)_"
            R"({"pointer":"","code":"case.syntax",)"
            R"_("detail":"not JSON: unexpected ']' (line 1, column 11)",)_"
            R"("expected":"a value","found":null}]})");
}

TEST(Problem, of_a_text_that_is_too_long_is_of_its_own_type) {
  auto const text = problem_of(std::string((1u << 20) + 1, ' '));
  EXPECT_EQ(text.find(R"({"type":"urn:heed:problem:body-too-large",)"
                      R"("title":"the body is too large","status":413,)"),
            0u);
}

TEST(Problem, leaves_out_an_empty_detail) {
  std::string out;
  write_problem(out, {404, "not-found", "nothing is here", {}, {}});
  EXPECT_EQ(out, R"({"type":"urn:heed:problem:not-found","title":"nothing is here","status":404})");
}

}  // namespace
}  // namespace heed::json
