#include <gtest/gtest.h>

#include "engine/language/compare.hpp"
#include "engine/language/format.hpp"
#include "engine/language/parse.hpp"

namespace heed::language {
namespace {

/// The canonical shape; also holds that it is stable and means the same.
std::string shape(std::string_view text) {
  auto const parsed = parse(FileId{}, text);
  EXPECT_TRUE(parsed.diagnostics.empty()) << text << ": " << parsed.diagnostics[0].message;
  auto const shaped = format(parsed.document, text);
  auto const again = parse(FileId{}, shaped);
  EXPECT_TRUE(again.diagnostics.empty()) << shaped;
  EXPECT_TRUE(same_meaning(parsed.document, again.document)) << shaped;
  EXPECT_EQ(again.document.comments.size(), parsed.document.comments.size()) << shaped;
  EXPECT_EQ(format(again.document, shaped), shaped);
  return shaped;
}

TEST(Format, puts_a_rule_into_order) {
  EXPECT_EQ(shape(R"(rule  r  "R"
      until 2026-12-31
 source   S001-25 , "row 3"
    when a
  and b
 then   do x   by lead
    say s
 because en "A"   he "ב")"),
            R"(rule r "R"
  source S001-25, "row 3"
  until 2026-12-31
  when a and b
  then do x by lead
       say s
  because en "A"
          he "ב"
)");
}

TEST(Format, breaks_long_conditions_at_and_and_or) {
  EXPECT_EQ(
      shape("rule r\n  when customer.tier is one of gold, silver and (case.delay > 3 days or not "
            "case.apology_given) and agent.message mentions blame\n  then do x"),
      R"(rule r
  when customer.tier is one of gold, silver
    and (case.delay > 3 days or not case.apology_given)
    and agent.message mentions blame
  then do x
)");
  EXPECT_EQ(shape("define d as at least 2 of (customer.tier is gold, case.delay > 3 days, "
                  "case.contacts >= 5, agent.message mentions blame)"),
            R"(define d as at least 2 of (customer.tier is gold,
  case.delay > 3 days,
  case.contacts >= 5,
  agent.message mentions blame)
)");
}

TEST(Format, breaks_long_consequences_after_their_commas) {
  EXPECT_EQ(shape("rule r\n  then escalate to team_lead within 4 working hours of case.opened_on, "
                  "then to service_manager after 1 working day, then to owner after 2 days"),
            R"(rule r
  then escalate to team_lead within 4 working hours of case.opened_on,
         then to service_manager after 1 working day, then to owner after 2 days
)");
}

TEST(Format, aligns_tables_by_what_is_seen) {
  EXPECT_EQ(shape(R"(table t gives money
  customer.tier|case.delay | goodwill
  "זהב" or gold|1 day up to 3 days|150 ILS
  "שָׁלוֹם"|-|0 ILS
)"),
            R"(table t gives money
  customer.tier | case.delay         | goodwill
  "זהב" or gold | 1 day up to 3 days | 150 ILS
  "שָׁלוֹם"        | -                  | 0 ILS
)");
}

TEST(Format, keeps_comments_at_their_places) {
  auto const text = R"(# of the file

# of the policy
policy p  # behind
  # before the languages
  languages en, he
  # at the end

# of nobody

rule r
  when a  # first
    # between
    and b  # second
  # before then
  then do x  # third
       # before say
       say s
# of the next
rule s
  then do x
# at the very end
)";
  EXPECT_EQ(shape(text), R"(# of the file

# of the policy
policy p  # behind
  # before the languages
  languages en, he
  # at the end

# of nobody

rule r
  when a  # first
    # between
    and b  # second
  # before then
  then do x  # third
       # before say
       say s

# of the next
rule s
  then do x

# at the very end
)");
}

TEST(Format, loses_no_comment_where_lines_are_joined) {
  EXPECT_EQ(shape("phase a, # one\n  b, # two\n  c # three"),
            "phase a, b, c  # one\n  # two\n  # three\n");
  EXPECT_EQ(shape("rule r\n  then\n  # why\n  do x"), "rule r\n  # why\n  then do x\n");
}

TEST(Format, keeps_short_declarations_of_one_kind_together_where_they_were) {
  EXPECT_EQ(shape("role a\nrole b\n\nrole c\nneed functional d\nneed functional e\n  weight 5"),
            "role a\nrole b\n\nrole c\n\nneed functional d\n\nneed functional e\n  weight 5\n");
}

TEST(Format, takes_line_ends_and_marks_of_other_systems_away) {
  EXPECT_EQ(shape("\xEF\xBB\xBFrole a\r\n# b\r\nrole c\r\n"), "role a\n# b\nrole c\n");
  EXPECT_EQ(shape(""), "");
  EXPECT_EQ(shape("\n\n# a\n\n\n\n# b"), "# a\n\n# b\n");
}

TEST(Format, writes_hebrew_as_it_is) {
  EXPECT_EQ(shape("fact לקוח.דרגה is one of זהב, \"מע\"מ\"\n  title \"דרג \\\"ראשון\\\"\""),
            "fact לקוח.דרגה is one of זהב, \"מע\"מ\"\n  title \"דרג \\\"ראשון\\\"\"\n");
}

}  // namespace
}  // namespace heed::language
