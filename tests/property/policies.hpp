#pragma once
#include <memory>
#include <string>

#include "engine/advisor.hpp"
#include "tests/support/describe.hpp"
#include "tests/support/oracle.hpp"
#include "tests/support/random_facts.hpp"
#include "tests/support/random_policy.hpp"
#include "tests/support/shrink.hpp"

/// What the properties of whole policies share.
namespace heed::support {

/// Every policy is loaded with this revision, so that decisions compare byte by byte.
inline std::string const revision = "r";

/// The policy ready to decide; null where it has errors.
inline std::shared_ptr<RuleSet const> ready(std::vector<SourceText> const& sources) {
  return load(sources, revision).rules;
}

/// What the real engine decides.
inline Decision decide_case(RuleSet const& rules, RandomCase const& subject) {
  auto given = make_case(rules);
  given.facts = subject.facts;
  given.at = subject.now;
  return decide(rules, given, subject.now);
}

/// What the two evaluators say apart from each other; empty where they agree.
inline std::string disagreement(RuleSet const& rules, RandomCase const& subject) {
  auto const simple = oracle::decide(rules.policy, revision, subject.facts, subject.now);
  auto const first = describe(simple), second = describe(decide_case(rules, subject));
  if (first == second) return "";
  auto const lines = difference(first, second);
  return lines.empty() ? "the order of lines\n" + first + second : lines;
}

/// Policies grow from tiny ones to large ones over the runs.
inline int size_of_run(std::uint64_t run) {
  return static_cast<int>(run % 12);
}

/// Every diagnostic as a person reads it.
inline std::string written(Diagnostics const& diagnostics, std::vector<SourceText> const& sources) {
  std::string text;
  for (auto const& one : diagnostics) {
    if (one.severity == Severity::error) text += render(one, sources);
  }
  return text;
}

}  // namespace heed::support
