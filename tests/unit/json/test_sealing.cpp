#include "server/json/sealing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "server/json/case.hpp"
#include "server/json/decision.hpp"
#include "server/json/resolved.hpp"
#include "tests/support/random_case.hpp"
#include "tests/unit/json/sealing_by_documents.hpp"

// What is logged of the standard policy's cases and decisions, sealed in two ways.
namespace heed::json {
namespace {

std::filesystem::path const folder{HEED_SOURCE_DIR "/rules/service_recovery"};

std::string read_file(std::filesystem::path const& path) {
  std::ifstream file{path, std::ios::binary};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

RuleSet const& standard_rules() {
  static auto const rules = [] {
    std::vector<SourceText> sources;
    for (auto const& entry : std::filesystem::directory_iterator{folder})
      if (entry.path().extension() == ".heed")
        sources.push_back({entry.path().filename().string(), read_file(entry.path())});
    std::ranges::sort(sources, {}, &SourceText::name);
    return load(sources, "standard").rules;
  }();
  ensure(rules != nullptr);
  return *rules;
}

/// As much as can be sealed at all: all that has a name in the policy.
SealedNames everything(RuleSet const& rules) {
  auto sealed = find_sealed(rules);
  auto const& policy = rules.policy;
  for (auto const& fact : policy.facts) sealed.facts.insert(fact.name);
  for (auto const& score : policy.scores) sealed.scores.insert(score.name);
  for (auto const& answer : policy.answers) sealed.answers.insert(answer.name);
  for (auto const& action : policy.actions)
    for (auto const& parameter : action.takes) sealed.arguments[action.name].insert(parameter.name);
  for (auto const& event : policy.events)
    for (auto const& field : event.fields) sealed.event_fields[event.name].insert(field.name);
  for (auto const& rule : policy.rules)
    for (auto* names : {&sealed.because, &sealed.said, &sealed.checks, &sealed.times})
      names->insert(rule.name);
  return sealed;
}

using Committed = std::vector<std::pair<std::string, std::string>>;

auto committing(Committed& committed) {
  return [&committed](std::string_view pointer, std::string_view value) {
    committed.emplace_back(pointer, value);
    return "c" + std::to_string(committed.size());
  };
}

struct Sealed {
  std::string text;
  Committed committed;
  bool operator==(Sealed const&) const = default;
};

Sealed by_spans(std::string const& json, SealedNames const& names, bool is_case) {
  Sealed sealed;
  Spans spans;
  ensure(spans.read(json));
  if (is_case)
    seal_case(spans, names, "/x", committing(sealed.committed));
  else
    seal_decision(spans, names, "/x", committing(sealed.committed));
  spans.append_canonical(sealed.text, Spans::root);
  return sealed;
}

Sealed by_documents(std::string const& json, SealedNames const& names, bool is_case) {
  Sealed sealed;
  auto document = read_document(canonical(json, json.size()).value(), 1u << 24);
  ensure(static_cast<bool>(document));
  testing::Commit const commit = committing(sealed.committed);
  testing::Sealing sealing{names, "/x", commit};
  if (is_case)
    sealing.seal_case(document.value());
  else
    sealing.seal_decision(document.value());
  append_canonical(sealed.text, document.value());
  return sealed;
}

/// How many values were sealed.
std::size_t expect_same(Case const& subject, Instant now, SealedNames const& names) {
  auto const resolved = resolved_case(standard_rules(), subject, now);
  auto const order = order_facts(standard_rules().policy);
  Sealed written;
  written.text = sealed_case({standard_rules(), subject, now, order}, names, "/x",
                             committing(written.committed));
  std::string decision;
  write_decision(decision, decide(standard_rules(), subject, now), {"0.1.0", "2026b", "44"}, "id");
  auto const of_case = by_spans(resolved, names, true);
  auto const of_decision = by_spans(decision, names, false);
  EXPECT_EQ(of_case, by_documents(resolved, names, true)) << resolved;
  EXPECT_EQ(written, of_case) << resolved;
  EXPECT_EQ(of_decision, by_documents(decision, names, false)) << decision;
  return of_case.committed.size() + of_decision.committed.size();
}

TEST(Sealing, gives_the_bytes_that_sealing_documents_gives_for_every_sample_case) {
  auto const names = find_sealed(standard_rules());
  auto const all = everything(standard_rules());
  std::size_t sealed = 0, sealed_of_all = 0;
  for (auto const& entry : std::filesystem::directory_iterator{folder / "cases"}) {
    auto const subject = read_case(standard_rules(), read_file(entry.path()));
    ASSERT_TRUE(subject) << entry.path();
    auto const now = subject.value().at.value_or(Instant{1'795'335'300'000'000});
    sealed += expect_same(subject.value(), now, names);
    sealed_of_all += expect_same(subject.value(), now, all);
  }
  EXPECT_GT(sealed, 20u);
  EXPECT_GT(sealed_of_all, 5 * sealed);
}

RC_GTEST_PROP(Sealing, gives_the_bytes_that_sealing_documents_gives, ()) {
  auto const subject = heed::testing::random_case(standard_rules());
  auto const now = *heed::testing::gen_instant();
  auto const& names =
      *rc::gen::arbitrary<bool>() ? everything(standard_rules()) : find_sealed(standard_rules());
  expect_same(subject, now, names);
  RC_ASSERT(!::testing::Test::HasFailure());
}

}  // namespace
}  // namespace heed::json
