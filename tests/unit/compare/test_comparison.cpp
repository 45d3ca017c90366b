#include <gtest/gtest.h>

#include "tests/support/situation.hpp"

/// What a change of policy changes for whom, and why.
namespace heed::testing {
namespace {

std::string const policy = R"(
policy tested "Tested"
  languages en, he
fact tier is one of standard < silver < gold
fact price is money
fact calm is yes or no
parameter dear_from is 100 ILS
parameter very_dear_from is dear_from * 2
need psychological respect
  title en "Respect"  he "כבוד"
role agent
role lead above agent
action refund
  takes amount is money, largest
action call
define dear as price >= dear_from
table fee gives money
  hit first
  tier | fee
  gold | 5 ILS
  -    | 2 ILS
rule hurt "It hurts"
  when not calm
  then respect is violated
rule refunds
  when dear
  then do refund amount fee
rule calls
  when respect is violated
  then do call by lead within 4 hours
rule very_dear
  when price >= very_dear_from
  then escalate to lead
)";

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  auto const at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string describe(DeclarationChange const& change) {
  constexpr std::string_view how[] = {"added", "removed", "changed"};
  return change.kind + " " + change.name + " " +
         std::string{how[static_cast<std::size_t>(change.how)]};
}

PolicyComparison compare(std::string const& before, std::string const& after,
                         std::vector<std::string> const& cases) {
  std::vector<SourceText> const old_sources{{"policy.heed", before}};
  std::vector<SourceText> const new_sources{{"policy.heed", after}};
  auto const old_rules = load_policy_text(before);
  auto const new_rules = load_policy_text(after);
  if (!old_rules || !new_rules) return {};
  Comparer comparer{{old_sources, *old_rules}, {new_sources, *new_rules}, 2};
  std::uint64_t line = 0;
  for (auto const& given : cases) {
    auto const old_case = make_situation(before, given);
    auto const new_case = make_situation(after, given);
    if (!old_case.rules || !new_case.rules) return {};
    comparer.add({++line, "c-" + std::to_string(line)},
                 decide(*old_case.rules, old_case.subject, old_case.now),
                 decide(*new_case.rules, new_case.subject, new_case.now));
  }
  return std::move(comparer).finish();
}

/// `2 [hurt], rule hurt changed: need:respect "violated, severity 3" -> "violated, severity 5"
/// (2)`.
std::string describe(PolicyComparison const& comparison) {
  std::string text;
  for (auto const& group : comparison.groups) {
    text += std::to_string(group.cases) + " [";
    for (auto const& rule : group.rules) text += (text.back() == '[' ? "" : " ") + rule;
    text += "]";
    for (auto const cause : group.causes) text += ", " + describe(comparison.changes[cause]);
    text += ":";
    for (auto const& change : group.points) {
      auto const words = [](Texts const& texts) {
        return texts.empty() ? std::string{"-"} : "\"" + texts.at("en") + "\"";
      };
      text += " " + change.point + " " + words(change.before) + " > " + words(change.after);
    }
    text += "\n";
  }
  return text;
}

TEST(Comparison, finds_which_declarations_mean_something_else) {
  auto after =
      replaced(policy, "is violated\nrule refunds", "is violated, severity 5\nrule refunds");
  after = replaced(after, "dear_from is 100 ILS", "dear_from is 120 ILS");
  after = replaced(after, "\"Respect\"", "\"Dignity\"");
  after = replaced(after, "action call\n", "action call  # by phone\naction write\n");
  after = replaced(after, "rule very_dear\n", "rule dearest\n");
  auto const comparison = compare(policy, after, {});
  std::string text;
  for (auto const& change : comparison.changes) text += describe(change) + "\n";
  EXPECT_EQ(text,
            "action write added\nparameter dear_from changed\nparameter very_dear_from changed\n"
            "rule dearest added\nrule hurt changed\nrule very_dear removed\n");
  EXPECT_EQ(comparison.changes[1].before, "parameter dear_from is 100 ILS");
  EXPECT_EQ(comparison.changes[1].after, "parameter dear_from is 120 ILS");
}

TEST(Comparison, tells_terms_as_wording_that_changes_no_decision) {
  auto const before = std::string{policy} + "\nterm silver \"silver\"\n";
  auto const after = replaced(before, "\"silver\"", "\"a silver card\"");
  auto const comparison = compare(before, after, {"price is 150 ILS"});
  ASSERT_EQ(comparison.changes.size(), 1U);
  EXPECT_EQ(describe(comparison.changes[0]), "term silver changed");
  EXPECT_EQ(comparison.changed, 0U);
  EXPECT_NE(to_words(comparison, Language::english)
                .find("WHAT CHANGED IN THE POLICY\n  term silver (wording alone, changed)\n"),
            std::string::npos)
      << to_words(comparison, Language::english);
}

TEST(Comparison, groups_what_changes_by_its_causes) {
  struct Row {
    std::string_view from, to;
    std::string given, expected;
  };
  for (auto const& row : std::initializer_list<Row>{
           {"rule refunds", "rule refunds", "calm is no", ""},
           {"rule hurt \"It hurts\"", "rule hurt \"Hurts\"", "calm is no", ""},
           {"is violated\nrule refunds", "is violated, severity 5\nrule refunds", "calm is no",
            "1 [hurt], rule hurt changed: need:respect \"violated, severity 3\" > \"violated, "
            "severity "
            "5\"\n"},
           {"rule hurt \"It hurts\"\n  when not calm", "rule hurt \"It hurts\"\n  when calm",
            "calm is no",
            "1 [hurt], rule hurt changed: action:call \"advised, by lead, within 4 hours\" > - "
            "need:respect \"violated, severity 3\" > -\n"},
           {"dear_from is 100 ILS", "dear_from is 40 ILS",
            "price is 50 ILS\ntier is gold\ncalm is yes",
            "1 [refunds], parameter dear_from changed: action:refund - > \"advised, by agent "
            "(amount: 5.00 "
            "ILS)\"\n"},
           {"dear_from is 100 ILS", "dear_from is 40 ILS",
            "price is 90 ILS\ntier is gold\ncalm is yes",
            "1 [refunds], parameter dear_from changed: action:refund - > \"advised, by agent "
            "(amount: 5.00 "
            "ILS)\"\n1 [very_dear], parameter very_dear_from changed: escalation - > \"lead\"\n"},
           {"gold | 5 ILS", "gold | 6 ILS", "price is 150 ILS\ntier is gold\ncalm is yes",
            "1 [refunds], table fee changed: action:refund \"advised, by agent (amount: 5.00 "
            "ILS)\" > "
            "\"advised, by agent (amount: 6.00 ILS)\"\n"},
           {"price >= dear_from", "price > dear_from",
            "price is 100 ILS\ntier is gold\ncalm is yes",
            "1 [refunds], define dear changed: action:refund \"advised, by agent (amount: 5.00 "
            "ILS)\" > -\n"},
           {"  when price >= very_dear_from\n  then escalate to lead",
            "  when price >= very_dear_from\n  then escalate to lead within 1 hour",
            "price is 250 ILS\ntier is gold\ncalm is yes",
            "1 [very_dear], rule very_dear changed: escalation \"lead\" > \"lead, within 1 "
            "hour\"\n"},
           {"parameter dear_from is 100 ILS\nparameter very_dear_from is dear_from * 2",
            "parameter dear_from is 100 ILS\nparameter very_dear_from is dear_from * 3",
            "price is 250 ILS\ntier is gold\ncalm is yes",
            "1 [very_dear], parameter very_dear_from changed: escalation \"lead\" > -\n"},
           {"rule very_dear", "rule forbids\n  when calm\n  then forbid refund\nrule very_dear",
            "price is 150 ILS\ntier is gold\ncalm is yes",
            "1 [forbids], rule forbids added: action:refund \"advised, by agent (amount: 5.00 "
            "ILS)\" > "
            "\"forbidden\"\n"},
       }) {
    auto const comparison = compare(policy, replaced(policy, row.from, row.to), {row.given});
    EXPECT_EQ(describe(comparison), row.expected) << row.to;
    EXPECT_EQ(comparison.same, row.expected.empty() ? 1U : 0U);
  }
}

TEST(Comparison, blames_what_a_changed_rule_reads_where_its_condition_is_the_same) {
  auto after = replaced(policy, "then escalate to lead", "then escalate to lead within 1 hour");
  after = replaced(after, "dear_from * 2", "dear_from * 3");
  EXPECT_EQ(describe(compare(policy, after, {"price is 250 ILS\ntier is gold\ncalm is yes"})),
            "1 [very_dear], parameter very_dear_from changed: escalation \"lead\" > -\n");
  EXPECT_EQ(
      describe(compare(policy, after, {"price is 350 ILS\ntier is gold\ncalm is yes"})),
      "1 [very_dear], rule very_dear changed: escalation \"lead\" > \"lead, within 1 hour\"\n");
}

TEST(Comparison, blames_what_is_read_also_where_another_rule_reads_it_too) {
  auto before = replaced(policy, "rule hurt ",
                         "rule at_ease\n  when price < dear_from\n  then set mood to good\nrule "
                         "upset\n  when price >= dear_from\n  then set mood to bad\nrule hurt ");
  before = replaced(before, "action call\n", "action call\nanswer mood is one of good, bad\n");
  auto after = replaced(before, "dear_from is 100 ILS", "dear_from is 40 ILS");
  after = replaced(after, "set mood to bad", "set mood to bad\n       escalate to lead");
  EXPECT_EQ(describe(compare(before, after, {"price is 45 ILS\ntier is gold\ncalm is yes"})),
            "1 [at_ease upset], parameter dear_from changed: answer:mood \"good\" > \"bad\"\n"
            "1 [refunds], parameter dear_from changed: action:refund - > \"advised, by agent "
            "(amount: 5.00 ILS)\"\n"
            "1 [upset], parameter dear_from changed: escalation - > \"lead\"\n");
}

TEST(Comparison, finds_no_change_in_working_time_of_a_calendar_that_stays) {
  auto const with_calendar = replaced(policy, "parameter dear_from",
                                      "calendar office\n  open sunday to thursday 09:00 to 18:00\n"
                                      "parameter soon is 4 working hours\nparameter dear_from") +
                             "rule soon_called\n  when calm\n  then do call within soon\n";
  EXPECT_TRUE(compare(with_calendar, with_calendar + "\n# a comment\n", {}).changes.empty());
  auto const after = replaced(with_calendar, "to 18:00", "to 16:00");
  EXPECT_EQ(compare(with_calendar, after, {}).changes.size(), 1U);
}

TEST(Comparison, counts_cases_and_keeps_a_few_as_examples) {
  auto const after = replaced(policy, "is violated\nrule refunds", "is threatened\nrule refunds");
  auto comparison =
      compare(policy, after, {"calm is no", "calm is yes", "calm is no", "calm is no"});
  EXPECT_EQ(comparison.cases, 4U);
  EXPECT_EQ(comparison.changed, 3U);
  ASSERT_EQ(comparison.groups.size(), 1U);
  EXPECT_EQ(comparison.groups[0].examples.size(), 2U);
  EXPECT_EQ(comparison.groups[0].names.size(), 3U);
  auto const words = to_words(comparison, Language::english);
  for (auto const* part : {"decided otherwise: 3", "rule hurt (changed)",
                           "Respect: violated, severity 3 → threatened, severity 3 (3)", "1 (c-1)"})
    EXPECT_NE(words.find(part), std::string::npos) << part << "\n" << words;
  auto const hebrew = to_words(comparison, Language::hebrew);
  for (auto const* part :
       {"מוכרעים אחרת: 3", "הסיבה: כלל", "כבוד: פגיעה, חומרה 3 ← סיכון לפגיעה, חומרה 3"})
    EXPECT_NE(hebrew.find(part), std::string::npos) << part << "\n" << hebrew;
}

TEST(Comparison, tells_the_cases_that_a_policy_refuses) {
  auto const rules = load_policy_text(policy);
  ASSERT_TRUE(rules);
  std::vector<SourceText> const sources{{"policy.heed", policy}};
  Comparer comparer{{sources, *rules}, {sources, *rules}, 2};
  CaseName const first{1, "a"}, second{2, ""}, third{3, ""};
  comparer.add_refused({first, true, false, "no"});
  comparer.add_refused({second, false, true, "`price` is no money"});
  comparer.add_refused({third, true, true, "no"});
  auto const comparison = std::move(comparer).finish();
  EXPECT_EQ(comparison.refused_by_before, 1U);
  EXPECT_EQ(comparison.refused_by_after, 1U);
  EXPECT_EQ(comparison.refused_by_both, 1U);
  EXPECT_NE(to_words(comparison, Language::english).find("2, the new one: `price` is no money"),
            std::string::npos);
}

}  // namespace
}  // namespace heed::testing
