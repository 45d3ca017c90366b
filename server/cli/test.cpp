#include "engine/advisor.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/policy.hpp"
#include "server/cli/terminal.hpp"

namespace heed::cli {
namespace {

std::string place_text(Place const& where, std::vector<SourceText> const& sources) {
  auto const& source = sources.at(static_cast<std::size_t>(where.file));
  auto const at = find_line_column(source.text, where.span.begin);
  return source.name + ":" + std::to_string(at.line);
}

void print_failure(TestResult const& test, std::vector<SourceText> const& sources) {
  bool const tinted = colour_of(stdout) == Colour::on;
  std::string const failed = tinted ? "\x1b[1;31mfailed\x1b[0m " : "failed ";
  put(stdout, failed + "\"" + test.name + "\"  " + place_text(test.where, sources) + "\n");
  for (auto const& expectation : test.expectations) {
    if (expectation.holds) continue;
    put(stdout,
        "  " + place_text(expectation.where, sources) + ": expected " + expectation.text + "\n");
    if (!expectation.found.empty()) put(stdout, "    found " + expectation.found + "\n");
  }
  std::string fired;
  for (auto const& rule : test.fired) fired += (fired.empty() ? "" : ", ") + rule;
  put(stdout, "  rules that fired: " + (fired.empty() ? std::string{"none"} : fired) + "\n");
}

std::string counted(std::size_t count, std::string const& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

/// Prints what no test reached: a hint, not a failure.
void print_not_reached(TestRun const& run, std::vector<SourceText> const& sources) {
  if (!run.rules_not_reached.empty()) {
    put(stdout, counted(run.rules_not_reached.size(), "rule") + " fired in no test:\n");
    for (auto const& rule : run.rules_not_reached) put(stdout, "  " + rule + "\n");
  }
  if (!run.rows_not_reached.empty()) {
    put(stdout, counted(run.rows_not_reached.size(), "table row") + " applied in no test:\n");
    for (auto const& row : run.rows_not_reached)
      put(stdout, "  " + place_text(row, sources) + "\n");
  }
}

int test_policy(std::string const& path) {
  auto const policy = load_policy(path);
  if (!policy) {
    tell(policy.error());
    return cannot;
  }
  auto const& [_, sources, loaded] = policy.value();
  if (!loaded.rules) {
    print_diagnostics(stderr, loaded.diagnostics, sources);
    return does_not_hold;
  }
  TestRun const result = run_tests(*loaded.rules);
  std::size_t passed = 0;
  for (auto const& test : result.tests) {
    if (test.passed)
      ++passed;
    else
      print_failure(test, sources);
  }
  print_not_reached(result, sources);
  std::size_t const failed = result.tests.size() - passed;
  put(stdout,
      path + ": " + std::to_string(passed) + " passed, " + std::to_string(failed) + " failed\n");
  if (result.tests.empty())
    put(stderr, "help: a test is written in the policy itself: `test \"…\"`, `given`, `expect`\n");
  return failed == 0 ? done : does_not_hold;
}

}  // namespace

int run(Test const& options) {
  int worst = done;
  for (auto const& policy : options.policies) worst = std::max(worst, test_policy(policy));
  return worst;
}

}  // namespace heed::cli
