#include "engine/compare/words.hpp"

#include <algorithm>
#include <set>

#include "engine/run/page.hpp"

namespace heed {
namespace comparing {
namespace {

constexpr std::size_t names_max = 20;   // cases named in a line
constexpr std::size_t points_max = 30;  // changes told of a group

class ComparisonWords {
 public:
  ComparisonWords(PolicyComparison const& comparison, Language language)
      : comparison_{comparison}, page_{language} {}

  std::string write() {
    write_head();
    write_changes();
    for (auto const& group : comparison_.groups) write(group);
    if (comparison_.groups_left_out > 0)
      page_.line(0, say("changes of further groups, not told apart: ",
                        "שינויים בקבוצות נוספות, שלא פורטו: ") +
                        std::to_string(comparison_.groups_left_out));
    write_refusals();
    return page_.take();
  }

 private:
  std::string say(std::string_view english, std::string_view hebrew) const {
    return std::string{page_.either(english, hebrew)};
  }
  std::string code(std::string_view text) const { return run::isolate(page_, text); }
  std::string in_words(Texts const& texts) const {
    if (texts.empty()) return say("nothing", "כלום");
    return run::isolate_foreign(page_, text_of(texts, page_.language()));
  }
  std::string describe(DeclarationChange const& change) const {
    auto text = std::string{words_of_kind(change.kind, page_.language())};
    if (!change.name.empty()) text += " " + code(change.name);
    if (change.kind == "term")  // it changes no decision
      return text + " (" + say("wording alone, ", "ניסוח בלבד, ") +
             std::string{words_of(change.how, page_.language())} + ")";
    return text + " (" + std::string{words_of(change.how, page_.language())} + ")";
  }

  std::string describe(ComparisonGroup const& group) const;

  void write_head();
  void write_changes();
  void write(ComparisonGroup const& group);
  void write(PointChange const& change, std::size_t indent, bool counts);
  void write_refusals();

  PolicyComparison const& comparison_;
  run::Page page_;
};

void ComparisonWords::write_head() {
  page_.line(0, code(comparison_.before.name + " " + comparison_.before.revision.substr(0, 12)) +
                    say(" compared with ", " לעומת ") +
                    code(comparison_.after.name + " " + comparison_.after.revision.substr(0, 12)));
  auto const count = [this](std::uint64_t cases, std::string_view english,
                            std::string_view hebrew) {
    page_.line(2, std::string{say(english, hebrew)} + ": " + std::to_string(cases));
  };
  count(comparison_.cases, "cases", "מקרים");
  count(comparison_.changed, "decided otherwise", "מוכרעים אחרת");
  count(comparison_.same, "as before", "ללא שינוי");
  if (comparison_.refused_by_before > 0)
    count(comparison_.refused_by_before, "refused by the old policy alone",
          "נדחים רק בידי המדיניות הישנה");
  if (comparison_.refused_by_after > 0)
    count(comparison_.refused_by_after, "refused by the new policy alone",
          "נדחים רק בידי המדיניות החדשה");
  if (comparison_.refused_by_both > 0)
    count(comparison_.refused_by_both, "refused by both", "נדחים בידי שתיהן");
}

void ComparisonWords::write_changes() {
  page_.head(say("WHAT CHANGED IN THE POLICY", "מה השתנה במדיניות"));
  if (comparison_.changes.empty())
    page_.line(2, say("nothing that could change a decision", "שום דבר שיכול לשנות החלטה"));
  for (auto const& change : comparison_.changes) page_.line(2, describe(change));
}

void ComparisonWords::write(PointChange const& change, std::size_t indent, bool counts) {
  auto text = in_words(change.title) + ": " + in_words(change.before) + say(" → ", " ← ") +
              in_words(change.after);
  if (counts) text += " (" + std::to_string(change.cases) + ")";
  page_.line(indent, text);
}

/// `rule hurt (changed), rule slow, because of parameter long (changed)`.
std::string ComparisonWords::describe(ComparisonGroup const& group) const {
  if (group.causes.empty()) return say("no cause was found", "לא נמצאה סיבה");
  auto const parts = take_apart(group, comparison_);
  std::vector<std::string> rules, others;
  for (auto const cause : parts.changed_rules)
    rules.push_back(describe(comparison_.changes[cause]));
  for (auto const& rule : parts.other_rules)
    rules.push_back(std::string{words_of_kind("rule", page_.language())} + " " + code(rule));
  for (auto const cause : parts.other_causes)
    others.push_back(describe(comparison_.changes[cause]));
  if (rules.empty() || others.empty()) return run::join(rules) + run::join(others);
  return run::join(rules) + say(", because of ", ", בגלל ") + run::join(others);
}

void ComparisonWords::write(ComparisonGroup const& group) {
  page_.head(group.cases == 1 ? say("1 CASE", "מקרה אחד")
                              : std::to_string(group.cases) + say(" CASES", " מקרים"));
  page_.line(2, say("cause: ", "הסיבה: ") + describe(group));
  for (std::size_t at = 0; at < std::min(group.points.size(), points_max); ++at)
    write(group.points[at], 2, true);
  auto const more = group.points.size() - std::min(group.points.size(), points_max);
  if (more > 0)
    page_.line(2,
               say("further kinds of changes: ", "סוגי שינויים נוספים: ") + std::to_string(more));
  for (auto const& example : group.examples) {
    page_.line(2, say("for example case ", "לדוגמה מקרה ") + code(words_of(example.name)) + ":");
    for (auto const& change : example.changes) write(change, 6, false);
  }
  std::vector<std::string> names;
  for (std::size_t at = 0; at < std::min(group.names.size(), names_max); ++at)
    names.push_back(code(words_of(group.names[at])));
  if (group.cases > names.size()) names.push_back("…");
  page_.line(2, say("cases: ", "מקרים: ") + run::join(names));
}

void ComparisonWords::write_refusals() {
  if (comparison_.refusals.empty()) return;
  page_.head(say("CASES THAT A POLICY REFUSES", "מקרים שמדיניות דוחה"));
  for (auto const& refusal : comparison_.refusals) {
    auto const who = refusal.by_before && refusal.by_after ? say("both", "שתיהן")
                     : refusal.by_before                   ? say("the old one", "הישנה")
                                                           : say("the new one", "החדשה");
    page_.line(2, code(words_of(refusal.name)) + ", " + who + ": " + code(refusal.why));
  }
}

}  // namespace
}  // namespace comparing

CausesApart take_apart(ComparisonGroup const& group, PolicyComparison const& comparison) {
  CausesApart apart;
  std::set<std::string> changed;
  for (auto const cause : group.causes) {
    auto const& change = comparison.changes[cause];
    auto const is_rule = change.kind == "rule";
    (is_rule ? apart.changed_rules : apart.other_causes).push_back(cause);
    if (is_rule) changed.insert(change.name);
  }
  for (auto const& rule : group.rules)
    if (!changed.contains(rule)) apart.other_rules.push_back(rule);
  return apart;
}

std::string_view words_of(DeclarationChange::How how, Language language) {
  auto const hebrew = language == Language::hebrew;
  switch (how) {
    case DeclarationChange::How::added:
      return hebrew ? "נוסף" : "added";
    case DeclarationChange::How::removed:
      return hebrew ? "הוסר" : "removed";
    case DeclarationChange::How::changed:
      return hebrew ? "שונה" : "changed";
  }
  return {};
}

std::string_view words_of_kind(std::string_view kind, Language language) {
  if (language == Language::english) return kind;
  constexpr std::pair<std::string_view, std::string_view> words[] = {{"policy", "כותרת המדיניות"},
                                                                     {"parameter", "פרמטר"},
                                                                     {"fact", "עובדה"},
                                                                     {"need", "צורך"},
                                                                     {"role", "תפקיד"},
                                                                     {"phase", "שלבים"},
                                                                     {"action", "פעולה"},
                                                                     {"answer", "תשובה"},
                                                                     {"score", "ציון"},
                                                                     {"define", "הגדרה"},
                                                                     {"phrases", "ביטויים"},
                                                                     {"script", "נוסח"},
                                                                     {"event", "אירוע"},
                                                                     {"table", "טבלה"},
                                                                     {"rule", "כלל"},
                                                                     {"authority", "סמכות"},
                                                                     {"calendar", "לוח"},
                                                                     {"source", "מקור"},
                                                                     {"term", "מונח"}};
  auto const* const found =
      std::ranges::find(words, kind, &std::pair<std::string_view, std::string_view>::first);
  return found == std::end(words) ? kind : found->second;
}

std::string words_of(CaseName const& name) {
  auto text = std::to_string(name.line);
  return name.subject.empty() ? text : text + " (" + name.subject + ")";
}

std::string_view text_of(Texts const& texts, Language language) {
  auto found = texts.find(language == Language::hebrew ? "he" : "en");
  if (found == texts.end()) found = texts.find("en");
  if (found == texts.end()) found = texts.begin();
  return found == texts.end() ? std::string_view{} : std::string_view{found->second};
}

std::string to_words(PolicyComparison const& comparison, Language language) {
  return comparing::ComparisonWords{comparison, language}.write();
}

}  // namespace heed
