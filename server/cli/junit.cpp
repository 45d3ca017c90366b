#include <algorithm>

#include "server/cli/test_reports.hpp"
#include "server/pages/html.hpp"

namespace heed::cli {
namespace {

std::string attribute(std::string_view name, std::string_view value) {
  std::string text = " ";
  text += name;
  text += "=\"";
  for (char const c : pages::escaped(value)) {  // an attribute's line end would be read as a blank
    if (c == '\n')
      text += "&#10;";
    else
      text += c;
  }
  return text + "\"";
}

std::string attribute(std::string_view name, std::uint64_t value) {
  return attribute(name, std::to_string(value));
}

std::string failures_of(TestResult const& test, std::vector<SourceText> const& sources) {
  std::string text;
  for (auto const& expectation : test.expectations) {
    if (expectation.holds) continue;
    auto const message = "expected " + expectation.text +
                         (expectation.found.empty() ? "" : "; found " + expectation.found);
    std::string fired;
    for (auto const& rule : test.fired) fired += (fired.empty() ? "" : ", ") + rule;
    text += "      <failure" + attribute("message", message) + attribute("type", "expectation") +
            ">" + pages::escaped(place_text(expectation.where, sources) + ": " + message) + "\n" +
            pages::escaped("rules that fired: " + (fired.empty() ? "none" : fired)) +
            "</failure>\n";
  }
  return text;
}

std::string case_of(TestResult const& test, std::string const& policy,
                    std::vector<SourceText> const& sources) {
  auto const& source = sources.at(static_cast<std::size_t>(test.where.file));
  auto text = "    <testcase" + attribute("name", test.name) + attribute("classname", policy) +
              attribute("file", source.name) +
              attribute("line", find_line_column(source.text, test.where.span.begin).line);
  if (test.passed) return text + "/>\n";
  return text + ">\n" + failures_of(test, sources) + "    </testcase>\n";
}

std::uint64_t count_failed(Tested const& tested) {
  return static_cast<std::uint64_t>(
      std::ranges::count_if(tested.run.tests, [](TestResult const& test) { return !test.passed; }));
}

std::string counts(std::uint64_t tests, std::uint64_t failures, std::uint64_t errors) {
  return attribute("tests", tests) + attribute("failures", failures) + attribute("errors", errors) +
         attribute("skipped", 0);
}

/// `0.012`.
std::string seconds(std::int64_t milliseconds) {
  auto const rest = std::to_string(milliseconds % 1000);
  return std::to_string(milliseconds / 1000) + "." + std::string(3 - rest.size(), '0') + rest;
}

std::string broken_suite(Tested const& tested) {
  auto const& policy = tested.policy;
  std::string found;
  if (tested.unreadable)
    found +=
        "error[" + std::string{tested.unreadable->code} + "]: " + tested.unreadable->message + "\n";
  for (auto const& diagnostic : policy.loaded.diagnostics)
    if (diagnostic.severity == Severity::error)
      found += render(diagnostic, policy.sources, Colour::off) + "\n";
  return "  <testsuite" + attribute("name", policy.path) + counts(1, 0, 1) + ">\n    <testcase" +
         attribute("name", "the policy can be loaded") + attribute("classname", policy.path) +
         attribute("file", policy.path) + ">\n      <error" +
         attribute("message",
                   tested.unreadable ? "the policy cannot be read" : "the policy has errors") +
         attribute("type", "policy") + ">" + pages::escaped(found) +
         "</error>\n    </testcase>\n  </testsuite>\n";
}

std::string suite(Tested const& tested) {
  if (!tested.policy.loaded.rules) return broken_suite(tested);
  auto const& name = tested.policy.loaded.rules->policy.name;
  auto text = "  <testsuite" + attribute("name", name) +
              counts(tested.run.tests.size(), count_failed(tested), 0) +
              attribute("time", seconds(tested.took_ms)) + ">\n";
  for (auto const& test : tested.run.tests) text += case_of(test, name, tested.policy.sources);
  return text + "  </testsuite>\n";
}

}  // namespace

std::string junit_text(std::vector<Tested> const& all) {
  std::uint64_t tests = 0, failures = 0, errors = 0;
  std::int64_t took_ms = 0;
  std::string suites;
  for (auto const& tested : all) {
    auto const is_broken = !tested.policy.loaded.rules;
    tests += is_broken ? 1 : tested.run.tests.size();
    errors += is_broken ? 1 : 0;
    failures += count_failed(tested);
    took_ms += tested.took_ms;
    suites += suite(tested);
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + attribute("name", "heed") +
         counts(tests, failures, errors) + attribute("time", seconds(took_ms)) + ">\n" + suites +
         "</testsuites>\n";
}

}  // namespace heed::cli
