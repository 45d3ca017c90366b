#include <algorithm>
#include <chrono>

#include "engine/advisor.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/counted.hpp"
#include "server/cli/files.hpp"
#include "server/cli/policy.hpp"
#include "server/cli/terminal.hpp"
#include "server/cli/test_reports.hpp"
#include "server/cli/watch.hpp"

namespace heed::cli {
namespace {

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

/// Prints what no test reached: a hint, not a failure.
void print_not_reached(TestRun const& run, std::vector<SourceText> const& sources) {
  if (!run.rules_not_reached.empty()) {
    put(stdout, counted(std::ssize(run.rules_not_reached), "rule") + " fired in no test:\n");
    for (auto const& rule : run.rules_not_reached) put(stdout, "  " + rule + "\n");
  }
  if (!run.rows_not_reached.empty()) {
    put(stdout, counted(std::ssize(run.rows_not_reached), "table row") + " applied in no test:\n");
    for (auto const& row : run.rows_not_reached)
      put(stdout, "  " + place_text(row, sources) + "\n");
  }
}

/// Prints what became of the tests; the exit status.
int print_tests(Tested const& tested, Test const& options) {
  auto const& [path, sources, loaded] = tested.policy;
  if (!loaded.rules) {
    print_diagnostics(stderr, loaded.diagnostics, sources);
    return does_not_hold;
  }
  auto const& tests = tested.run.tests;
  std::size_t failed = 0;
  for (auto const& test : tests) {
    if (test.passed) continue;
    ++failed;
    print_failure(test, sources);
  }
  if (options.coverage)
    put(stdout, coverage_text(tested));
  else
    print_not_reached(tested.run, sources);
  put(stdout, path + ": " + std::to_string(tests.size() - failed) + " passed, " +
                  std::to_string(failed) + " failed\n");
  if (tests.empty())
    put(stderr, "help: a test is written in the policy itself: `test \"…\"`, `given`, `expect`\n");
  return failed == 0 ? done : does_not_hold;
}

/// Whether enough of the policy was reached; says so where it was not.
bool reaches_enough(Tested const& tested, Number const& minimum) {
  auto const total = total_of(shares_of(tested.run.coverage));
  auto const reached = Number{static_cast<std::int64_t>(total.reached * 100)};
  auto const needed = multiply(minimum, Number{static_cast<std::int64_t>(total.all)});
  if (!needed || reached >= *needed) return true;
  auto const hundredths = static_cast<std::int64_t>(hundredths_of(total));
  put(stdout, tested.policy.path + ": the tests reach " +
                  to_text(Number::make(hundredths, 100).value_or(Number{}), 2) +
                  "%, less than the " + to_text(minimum) + "% that --minimum asks for\n");
  return false;
}

/// Writes the files that were asked for; false, and told, where one cannot be written.
bool write_reports(std::vector<Tested> const& all, Test const& options) {
  std::vector<Tested> sound;
  for (auto const& tested : all)
    if (tested.policy.loaded.rules) sound.push_back(tested);
  auto const write = [](std::string const& file, auto const& text) {
    if (file.empty()) return true;
    auto const written = replace_file(file, text());
    if (!written) tell(written.error());
    return static_cast<bool>(written);
  };
  auto is_written = write(options.junit, [&] { return junit_text(all); });
  is_written = write(options.coverage_lcov, [&] { return lcov_text(sound); }) && is_written;
  if (options.coverage_html.empty() || sound.empty()) return is_written;
  auto const pages = write_coverage_pages(options.coverage_html, sound, options.language);
  if (!pages) tell(pages.error());
  return pages && is_written;
}

int test_once(Test const& options, std::optional<Number> const& minimum) {
  int worst = done;
  std::vector<Tested> all;
  for (auto const& path : options.policies) {
    auto policy = load_policy(path);
    if (!policy) {
      tell(policy.error());
      worst = cannot;
      all.push_back({PolicyOnDisk{path, {}, {}}, {}, 0, policy.error()});
      continue;
    }
    all.push_back({std::move(policy).value(), {}, 0, {}});
    auto& tested = all.back();
    auto const& rules = tested.policy.loaded.rules;
    auto const began = std::chrono::steady_clock::now();
    if (rules) tested.run = run_tests(*rules);
    auto const took = std::chrono::steady_clock::now() - began;
    tested.took_ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
    worst = std::max(worst, print_tests(tested, options));
    if (rules && minimum && !reaches_enough(tested, *minimum))
      worst = std::max(worst, does_not_hold);
  }
  if (!write_reports(all, options)) return cannot;
  return worst;
}

}  // namespace

std::string place_text(Place const& where, std::vector<SourceText> const& sources) {
  auto const& source = sources.at(static_cast<std::size_t>(where.file));
  auto const at = find_line_column(source.text, where.span.begin);
  return source.name + ":" + std::to_string(at.line);
}

int run(Test const& options) {
  std::optional<Number> minimum;
  if (!options.minimum.empty()) {
    minimum = Number::parse(options.minimum);
    if (!minimum || *minimum < Number{} || *minimum > Number{100}) {
      tell({"usage.minimum", "`" + options.minimum + "` is no share of 100",
            "write it as `--minimum 80` or `--minimum 92.5`"});
      return cannot;
    }
  }
  if (!options.watch) return test_once(options, minimum);
  for (auto const& path : options.policies)
    if (auto const policy = load_policy(path); !policy) {
      tell(policy.error());
      return cannot;
    }
  return watch(options.policies, [&] { test_once(options, minimum); });
}

}  // namespace heed::cli
