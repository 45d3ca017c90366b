#include "tests/property/decisions.hpp"
#include "tests/support/random_sheets.hpp"

/// Tables from CSV files.
namespace heed::support {

namespace {

TEST(Sheets, a_table_from_a_file_decides_as_its_rows_in_the_policy_do) {
  expect_of_random_cases(100, Words::all, [](Trial const& trial) -> std::string {
    auto const sources = with_sheets(trial.policy, trial.seed);
    auto const loaded = load(sources, revision);
    if (!loaded.rules) return "with sheets it has errors:\n" + written(loaded.diagnostics, sources);
    auto const before = bytes_of(trial.rules, trial.subject);
    auto const after = bytes_of(*loaded.rules, trial.subject);
    return before == after ? "" : before + "\n" + after;
  });
}

}  // namespace

}  // namespace heed::support
