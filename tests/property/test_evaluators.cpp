#include "server/json/explanation.hpp"
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

/// The decision and why each rule stands as it does, as the world gets it.
std::string explained(RuleSet const& rules, RandomCase const& subject) {
  std::string out;
  json::write_explanation(out, explain(rules, to_case(rules, subject), subject.now), {});
  return out;
}

TEST(TwoEvaluators, looking_rules_up_decides_what_asking_each_does) {
  expect_of_random_cases(300, Words::all, [](Trial const& trial) -> std::string {
    auto const asking = compile(trial.rules.policy, revision, Indexing::off);
    auto const one = decide_case(trial.rules, trial.subject);
    auto const other = decide_case(*asking, trial.subject);
    if (bytes_of(one) != bytes_of(other))
      return "- looked up, + asked:\n" + difference(describe(one), describe(other)) +
             bytes_of(one) + "\n" + bytes_of(other);
    auto const looked_up = explained(trial.rules, trial.subject);
    auto const asked = explained(*asking, trial.subject);
    return looked_up == asked ? "" : "explained otherwise:\n" + looked_up + "\n" + asked;
  });
}

}  // namespace

}  // namespace heed::support
