#include "tests/property/decisions.hpp"

namespace heed::support {

namespace {

std::string complaint_of(Complaint const& complaint, Failing const& failing, std::uint64_t seed) {
  auto const rules = ready(as_one_file(failing.policy));
  if (!rules) return "";
  return complaint({failing.policy, *rules, case_for(rules->policy, failing), seed});
}

std::string shrunk(Complaint const& complaint, Trial const& trial) {
  auto const fails = [&](Failing const& failing) {
    return !complaint_of(complaint, failing, trial.seed).empty();
  };
  auto const small = shrink(make_failing(trial.policy, trial.rules.policy, trial.subject), fails);
  auto const rules = ready(as_one_file(small.policy));
  return describe(small) + describe(rules->policy, case_for(rules->policy, small)) +
         complaint_of(complaint, small, trial.seed);
}

}  // namespace

void expect_of_random_cases(std::uint64_t usual_runs, Words words, Complaint const& complaint) {
  for (std::uint64_t run = 0; run < property_runs(usual_runs); ++run) {
    auto const seed = first_seed() + run;
    auto const policy = random_policy(seed, size_of_run(run), words);
    auto const rules = ready(as_one_file(policy));
    ASSERT_TRUE(rules) << "seed " << seed;
    for (std::uint64_t i = 0; i < 4; ++i) {
      Trial const trial{policy, *rules, random_case(rules->policy, seed * 100 + i), seed * 100 + i};
      if (complaint(trial).empty()) continue;
      FAIL() << "seed " << seed << ", case " << i << ", size " << size_of_run(run) << "\n"
             << shrunk(complaint, trial);
    }
  }
}

}  // namespace heed::support
