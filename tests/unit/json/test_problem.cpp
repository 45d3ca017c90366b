#include <gtest/gtest.h>

#include "server/json/case.hpp"
#include "server/json/problem.hpp"
#include "tests/support/golden.hpp"
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
  auto const text = problem_of(R"({
      "facts": {"customer": {"tier": "gould"}, "case": {"tags": [1, "a"], "amount": 3}},
      "history": [{"at": 1}]})") +
                    '\n';
  EXPECT_EQ(text, heed::testing::golden("json/problem.json", text));
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
