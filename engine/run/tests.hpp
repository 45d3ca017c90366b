#pragma once
#include <string>
#include <vector>

#include "engine/run/case.hpp"
#include "engine/run/coverage.hpp"
#include "engine/run/decision.hpp"

/// A policy's own tests.
namespace heed {

struct ExpectationResult {
  Place where;
  std::string text;  // the expectation as written
  bool holds = false;
  std::string found;  // what was found instead, in words; empty where it holds
};
struct TestResult {
  std::string name;
  Place where;
  bool passed = false;
  std::vector<ExpectationResult> expectations;  // in the order written
  std::vector<std::string> fired;
};
struct TestRun {
  std::vector<TestResult> tests;               // by name
  std::vector<std::string> rules_not_reached;  // fired in no test, by name
  std::vector<Place> rows_not_reached;         // table rows that were sure in no test
  Coverage coverage;
};

/// A test without `now is` is decided at this moment: 2026-01-01T09:00 in the policy's zone.
Instant default_test_now(Policy const& policy);

TestRun run_tests(RuleSet const& rules);

}  // namespace heed
