#include <algorithm>

#include "server/json/canonical.hpp"
#include "server/json/resolved.hpp"
#include "tests/property/decisions.hpp"
#include "tests/support/chance.hpp"

/// What holds of every decision, whatever the policy and the case.
namespace heed::support {

namespace {

/// Where two decisions differ, for a person; empty where their bytes are the same.
std::string changed(Decision const& before, Decision const& after) {
  if (bytes_of(before) == bytes_of(after)) return "";
  return difference(describe(before), describe(after)) + bytes_of(before) + "\n" + bytes_of(after);
}

/// Answers every fact that is unknown, and unknown fields of lists; or one of them.
RandomCase with_answers(Policy const& policy, RandomCase subject, std::uint64_t seed,
                        std::optional<std::size_t> only = std::nullopt) {
  Chance chance{seed};
  for (std::size_t i = 0; i < subject.facts.size(); ++i) {
    auto value = random_answer(chance, subject.facts[i], policy.facts[i].type, policy.zone);
    if (only && *only != i) continue;
    subject.facts[i] = std::move(value);
  }
  return subject;
}

bool asks(Decision const& decision, std::string const& fact) {
  return std::any_of(decision.questions.begin(), decision.questions.end(),
                     [&](Question const& one) { return one.fact == fact; });
}

TEST(Decisions, are_the_same_bytes_whatever_the_order_of_declarations_and_files) {
  expect_of_random_cases(150, Words::all, [](Trial const& trial) -> std::string {
    auto const other = ready(shuffled(trial.policy, trial.seed));
    if (!other) return "the shuffled policy has errors";
    return changed(decide_case(trial.rules, trial.subject), decide_case(*other, trial.subject));
  });
}

TEST(Decisions, a_further_answer_never_takes_back_a_rule_that_fired) {
  expect_of_random_cases(200, Words::plain, [](Trial const& trial) -> std::string {
    auto const before = decide_case(trial.rules, trial.subject);
    auto const& policy = trial.rules.policy;
    for (std::uint64_t i = 0; i < 3; ++i) {
      auto const more = with_answers(policy, trial.subject, trial.seed + i);
      auto const after = decide_case(trial.rules, more);
      if (std::includes(after.fired.begin(), after.fired.end(), before.fired.begin(),
                        before.fired.end()))
        continue;
      return "with more answers\n" + describe(policy, more) +
             difference(describe(before), describe(after));
    }
    return "";
  });
}

TEST(Decisions, a_fact_that_is_no_question_never_changes_one) {
  expect_of_random_cases(200, Words::all, [](Trial const& trial) -> std::string {
    auto before = decide_case(trial.rules, trial.subject);
    before.matches.clear();
    auto const& policy = trial.rules.policy;
    for (std::size_t i = 0; i < policy.facts.size(); ++i) {
      auto const& fact = policy.facts[i];
      if (fact.otherwise || asks(before, fact.name)) continue;
      if (trial.subject.facts[i] && fact.type.kind != Kind::list) continue;
      auto const more = with_answers(policy, trial.subject, trial.seed, i);
      auto after = decide_case(trial.rules, more);
      after.matches.clear();
      auto const difference = changed(before, after);
      if (difference.empty()) continue;
      return "with an answer nobody asked for\n" + describe(policy, more) + difference;
    }
    return "";
  });
}

TEST(Decisions, are_logged_in_the_canonical_bytes_of_what_is_answered) {
  expect_of_random_cases(100, Words::all, [](Trial const& trial) -> std::string {
    Evaluator evaluator{trial.rules};
    auto const owned = decide_case(trial.rules, trial.subject);
    auto given = to_case(trial.rules, trial.subject);
    given.figures = owned.figures;
    auto const& lent = evaluator.decide(given, trial.subject.now);
    auto const answer = bytes_of(owned);
    auto const expected = json::canonical(answer, answer.size()).value();
    std::string of_lent, of_owned;
    json::write_canonical_decision(of_lent, lent, {});
    json::write_canonical_decision(of_owned, owned, {});
    if (of_lent == expected && of_owned == expected) return "";
    return "- canonical, + as logged:\n" + expected + "\n" + of_lent + "\n" + of_owned;
  });
}

TEST(Decisions, are_the_same_bytes_from_the_case_as_it_is_logged) {
  expect_of_random_cases(100, Words::all, [](Trial const& trial) -> std::string {
    auto const decision = decide_case(trial.rules, trial.subject);
    auto given = to_case(trial.rules, trial.subject);
    given.figures = decision.figures;
    auto const text = json::resolved_case(trial.rules, given, trial.subject.now);
    auto const logged = json::read_resolved_case(trial.rules, text);
    if (!logged) return logged.error().mistakes[0].pointer + " cannot be read again: " + text;
    auto const again = decide(trial.rules, logged.value(), trial.subject.now);
    if (again.figures != decision.figures) return "other figures than in " + text;
    return changed(decision, again);
  });
}

}  // namespace

}  // namespace heed::support
