#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "engine/advisor.hpp"

/// A policy and a case, both written in the language.
namespace heed::testing {

struct Situation {
  std::shared_ptr<RuleSet const> rules;  // null, and the test fails, where the text has a mistake
  Case subject;
  Instant now;
};

inline std::shared_ptr<RuleSet const> load_policy_text(std::string const& text) {
  std::vector<SourceText> const sources{{"policy.heed", text}};
  auto loaded = load(sources, "r");
  std::string mistakes;
  for (auto const& diagnostic : loaded.diagnostics)
    if (diagnostic.severity == Severity::error)
      mistakes += render(diagnostic, sources, Colour::off);
  EXPECT_EQ(mistakes, "");
  return loaded.rules;
}

/// `given` as a test in a policy says it: `a is yes`, one to a line; empty: nothing is known. Now
/// is 2026-01-01T09:00 unless `now is` says otherwise.
inline Situation make_situation(std::string const& policy, std::string const& given) {
  auto text = policy;
  if (!given.empty()) {
    text += "\ntest \"the situation\"\n  given ";
    for (char const c : given) text += c == '\n' ? std::string{"\n        "} : std::string(1, c);
    text += "\n  expect no question\n";
  }
  Situation situation{load_policy_text(text), {}, {}};
  if (!situation.rules) return situation;
  situation.subject = make_case(*situation.rules);
  situation.now = default_test_now(situation.rules->policy);
  if (given.empty()) return situation;
  auto const& test = situation.rules->policy.tests.front();
  if (test.now) situation.now = *test.now;
  for (auto const& [fact, value] : test.facts) situation.subject.facts[index(fact)] = value;
  situation.subject.history = test.history;
  return situation;
}

/// The rule of that name.
inline RuleId rule_named(RuleSet const& rules, std::string_view name) {
  auto const& all = rules.policy.rules;
  auto const found = std::ranges::find(all, name, &Rule::name);
  EXPECT_TRUE(found != all.end()) << name;
  return RuleId{static_cast<std::uint32_t>(found - all.begin())};
}

}  // namespace heed::testing
