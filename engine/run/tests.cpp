#include "engine/run/tests.hpp"

#include <algorithm>
#include <set>

#include "engine/run/decide.hpp"
#include "engine/run/evaluate.hpp"
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

/// What the tests of a policy have reached so far.
struct Coverage {
  std::set<std::size_t> rules;
  std::set<std::pair<std::size_t, std::size_t>> rows;  // table, row
};

void cover(Frame& frame, Coverage& coverage) {
  auto const& policy = frame.policy();
  for (std::size_t rule = 0; rule < policy.rules.size(); ++rule)
    if (frame.status[rule] == RuleStatus::fired) coverage.rules.insert(rule);
  for (std::size_t table = 0; table < policy.tables.size(); ++table) {
    auto const& rows = policy.tables[table].rows;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (truth_of(frame, rows[row]) != Truth::yes) continue;
      coverage.rows.insert({table, row});
      if (policy.tables[table].hit == Table::Hit::first) break;
    }
  }
}

TestResult run_test(RuleSet const& rules, Test const& test, Coverage& coverage) {
  auto const now = test.now.value_or(default_test_now(rules.policy));
  auto const subject = make_case_of(rules, test, now);
  auto const inputs = make_inputs(rules, subject, now);
  auto deciding = decide(inputs);
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
  cover(deciding.plain, coverage);
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
  run::Coverage coverage;
  for (auto const& test : policy.tests)
    result.tests.push_back(run::run_test(rules, test, coverage));
  std::ranges::sort(result.tests, {}, &TestResult::name);
  for (std::size_t rule = 0; rule < policy.rules.size(); ++rule)
    if (!coverage.rules.contains(rule)) result.rules_not_reached.push_back(policy.rules[rule].name);
  for (std::size_t table = 0; table < policy.tables.size(); ++table) {
    auto const& rows = policy.tables[table].rows;
    for (std::size_t row = 0; row < rows.size(); ++row)
      if (!coverage.rows.contains({table, row})) result.rows_not_reached.push_back(rows[row].where);
  }
  return result;
}

}  // namespace heed
