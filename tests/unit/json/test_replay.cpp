#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "server/json/canonical.hpp"
#include "server/json/decision.hpp"
#include "server/json/explanation.hpp"
#include "server/json/resolved.hpp"
#include "server/json/schema.hpp"
#include "server/json/source.hpp"
#include "tests/support/random_case.hpp"

// The standard policy and its sample cases, all the way: what is logged decides to the same bytes.
namespace heed::json {
namespace {

std::filesystem::path const folder{HEED_SOURCE_DIR "/rules/service_recovery"};

std::string read_file(std::filesystem::path const& path) {
  std::ifstream file{path, std::ios::binary};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::filesystem::path> files_in(std::filesystem::path const& path,
                                            std::string_view extension) {
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator{path}) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

RuleSet const& standard_rules() {
  static auto const rules = [] {
    std::vector<SourceText> sources;
    for (auto const& file : files_in(folder, ".heed")) {
      sources.push_back({file.filename().string(), read_file(file)});
    }
    return load(sources, "standard").rules;
  }();
  ensure(rules != nullptr);
  return *rules;
}

std::string decide_text(Case const& subject, Instant now) {
  std::string out;
  write_decision(out, decide(standard_rules(), subject, now), {"0.1.0", "2026b", "44"});
  return out;
}

void expect_same_again(Case const& subject, std::string const& name) {
  auto const now = subject.at.value_or(Instant{1'795'335'300'000'000});
  auto const decision = decide_text(subject, now);
  auto const document = read_document(decision, 1u << 24);
  ASSERT_TRUE(document) << name;
  auto const text = resolved_case(standard_rules(), subject, now);
  auto const again = read_resolved_case(standard_rules(), text);
  ASSERT_TRUE(again) << name << text;
  EXPECT_EQ(again.value().at, now) << name;
  EXPECT_EQ(decide_text(again.value(), now), decision) << name;
  auto const bytes = canonical(text, 1u << 24);
  ASSERT_TRUE(bytes) << name;
  EXPECT_EQ(bytes.value(), text) << name;

  std::string explained;
  write_explanation(explained, explain(standard_rules(), subject, now), {"0.1.0", "2026b", "44"});
  EXPECT_EQ(explained.substr(0, decision.size() - 1), decision.substr(0, decision.size() - 1));
  EXPECT_TRUE(read_document(explained, 1u << 24)) << name;
}

TEST(Replay, decides_every_sample_case_to_the_same_bytes_from_what_is_logged) {
  auto const files = files_in(folder / "cases", ".json");
  EXPECT_GE(files.size(), 12u);
  for (auto const& file : files) {
    auto const subject = read_case(standard_rules(), read_file(file));
    ASSERT_TRUE(subject) << file << subject.error().mistakes[0].pointer << " "
                         << subject.error().mistakes[0].message;
    EXPECT_TRUE(subject.value().ignored.empty()) << file;
    expect_same_again(subject.value(), file.filename().string());
  }
}

TEST(Replay, decides_every_sample_payload_to_the_same_bytes_from_what_is_logged) {
  for (auto const& file : files_in(folder / "payloads", ".json")) {
    auto const name = file.stem().string();
    auto const* source = find_source(standard_rules().policy, name);
    ASSERT_NE(source, nullptr) << file;
    auto const subject = read_payload(standard_rules(), *source, read_file(file));
    ASSERT_TRUE(subject) << file << subject.error().mistakes[0].pointer << " "
                         << subject.error().mistakes[0].message;
    EXPECT_FALSE(subject.value().subject.empty()) << file;
    expect_same_again(subject.value(), name);
  }
}

RC_GTEST_PROP(Replay, decides_any_case_to_the_same_bytes_from_what_is_logged, ()) {
  auto const subject = heed::testing::random_case(standard_rules());
  auto const now = *heed::testing::gen_instant();
  auto const decision = decide_text(subject, now);
  RC_ASSERT(static_cast<bool>(read_document(decision, 1u << 24)));
  auto const text = resolved_case(standard_rules(), subject, now);
  RC_LOG() << text;
  auto const again = read_resolved_case(standard_rules(), text);
  RC_ASSERT(static_cast<bool>(again));
  RC_ASSERT(decide_text(again.value(), now) == decision);
}

TEST(Replay, has_a_schema_of_the_standard_policys_cases) {
  auto const schema = read_document(case_schema(standard_rules()), 1u << 24);
  ASSERT_TRUE(schema);
  for (auto const& fact : standard_rules().policy.facts) {
    std::string pointer = "/$defs";
    append_token(pointer, fact.name);
    EXPECT_NE(follow(schema.value(), pointer), nullptr) << fact.name;
  }
}

}  // namespace
}  // namespace heed::json
