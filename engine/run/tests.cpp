#include "engine/run/tests.hpp"

#include <algorithm>

#include "engine/base/ensure.hpp"
#include "engine/run/decide.hpp"
#include "engine/run/expectations.hpp"

namespace heed {
namespace run {
namespace {

Case make_case_of(RuleSet const& rules, Test const& test, Instant now) {
  auto subject = make_case(rules);
  subject.at = now;
  for (auto const& [fact, value] : test.facts) subject.facts[index(fact)] = value;
  subject.history = test.history;
  return subject;
}

TestResult run_test(RuleSet const& rules, Test const& test, CoverageCounter& counter) {
  auto const now = test.now.value_or(default_test_now(rules.policy));
  auto const subject = make_case_of(rules, test, now);
  auto const inputs = make_inputs(rules, subject, now);
  Deciding deciding{inputs};
  TestResult result;
  result.name = test.name;
  result.where = test.where;
  result.passed = true;
  result.fired = deciding.decision.fired;
  for (auto const& expectation : test.expectations) {
    auto checked = check(deciding, expectation);
    result.passed = result.passed && checked.holds;
    result.expectations.push_back(std::move(checked));
  }
  counter.count(deciding);
  return result;
}

}  // namespace
}  // namespace run

Instant default_test_now(Policy const& policy) {
  auto const day = make_date(2026, 1, 1);
  ensure(day.has_value());
  auto const now = policy.zone.instant_of(*day, std::int64_t{9} * 3'600);
  ensure(now.has_value());
  return *now;
}

TestRun run_tests(RuleSet const& rules) {
  auto const& policy = rules.policy;
  TestRun result;
  run::CoverageCounter counter{policy};
  for (auto const& test : policy.tests) result.tests.push_back(run::run_test(rules, test, counter));
  std::ranges::sort(result.tests, {}, &TestResult::name);
  result.coverage = std::move(counter).take();
  for (auto const& rule : result.coverage.rules)
    if (rule.fired == 0) result.rules_not_reached.push_back(rule.name);
  for (auto const& row : result.coverage.rows)
    if (row.applied == 0) result.rows_not_reached.push_back(row.where);
  return result;
}

}  // namespace heed
