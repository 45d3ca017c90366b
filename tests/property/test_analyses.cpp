#include <algorithm>
#include <regex>

#include "tests/property/decisions.hpp"

/// What the analyses say is true of every case.
namespace heed::support {

namespace {

std::vector<std::string> rules_said_never_to_act(RandomPolicy const& policy) {
  std::vector<std::string> names;
  std::regex const told{"the rule `([^`]+)` (?:can never fire|never comes into force)"};
  for (auto const& it : load(as_one_file(policy), revision, Analyses::run).diagnostics) {
    std::smatch match;
    if (std::regex_search(it.message, match, told)) names.push_back(match[1]);
  }
  return names;
}

TEST(Analyses, a_rule_that_is_said_never_to_fire_or_to_come_into_force_does_not) {
  expect_of_random_cases(100, Words::all, [](Trial const& trial) -> std::string {
    auto const fired = decide_case(trial.rules, trial.subject).fired;
    for (auto const& name : rules_said_never_to_act(trial.policy))
      if (std::ranges::find(fired, name) != fired.end()) return name + " fires";
    return "";
  });
}

}  // namespace

}  // namespace heed::support
