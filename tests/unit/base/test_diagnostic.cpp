#include <gtest/gtest.h>

#include "engine/base/diagnostic.hpp"

namespace heed {
namespace {

TEST(Diagnostic, shows_the_line_and_a_caret_under_the_word) {
  std::vector<SourceText> const sources{{"respect.heed", "rule x\n\twhen days_waitting >= 3\n"}};
  Diagnostic const found{.where = {FileId{0}, {13, 26}},
                         .code = "check.unknown-name",
                         .message = "no fact is named `days_waitting`",
                         .help = "did you mean `days_waiting`?"};
  EXPECT_EQ(render(found, sources),
            "respect.heed:2:7: error[check.unknown-name]: no fact is named `days_waitting`\n"
            " 2 |  when days_waitting >= 3\n"
            "   |       ^^^^^^^^^^^^^\n"
            "help: did you mean `days_waiting`?\n");
}

TEST(Diagnostic, counts_columns_of_hebrew_in_letters_and_niqqud_as_nothing) {
  std::vector<SourceText> const sources{{"a.heed", "שָׁלוֹם x\n"}};
  auto const begin = static_cast<std::uint32_t>(sources[0].text.find('x'));
  auto const text =
      render({.where = {FileId{0}, {begin, begin + 1}}, .code = "c", .message = "m"}, sources);
  EXPECT_NE(text.find("\n   |      ^\n"), std::string::npos) << text;
}

TEST(Diagnostic, is_sorted_by_file_and_place_and_told_once) {
  std::vector<SourceText> const sources{{"b.heed", "x"}, {"a.heed", "x"}};
  Diagnostics found{
      {.where = {FileId{0}, {0, 1}}, .code = "c", .message = "m"},
      {.where = {FileId{1}, {1, 1}}, .code = "c", .message = "m"},
      {.where = {FileId{0}, {0, 1}}, .code = "c", .message = "m"},
      {.where = {FileId{1}, {0, 1}}, .severity = Severity::warning, .code = "c", .message = "m"}};
  EXPECT_TRUE(has_errors(found));
  sort(found, sources);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].severity, Severity::warning);
  EXPECT_EQ(static_cast<int>(found[2].where.file), 0);
}

TEST(Diagnostic, at_the_end_of_a_text_has_a_caret_too) {
  std::vector<SourceText> const sources{{"a.heed", "rule"}};
  auto const text = render({.where = {FileId{0}, {4, 4}}, .code = "c", .message = "m"}, sources);
  EXPECT_NE(text.find("a.heed:1:5:"), std::string::npos) << text;
}

}  // namespace
}  // namespace heed
