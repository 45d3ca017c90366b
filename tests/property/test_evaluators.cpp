#include "tests/property/decisions.hpp"

namespace heed::support {

namespace {

TEST(RandomPolicies, have_no_errors) {
  for (std::uint64_t run = 0; run < property_runs(300); ++run) {
    auto const seed = first_seed() + run;
    auto const sources = as_one_file(random_policy(seed, size_of_run(run)));
    auto const loaded = load(sources, revision);
    ASSERT_TRUE(loaded.rules) << "seed " << seed << "\n"
                              << sources[0].text << written(loaded.diagnostics, sources);
  }
}

TEST(TwoEvaluators, agree_on_every_decision) {
  expect_of_random_cases(300, Words::all, [](Trial const& trial) -> std::string {
    auto const lines = disagreement(trial.rules, trial.subject);
    return lines.empty() ? "" : "- the simple evaluator, + the engine:\n" + lines;
  });
}

}  // namespace

}  // namespace heed::support
