#pragma once
#include <memory>
#include <string>

#include "engine/advisor.hpp"
#include "tests/support/describe.hpp"
#include "tests/support/oracle.hpp"
#include "tests/support/oracle_world.hpp"
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

inline Case to_case(RuleSet const& rules, RandomCase const& subject) {
  auto given = make_case(rules);
  given.facts = subject.facts;
  given.at = subject.now;
  given.history = subject.history;
  given.history_given = true;
  return given;
}

/// What the real engine decides, others' events handed to it as a store does.
inline Decision decide_case(RuleSet const& rules, RandomCase const& subject) {
  auto const given = to_case(rules, subject);
  Others others;
  for (auto const& needed : find_events_needed(rules, given, subject.now)) {
    if (!needed.across_customers) continue;
    auto& events = others[needed.figure].events;
    for (auto const& happened : subject.of_others) {
      bool const is_early = needed.after && happened.at <= *needed.after;
      if (happened.event == needed.event && !is_early) events.push_back(happened);
    }
  }
  return decide(rules, given, subject.now, others);
}

/// What the two evaluators say apart from each other; empty where they agree.
inline std::string disagreement(RuleSet const& rules, RandomCase const& subject) {
  oracle::Past const past{subject.history, subject.of_others};
  auto const simple = oracle::decide(rules.policy, revision, subject.facts, subject.now, &past);
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
