#include "server/json/canonical.hpp"
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

TEST(TwoEvaluators, in_memory_of_other_cases_a_case_is_decided_as_alone) {
  expect_of_random_cases(150, Words::all, [](Trial const& trial) -> std::string {
    auto const given = to_case(trial.rules, trial.subject);
    auto const empty = make_case(trial.rules);
    auto const now = trial.subject.now;
    Evaluator evaluator{trial.rules};
    auto const decided = [&](Case const& subject) {
      auto const& decision = evaluator.decide(subject, now);
      std::string out, canonical;
      json::write_decision(out, decision, {});
      json::write_canonical_decision(canonical, decision, {});
      return json::canonical(out, out.size()).value() == canonical ? out : canonical;
    };
    auto const alone = decide(trial.rules, given, now);
    for (int nth = 0; nth < 3; ++nth) {
      auto const one = decided(given);
      if (one != bytes_of(alone))
        return "- alone, + after others:\n" + bytes_of(alone) + "\n" + one;
      auto const other = decided(empty);
      if (other != bytes_of(decide(trial.rules, empty, now))) return "an empty case:\n" + other;
      auto const settled = evaluator.evaluate(given, now);
      auto const names = [&](RuleStatus status) {
        std::vector<std::string> rules;
        for (auto const rule : settled.active)
          if (settled.status[index(rule)] == status)
            rules.push_back(trial.rules.policy.rules[index(rule)].name);
        return rules;
      };
      if (names(RuleStatus::fired) != alone.fired || names(RuleStatus::pending) != alone.pending)
        return "other rules without the texts\n" + bytes_of(alone);
    }
    return "";
  });
}

}  // namespace

}  // namespace heed::support
