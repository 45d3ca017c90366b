#include "server/pages/comparison.hpp"

#include <algorithm>

#include "server/pages/html.hpp"

namespace heed::pages {
namespace {

constexpr std::size_t points_open_max = 12;  // the further ones are folded away

class ComparisonPage {
 public:
  ComparisonPage(PolicyComparison const& comparison, Language language,
                 std::string_view prefix = "g")
      : comparison_{comparison}, language_{language}, prefix_{prefix} {}

  std::string write() {
    auto const& named = comparison_.after.title;
    auto const name = named.empty() ? comparison_.after.name : std::string{in_language(named)};
    auto const title =
        say("What the change of policy changes: ", "מה משנה השינוי במדיניות: ") + name;
    return page(language_, title, "<h1>" + escaped(title) + "</h1>\n" + part());
  }

  std::string part() {
    auto out = "<p class=\"soft\">" + code_of(comparison_.before) +
               say(" compared with ", " לעומת ") + code_of(comparison_.after) + "</p>\n";
    out += summary() + contents();
    for (std::size_t at = 0; at < comparison_.groups.size(); ++at) out += group(at);
    return out + without_effect() + refusals();
  }

 private:
  std::string say(std::string_view english, std::string_view hebrew) const {
    return std::string{either(language_, english, hebrew)};
  }
  std::string_view in_language(Texts const& texts) const { return text_of(texts, language_); }
  std::string code_of(PolicyComparison::Side const& side) const {
    return code(side.name + " " + side.revision.substr(0, 12));
  }
  std::string badge(DeclarationChange::How how) const {
    using How = DeclarationChange::How;
    auto const look = how == How::added ? "good" : how == How::removed ? "bad" : "part";
    return "<span class=\"badge " + std::string{look} + "\">" + escaped(words_of(how, language_)) +
           "</span>";
  }
  std::string describe(DeclarationChange const& change) const {
    auto text = escaped(words_of_kind(change.kind, language_));
    if (!change.name.empty()) text += " " + code(change.name);
    if (change.kind == "term") text += say(" (wording alone)", " (ניסוח בלבד)");
    return text + " " + badge(change.how);
  }
  /// Its title and its name.
  std::string rule(std::string const& name) const {
    auto const title = comparison_.rule_titles.find(name);
    auto const words = escaped(words_of_kind("rule", language_)) + " ";
    if (title == comparison_.rule_titles.end()) return words + code(name);
    return words + "<q>" + isolated(in_language(title->second)) + "</q> " + code(name);
  }
  std::string case_name(CaseName const& name) const {
    auto const number = std::to_string(name.line);
    return name.subject.empty() ? number : number + " (" + isolated(name.subject) + ")";
  }
  std::string causes_of(ComparisonGroup const& group) const {
    if (group.causes.empty())
      return say("Changed, without a cause that was found", "שונה, ולא נמצאה סיבה");
    auto const parts = take_apart(group, comparison_);
    std::string rules, others;
    for (auto const cause : parts.changed_rules) {
      auto const& change = comparison_.changes[cause];
      rules += (rules.empty() ? "" : ", ") + rule(change.name) + " " + badge(change.how);
    }
    for (auto const& name : parts.other_rules) rules += (rules.empty() ? "" : ", ") + rule(name);
    for (auto const cause : parts.other_causes)
      others += (others.empty() ? "" : ", ") + describe(comparison_.changes[cause]);
    if (rules.empty() || others.empty()) return rules + others;
    return rules + say(", because of ", ", בגלל ") + others;
  }
  std::string cases(std::uint64_t count) const {
    return count == 1 ? say("1 case", "מקרה אחד") : grouped(count) + say(" cases", " מקרים");
  }

  std::string anchor(std::size_t group) const { return prefix_ + std::to_string(group + 1); }
  std::string summary() const;
  std::string tile(std::uint64_t count, std::string_view words, bool with_bar) const;
  std::string contents() const;
  std::string group(std::size_t at) const;
  std::string declaration(DeclarationChange const& change) const;
  std::string points(std::vector<PointChange> const& points, bool counts) const;
  std::string point(PointChange const& change, bool counts) const;
  std::string examples(ComparisonGroup const& group) const;
  std::string names(ComparisonGroup const& group) const;
  std::string without_effect() const;
  std::string refusals() const;

  PolicyComparison const& comparison_;
  Language language_;
  std::string prefix_;
};

std::string ComparisonPage::tile(std::uint64_t count, std::string_view words, bool with_bar) const {
  auto text = "<li class=\"tile\"><strong>" + grouped(count) + "</strong>" + std::string{words};
  if (with_bar && comparison_.cases > 0)
    text += bar(count, comparison_.cases) + "<span class=\"soft\">" +
            percent(count, comparison_.cases) + "</span>";
  return text + "</li>\n";
}

std::string ComparisonPage::summary() const {
  auto text = "<ul class=\"tiles\">\n" +
              tile(comparison_.cases, say("cases in all", "מקרים בסך הכול"), false) +
              tile(comparison_.changed, say("are decided otherwise", "מוכרעים אחרת"), true) +
              tile(comparison_.same, say("stay as they are", "נשארים כפי שהם"), true);
  if (comparison_.refused_by_before > 0)
    text += tile(comparison_.refused_by_before,
                 say("only the new policy can read", "רק המדיניות החדשה קוראת"), true);
  if (comparison_.refused_by_after > 0)
    text += tile(comparison_.refused_by_after, say("the new policy refuses", "המדיניות החדשה דוחה"),
                 true);
  if (comparison_.refused_by_both > 0)
    text += tile(comparison_.refused_by_both, say("both refuse", "שתיהן דוחות"), true);
  return text + "</ul>\n";
}

std::string ComparisonPage::contents() const {
  if (comparison_.groups.empty())
    return "<p class=\"card good\">" +
           say("No decision changes for any of these cases.",
               "אף החלטה אינה משתנה באף אחד מן המקרים האלה.") +
           "</p>\n";
  auto text = "<h2>" + say("Why decisions change", "למה ההחלטות משתנות") +
              "</h2>\n<div class=\"wide\"><table><thead><tr><th scope=\"col\">" +
              say("because of", "בגלל") + "</th><th scope=\"col\" class=\"number\">" +
              say("cases", "מקרים") + "</th><th scope=\"col\">" + say("of all", "מתוך הכול") +
              "</th></tr></thead><tbody>\n";
  for (std::size_t at = 0; at < comparison_.groups.size(); ++at) {
    auto const& one = comparison_.groups[at];
    text += "<tr><td>" + causes_of(one) + "</td><td class=\"number\">" +
            link("#" + anchor(at), grouped(one.cases)) + "</td><td>" +
            bar(one.cases, comparison_.cases) + "</td></tr>\n";
  }
  text += "</tbody></table></div>\n";
  if (comparison_.groups_left_out > 0)
    text +=
        "<p class=\"soft\">" +
        say("Changes for further reasons, not told apart: ", "שינויים מסיבות נוספות, שלא פורטו: ") +
        grouped(comparison_.groups_left_out) + "</p>\n";
  return text;
}

std::string ComparisonPage::declaration(DeclarationChange const& change) const {
  auto text = "<details><summary>" + say("How the policy says it: ", "איך זה כתוב במדיניות: ") +
              describe(change) + "</summary>\n";
  if (!change.before.empty())
    text += "<h3>" + say("Before", "לפני") + "</h3>\n<pre dir=\"ltr\">" + escaped(change.before) +
            "</pre>\n";
  if (!change.after.empty())
    text += "<h3>" + say("After", "אחרי") + "</h3>\n<pre dir=\"ltr\">" + escaped(change.after) +
            "</pre>\n";
  return text + "</details>\n";
}

std::string ComparisonPage::point(PointChange const& change, bool counts) const {
  auto const words = [this](Texts const& texts) {
    return texts.empty() ? "<span class=\"soft\">–</span>" : isolated(in_language(texts));
  };
  auto text = "<tr><th scope=\"row\">" + isolated(in_language(change.title)) +
              "</th><td class=\"before\">" + words(change.before) + "</td><td class=\"after\">" +
              words(change.after) + "</td>";
  if (counts) text += "<td class=\"number\">" + grouped(change.cases) + "</td>";
  return text + "</tr>\n";
}

std::string ComparisonPage::points(std::vector<PointChange> const& all, bool counts) const {
  auto text = "<div class=\"wide\"><table><thead><tr><th scope=\"col\">" + say("what", "מה") +
              "</th><th scope=\"col\">" + say("before", "לפני") + "</th><th scope=\"col\">" +
              say("after", "אחרי") + "</th>";
  if (counts) text += "<th scope=\"col\" class=\"number\">" + say("cases", "מקרים") + "</th>";
  text += "</tr></thead><tbody>\n";
  for (auto const& change : all) text += point(change, counts);
  return text + "</tbody></table></div>\n";
}

std::string ComparisonPage::examples(ComparisonGroup const& group) const {
  std::string text;
  for (auto const& example : group.examples) {
    text += "<details><summary>" + say("Example: case ", "דוגמה: מקרה ") + case_name(example.name) +
            "</summary>\n<p class=\"soft\">" + escaped(comparison_.zone.to_text(example.at)) +
            "</p>\n" + points(example.changes, false) + "</details>\n";
  }
  return text;
}

std::string ComparisonPage::names(ComparisonGroup const& group) const {
  auto text =
      "<details><summary>" + say("The cases touched", "המקרים שנוגע להם") + "</summary>\n<p>";
  for (std::size_t at = 0; at < group.names.size(); ++at)
    text += (at == 0 ? "" : ", ") + case_name(group.names[at]);
  text += "</p>\n";
  if (group.cases > group.names.size())
    text += "<p class=\"soft\">" + say("and more: ", "ועוד: ") +
            grouped(group.cases - group.names.size()) + "</p>\n";
  return text + "</details>\n";
}

std::string ComparisonPage::group(std::size_t at) const {
  auto const& one = comparison_.groups[at];
  auto text = "<section class=\"card\" id=\"" + anchor(at) + "\">\n<h2>" + cases(one.cases) + ": " +
              causes_of(one) + "</h2>\n";
  for (auto const cause : one.causes) text += declaration(comparison_.changes[cause]);
  text += "<h3>" + say("What changes for the customer", "מה משתנה עבור הלקוח") + "</h3>\n";
  auto const open = std::min(one.points.size(), points_open_max);
  auto const rest = one.points.begin() + static_cast<std::ptrdiff_t>(open);
  text += points({one.points.begin(), rest}, true);
  if (rest != one.points.end())
    text += "<details><summary>" + say("further changes: ", "שינויים נוספים: ") +
            grouped(one.points.size() - open) + "</summary>\n" +
            points({rest, one.points.end()}, true) + "</details>\n";
  if (one.points_left_out > 0)
    text += "<p class=\"soft\">" + say("and more, not told apart: ", "ועוד, שלא פורטו: ") +
            grouped(one.points_left_out) + "</p>\n";
  return text + examples(one) + names(one) + "</section>\n";
}

std::string ComparisonPage::without_effect() const {
  std::vector<bool> is_cause(comparison_.changes.size());
  for (auto const& one : comparison_.groups)
    for (auto const cause : one.causes) is_cause[cause] = true;
  std::string items;
  for (std::size_t at = 0; at < is_cause.size(); ++at)
    if (!is_cause[at]) items += "<li>" + declaration(comparison_.changes[at]) + "</li>\n";
  if (items.empty()) return {};
  return "<h2>" +
         say("Changed in the policy, with no effect on these cases",
             "השתנה במדיניות, בלי השפעה על המקרים האלה") +
         "</h2>\n<ul class=\"plain\">\n" + items + "</ul>\n";
}

std::string ComparisonPage::refusals() const {
  if (comparison_.refusals.empty()) return {};
  auto text = "<h2>" + say("Cases that a policy cannot read", "מקרים שמדיניות אינה יכולה לקרוא") +
              "</h2>\n<div class=\"wide\"><table><thead><tr><th scope=\"col\">" +
              say("case", "מקרה") + "</th><th scope=\"col\">" + say("refused by", "נדחה בידי") +
              "</th><th scope=\"col\">" + say("why", "למה") + "</th></tr></thead><tbody>\n";
  for (auto const& refusal : comparison_.refusals) {
    auto const who = refusal.by_before && refusal.by_after ? say("both", "שתיהן")
                     : refusal.by_before                   ? say("the old policy", "הישנה")
                                                           : say("the new policy", "החדשה");
    text += "<tr><td>" + case_name(refusal.name) + "</td><td>" + who + "</td><td>" +
            isolated(refusal.why) + "</td></tr>\n";
  }
  return text + "</tbody></table></div>\n";
}

}  // namespace

std::string comparison_page(PolicyComparison const& comparison, Language language) {
  return ComparisonPage{comparison, language}.write();
}

std::string comparison_part(PolicyComparison const& comparison, Language language,
                            std::string_view prefix) {
  return ComparisonPage{comparison, language, prefix}.part();
}

}  // namespace heed::pages
