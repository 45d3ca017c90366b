#include <gtest/gtest.h>

#include "engine/base/limits.hpp"
#include "engine/language/dump.hpp"
#include "engine/language/parse.hpp"

namespace heed::language {
namespace {

std::string tree(std::string_view text) {
  auto const parsed = parse(FileId{}, text);
  EXPECT_TRUE(parsed.diagnostics.empty()) << text << ": " << parsed.diagnostics[0].message;
  return dump(parsed.document);
}

/// The code of each mistake, in order.
std::string codes(std::string_view text) {
  std::string all;
  for (auto const& diagnostic : parse(FileId{}, text).diagnostics)
    all += (all.empty() ? "" : " ") + std::string{diagnostic.code};
  return all;
}

TEST(Layout, is_indifferent_to_how_much_is_indented) {
  auto const plain = tree("rule r\n when a\n and b\n then do x\n do y\n");
  EXPECT_EQ(tree("rule r\n\t\twhen a\n        and b\n then do x\n\t do y"), plain);
  EXPECT_EQ(tree("rule r\r\n  when a\r\n  and b\r\n  then do x\r\n  do y\r\n"), plain);
  EXPECT_EQ(tree("\xEF\xBB\xBFrule r when a and b then do x\n do y"), plain);
  EXPECT_EQ(tree("rule\u00A0r\n\u200F when a\n\u00A0and b\u200E\n then do x\n do y"), plain);
}

TEST(Layout, passes_over_comments_and_empty_lines) {
  EXPECT_EQ(tree("# one\nrule r # two\n# three\n\n  # four\n  when a # five\n\n   and b\n"
                 "\n  then do x # six\n#seven"),
            tree("rule r when a and b then do x"));
}

TEST(Layout, goes_on_after_a_comma_and_inside_brackets) {
  EXPECT_EQ(tree("phase a, # first\n\n  b,\n  c"), "(phase [a b c])\n");
  EXPECT_EQ(tree("rule r\n  then set a to (b\n    +\n  c)\n    do x"),
            "(rule r - - - - - - [(set a {(+ b c)}) (do x)])\n");
}

TEST(Layout, counts_the_line_ends_of_consequences) {
  EXPECT_EQ(codes("rule r\n  then do x\n    by lead"), "parse.expected");
  EXPECT_EQ(codes("table t gives number\n  a | r\n  1 |\n  2"), "parse.expected");
}

TEST(Mistakes, cost_their_own_block_alone) {
  auto const parsed = parse(FileId{}, "fact a.b is\nneed functional c\nrule d then\nrole e");
  EXPECT_EQ(dump(parsed.document), "(broken fact a.b)\n(need c)\n(broken rule d)\n(role e)\n");
  EXPECT_EQ(parsed.diagnostics.size(), 2u);
}

TEST(Mistakes, leave_the_name_of_what_is_broken) {
  auto const broken = [](std::string_view text) { return dump(parse(FileId{}, text).document); };
  EXPECT_EQ(broken("need functional a ="), "(broken need a)\n");
  EXPECT_EQ(broken("test \"a b\"\n  expct x"), "(broken test \"a b\")\n");
  EXPECT_EQ(broken("phase a, b c"), "(broken phase a)\n(broken phase b)\n(broken phase c)\n");
  EXPECT_EQ(broken("fakt a.b is text"), "(broken fact a.b)\n");
  EXPECT_EQ(broken("rule"), "(broken rule)\n");
}

TEST(Mistakes, are_found_in_a_text_as_large_as_may_be) {
  EXPECT_EQ(codes(std::string(limits::file_bytes_max + 1, ' ')), "parse.file-too-large");
  EXPECT_EQ(codes(std::string(limits::file_bytes_max, '\n')), "");
}

TEST(Mistakes, of_depth_are_told_before_the_stack_ends) {
  auto const many = [](std::string_view part, int times) {
    std::string text;
    for (int time = 0; time < times; ++time) text += part;
    return text;
  };
  EXPECT_EQ(codes("define d as " + many("(", 20'000) + "a" + many(")", 20'000)), "parse.too-deep");
  EXPECT_EQ(codes("define d as a" + many(" + b", 20'000)), "parse.too-deep");
  EXPECT_EQ(codes("define d as a" + many(" and then b", 20'000)), "parse.too-deep");
  EXPECT_EQ(codes("define d as " + many("not ", 20'000) + "a"), "parse.too-deep");
  EXPECT_EQ(codes("define d as " + many("- ", 20'000) + "a"), "parse.too-deep");
  EXPECT_EQ(codes("define d as " + many("a if b, otherwise ", 20'000) + "c"), "parse.too-deep");
  EXPECT_EQ(codes("define d as a" + many(" and b", 10'000)), "");
  EXPECT_EQ(codes("define d as a" + many(" + b", 500)), "");
  EXPECT_EQ(codes("define d as " + many("(", 64) + "a" + many(")", 64)), "");
  EXPECT_EQ(codes("define d as " + many("smallest of (", 64) + "a" + many(")", 63)),
            "parse.unclosed-bracket");
}

TEST(Mistakes, never_end_the_program) {
  std::string text;
  for (int byte = 0; byte < 256; ++byte) text += static_cast<char>(byte);
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    parse(FileId{}, "rule r\n when " + text.substr(begin));
    parse(FileId{}, text.substr(begin) + text.substr(0, begin));
  }
}

}  // namespace
}  // namespace heed::language
