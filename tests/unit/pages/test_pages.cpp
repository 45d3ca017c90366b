#include <gtest/gtest.h>

#include "server/pages/comparison.hpp"
#include "server/pages/coverage.hpp"
#include "server/pages/html.hpp"
#include "server/pages/record.hpp"
#include "server/pages/replay.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/situation.hpp"

/// Pages as their readers get them; tests/golden/pages holds them to be opened in a browser.
namespace heed::testing {
namespace {

std::string const policy = R"(policy tested
  title en "Tested <&>"  he "נבדק"
  languages en, he
fact tier is one of silver < gold
fact message is text
need psychological respect
  title en "Respect"  he "כבוד"
role agent
action call
  title en "Call"  he "להתקשר"
phrases blame
  he "לא אשמתי"
table wait gives duration
  hit first
  tier | wait
  gold | 1 hour
  -    | 1 day
rule hurt
  title en "It hurts"  he "זה כואב"
  when message mentions blame  # "אשמה" <b>
    or (tier is gold and then message is known)
  then respect is violated
       do call within wait
rule calm
  when tier is silver
  then forbid call
test "gold"
  given tier is gold
        message is "לא אשמתי"
  expect respect is violated
)";

struct LoadedHere {
  std::vector<SourceText> sources;
  std::shared_ptr<RuleSet const> rules;
};

LoadedHere load_here(std::string const& text) {
  return {{{"rules/policy.heed", text}}, load_policy_text(text)};
}

TEST(CoveragePages, show_what_was_reached_and_what_was_not) {
  auto const [sources, rules] = load_here(policy);
  ASSERT_TRUE(rules);
  auto const run = run_tests(*rules);
  for (auto const language : {Language::english, Language::hebrew}) {
    auto const code = language == Language::hebrew ? "he" : "en";
    auto const files = pages::coverage_pages(rules->policy, run, sources, language);
    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(files[1].name, "01-policy.heed.html");
    for (auto const& file : files) {
      auto const golden_name = "pages/coverage-" + std::string{code} + "-" + file.name;
      EXPECT_EQ(file.text, golden(golden_name, file.text));
    }
  }
}

PolicyComparison make_comparison() {
  auto const before = load_here(policy);
  auto text = policy;
  text.replace(text.find("-    | 1 day"), 12, "-    | 2 days");
  text.replace(text.find("forbid call"), 11, "do call");
  auto const after = load_here(text + "parameter unused is 3\n");
  if (!before.rules || !after.rules) return {};
  Comparer comparer{{before.sources, *before.rules}, {after.sources, *after.rules}, 2};
  auto subject = make_case(*before.rules);
  for (std::uint64_t line = 1; line <= 5; ++line) {
    auto const& facts = before.rules->policy.facts;
    for (std::size_t fact = 0; fact < facts.size(); ++fact) {
      if (facts[fact].name == "tier") subject.facts[fact] = Chosen{line % 2 == 0 ? 1U : 0U};
      if (facts[fact].name == "message")
        subject.facts[fact] = line > 3 ? std::string{"לא אשמתי"} : std::string{"<hello>"};
    }
    comparer.add({line, line == 1 ? "<c-1>" : ""},
                 decide(*before.rules, subject, default_test_now(before.rules->policy)),
                 decide(*after.rules, subject, default_test_now(after.rules->policy)));
  }
  CaseName const sixth{6, "c-6"};
  comparer.add_refused({sixth, false, true, "`tier` is no <choice>"});
  auto comparison = std::move(comparer).finish();
  comparison.before.revision = "0123456789abcdef";
  comparison.after.revision = "fedcba9876543210";
  return comparison;
}

TEST(ComparisonPage, says_in_both_languages_what_changes_and_why) {
  auto const comparison = make_comparison();
  auto const english = pages::comparison_page(comparison, Language::english);
  EXPECT_EQ(english, golden("pages/comparison-en.html", english));
  auto const hebrew = pages::comparison_page(comparison, Language::hebrew);
  EXPECT_EQ(hebrew, golden("pages/comparison-he.html", hebrew));
}

pages::Replay make_replay() {
  pages::Replay replay;
  replay.comparisons.push_back(make_comparison());
  auto const& comparison = replay.comparisons.front();
  replay.policy = comparison.after;
  replay.decisions = 9;
  replay.compared = comparison.cases;
  replay.changed = comparison.changed;
  replay.unreadable = replay.dropped = replay.by_another_engine = replay.not_as_logged = 1;
  replay.changes.push_back(
      {3, "01a2-<3>", "c-3", "0123456789abcdef", comparison.zone.parse("2026-11-22").value()});
  replay.refusals.push_back({"/facts/tier: `<platinum>` is no choice", 1, {{7, "c-7"}}});
  replay.passed_over.push_back({"/facts/delay", 30, {{8, ""}, {9, "לקוח"}}});
  replay.short_history.push_back({"contact", 1, {{8, ""}}});
  replay.no_figures.push_back({"count of contact across customers", 1, {{8, ""}}});
  return replay;
}

TEST(ReplayPage, says_in_both_languages_what_would_change_and_what_cannot_be_said) {
  auto const replay = make_replay();
  for (auto const language : {Language::english, Language::hebrew}) {
    auto const code = language == Language::hebrew ? "he" : "en";
    auto const page = pages::replay_page(replay, language);
    EXPECT_EQ(page, golden("pages/replay-" + std::string{code} + ".html", page));
    auto const text = pages::replay_text(replay, language);
    EXPECT_EQ(text, golden("pages/replay-" + std::string{code} + ".txt", text));
  }
}

pages::ShownRecord make_record() {
  auto loaded = load_here(policy);
  pages::ShownRecord record{.sequence = 17, .id = "01a2-<17>", .subject = "<c-1>"};
  if (!loaded.rules) return record;
  record.at = default_test_now(loaded.rules->policy);
  record.recorded_at = record.at;
  record.hash = "abcdef";
  record.log = "heed/0123";
  record.verifier_key = "heed/0123+key";
  record.head_records = 1234;
  record.revision = "fedcba9876543210";
  record.engine = {"1.2.3", "2026b", "42.0"};
  record.known = make_case(*loaded.rules);
  auto const& facts = loaded.rules->policy.facts;
  for (std::size_t fact = 0; fact < facts.size(); ++fact)
    if (facts[fact].name == "message") record.known.facts[fact] = std::string{"<b> לא אשמתי"};
  record.explanation = explain(*loaded.rules, record.known, record.at);
  record.rules = loaded.rules;
  return record;
}

TEST(RecordPage, tells_a_decision_in_both_languages) {
  auto const record = make_record();
  for (auto const language : {Language::english, Language::hebrew}) {
    auto const code = language == Language::hebrew ? "he" : "en";
    auto const page = pages::record_page(record, {language});
    EXPECT_EQ(page, golden("pages/record-" + std::string{code} + ".html", page));
  }
  auto const both = pages::record_page(record, {Language::hebrew, Language::english});
  EXPECT_NE(both.find("<article lang=\"he\" dir=\"rtl\">"), std::string::npos);
  EXPECT_NE(both.find("<article lang=\"en\" dir=\"ltr\">"), std::string::npos);
}

TEST(RecordPage, does_not_hide_what_does_not_hold) {
  auto record = make_record();
  record.proof = pages::Proof::broken;
  record.again = pages::DecidedAgain::differs;
  auto const page = pages::record_page(record, {Language::english});
  EXPECT_NE(page.find("its proof does not hold"), std::string::npos);
  EXPECT_NE(page.find("its policy decides otherwise than was logged"), std::string::npos);
}

TEST(RecordPage, tells_a_record_that_is_no_decision) {
  pages::ShownRecord record{.sequence = 3, .id = "01a2"};
  record.what = {{"en", "another <key> signs"}, {"he", "מפתח אחר"}};
  record.holds = R"({"key":"<x>"})";
  auto const page = pages::record_page(record, {Language::english, Language::hebrew});
  for (auto const* part :
       {"another &lt;key&gt; signs", "מפתח אחר", "{&quot;key&quot;:&quot;&lt;x&gt;&quot;}"})
    EXPECT_NE(page.find(part), std::string::npos) << part;
}

TEST(Pages, load_nothing_and_run_nothing) {
  for (auto const& page : {pages::record_page(make_record(), {Language::english}),
                           pages::replay_page(make_replay(), Language::english)})
    for (auto const* part :
         {"<script", "http://", "https://", "src=", "url(", "@import", "<c-1>", "<b>"})
      EXPECT_EQ(page.find(part), std::string::npos) << part;
  auto const page = pages::comparison_page(make_comparison(), Language::english);
  for (auto const* part : {"<script", "http://", "https://", "src=", "url(", "@import", "<hello>"})
    EXPECT_EQ(page.find(part), std::string::npos) << part;
}

TEST(Html, holds_any_text) {
  EXPECT_EQ(pages::escaped("<a href=\"x\">&'\x01\xEF\xBF\xBE"),
            "&lt;a href=&quot;x&quot;&gt;&amp;&#39;\uFFFD\uFFFD");
  EXPECT_EQ(pages::grouped(1234567), "1,234,567");
  EXPECT_EQ(pages::grouped(999), "999");
  EXPECT_EQ(pages::percent(1999, 2000), "99.9%");
  EXPECT_EQ(pages::percent(0, 0), "100%");
}

}  // namespace
}  // namespace heed::testing
