#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/base/limits.hpp"
#include "tests/support/checked.hpp"
#include "tests/support/goldens.hpp"
#include "tests/unit/check/policy_text.hpp"

namespace heed {
namespace {

std::string read_policy(std::vector<language::Document> const& documents,
                        std::vector<SourceText> const& sources) {
  auto const checked = check::check(documents, sources);
  EXPECT_TRUE(checked.policy) << render_all(checked.diagnostics, sources);
  return checked.policy ? text_of(*checked.policy) : "";
}

TEST(Order, of_files_and_declarations_changes_nothing) {
  auto const sources =
      goldens::sources(std::filesystem::path{HEED_SOURCE_DIR} / "rules" / "service_recovery");
  std::vector<language::Document> documents;
  for (std::size_t i = 0; i < sources.size(); ++i)
    documents.push_back(language::parse(static_cast<FileId>(i), sources[i].text).document);
  auto const straight = read_policy(documents, sources);
  std::mt19937 random{2026};
  for (int round = 0; round < 5; ++round) {
    std::shuffle(documents.begin(), documents.end(), random);
    for (auto& document : documents)
      std::shuffle(document.declarations.begin(), document.declarations.end(), random);
    EXPECT_EQ(read_policy(documents, sources), straight);
  }
}

TEST(Order, of_findings_is_that_of_the_sources_whatever_file_comes_first) {
  SourceText const one{"a.heed", "fact x is colour\nrole agent\nrole agent\n"};
  SourceText const two{"b.heed", "fact y is shade\nrole agent\nfact x is number\n"};
  auto const forward = check_sources({one, two});
  auto const backward = check_sources({two, one});
  EXPECT_EQ(render_all(forward.diagnostics, {one, two}),
            render_all(backward.diagnostics, {two, one}));
  EXPECT_EQ(forward.diagnostics.size(), 5u);
}

TEST(Order, beyond_the_limit_one_line_says_how_many_more) {
  std::string text;
  for (std::size_t i = 0; i < limits::diagnostics_max + 7; ++i)
    text += "fact f" + std::to_string(i) + " is colour\n";
  auto const checked = check_text(text);
  ASSERT_EQ(checked.diagnostics.size(), limits::diagnostics_max + 1);
  EXPECT_EQ(checked.diagnostics.back().code, "check.more");
  EXPECT_EQ(checked.diagnostics.back().message, "7 more findings are not shown");
}

TEST(Order, a_policy_of_nothing_is_a_policy) {
  auto const checked = check_sources({});
  ASSERT_TRUE(checked.policy);
  EXPECT_EQ(checked.policy->languages, std::vector<std::string>{"en"});
}

TEST(Order, a_declaration_with_a_mistake_silences_its_uses) {
  auto const checked = check_text(R"(
fact case.amount is mony
define large as case.amount > 100
fact case.limit is case.amount, default 3
need functional fair_price
answer ticket.large as large
table fee gives number
  case.amount | large | fee
  > 3         | yes   | case.amount
action refund
  takes amount is case.amount
  requires large
rule it
  when large and fee > case.amount and refund is advised
  then do refund amount 3
       fair_price is violated
test "it"
  given case.amount is 3
  expect large
)");
  ASSERT_EQ(checked.diagnostics.size(), 1u) << render_all(checked.diagnostics, {});
  EXPECT_EQ(checked.diagnostics[0].code, "check.unknown-type");
  EXPECT_EQ(checked.diagnostics[0].replacement, "money");
}

}  // namespace
}  // namespace heed
