#include "tests/property/decisions.hpp"

namespace heed::support {

namespace {

TEST(Format, changes_no_decision_and_nothing_that_is_formatted) {
  expect_of_random_cases(100, Words::all, [](Trial const& trial) -> std::string {
    auto const source = as_one_file(trial.policy)[0];
    auto const once = format(source);
    if (has_errors(once.diagnostics)) return written(once.diagnostics, {source});
    auto const twice = format({source.name, once.text});
    if (twice.text != once.text) return once.text + "\nbecomes\n" + twice.text;
    auto const other = ready({{source.name, once.text}});
    if (!other) return "the formatted policy has errors\n" + once.text;
    auto const before = bytes_of(trial.rules, trial.subject);
    auto const after = bytes_of(*other, trial.subject);
    return before == after ? "" : once.text + "\n" + before + "\n" + after;
  });
}

}  // namespace

}  // namespace heed::support
