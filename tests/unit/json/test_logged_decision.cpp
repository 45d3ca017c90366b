#include "server/json/logged_decision.hpp"

#include <gtest/gtest.h>

#include "server/json/decision.hpp"
#include "tests/support/full_decision.hpp"

namespace heed::json {
namespace {

EngineVersion const engine{"0.1.0", "2026b", "44"};

Node document(std::string_view json) {
  auto read = read_document(json, 1u << 20);
  ensure(static_cast<bool>(read));
  return std::move(read).value();
}

std::string again(std::string const& canonical, Zone const& zone) {
  std::string out;
  write_canonical_decision(out, read_logged_decision(document(canonical), zone), engine);
  return out;
}

TEST(LoggedDecision, is_read_back_whole_where_nothing_is_sealed) {
  auto const decision = heed::testing::full_decision();
  std::string canonical;
  write_canonical_decision(canonical, decision, engine);
  EXPECT_EQ(again(canonical, decision.zone), canonical);
  Decision const empty;
  std::string nothing;
  write_canonical_decision(nothing, empty, engine);
  EXPECT_EQ(again(nothing, empty.zone), nothing);
}

std::string commitment() {
  return R"({"sealed":")" + std::string(64, 'c') + R"("})";
}

/// With `~` for a commitment.
std::string with_commitments(std::string_view json) {
  std::string text;
  for (char const letter : json) text += letter == '~' ? commitment() : std::string{letter};
  return text;
}

TEST(LoggedDecision, has_a_mark_for_what_is_sealed_and_leaves_sealed_times_and_scores_out) {
  auto const decision = read_logged_decision(
      document(with_commitments(
          R"({"answers":{"who":{"could_be":~,"rules":["a"],"value":~}},)"
          R"("matches":[{"at":~,"fact":"note","phrase":~,"phrases":"p"}],)"
          R"("plan":[{"action":"call","counted":~,"due":~,"rules":["a"],)"
          R"("with":{"about":~,"sealed":"mine","times":2}}],)"
          R"("record":[{"event":"fault","rules":[],"with":{"sealed":"mine"}}],)"
          R"("say":[{"rules":["a"],"script":"greet","text":~}],)"
          R"("scores":{"calm":{"between":[0,1],"value":0.5},"risk":{"between":~,"value":~}}})")),
      Zone::utc());
  ASSERT_EQ(decision.answers.size(), 1u);
  EXPECT_EQ(std::get<std::string>(decision.answers[0].value.form), "…");
  ASSERT_EQ(decision.plan.size(), 1u);
  auto const& item = decision.plan[0];
  EXPECT_FALSE(item.due);
  EXPECT_FALSE(item.counted);
  ASSERT_EQ(item.with.size(), 3u);
  EXPECT_EQ(std::get<std::string>(item.with[0].second.form), "…");
  EXPECT_EQ(std::get<std::string>(item.with[1].second.form), "mine");
  EXPECT_EQ(std::get<Shown::Decimal>(item.with[2].second.form).text, "2");
  ASSERT_EQ(decision.record.size(), 1u);
  ASSERT_EQ(decision.record[0].with.size(), 1u);
  ASSERT_EQ(decision.say.size(), 1u);
  EXPECT_EQ(decision.say[0].text, (Texts{{"en", "…"}, {"he", "…"}}));
  ASSERT_EQ(decision.scores.size(), 1u);
  EXPECT_EQ(decision.scores[0].score, "calm");
  ASSERT_EQ(decision.matches.size(), 1u);
  EXPECT_EQ(decision.matches[0].phrase, "…");
}

TEST(LoggedDecision, of_any_other_document_is_empty) {
  for (auto const* json : {"null", "[]", "7", R"({"plan":7,"scores":[1],"rules":"x"})",
                           R"({"needs":[null,[],{"because":{}}],"answers":{"a":null}})",
                           R"({"plan":[{"with":[],"counted":{"from":"x"},"approval":"y"}]})"})
    EXPECT_EQ(read_logged_decision(document(json), Zone::utc()).policy, "") << json;
}

TEST(LoggedCase, names_what_is_sealed_and_can_be_read_without_it) {
  auto const resolved =
      document(with_commitments(R"({"facts":{"a":~,"b":1,"c":{"sealed":"short"}},)"
                                R"("figures":{"count of x":~,"y":{"surely":1}},)"
                                R"("history":[{"at":"t","event":"e","field":~,"other":2}]})"));
  EXPECT_EQ(sealed_facts(resolved), std::vector<std::string>{"a"});
  auto const left = without_sealed(resolved);
  EXPECT_EQ(find_member(left, "facts")->items.size(), 2u);
  EXPECT_EQ(find_member(left, "figures")->items.size(), 1u);
  EXPECT_EQ(find_member(left, "history")->items[0].items.size(), 3u);
}

}  // namespace
}  // namespace heed::json
