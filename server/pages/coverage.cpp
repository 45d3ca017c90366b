#include "server/pages/coverage.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "server/pages/coverage_marks.hpp"
#include "server/pages/html.hpp"

namespace heed::pages {
namespace {

using Outcome = Coverage::Outcome;

std::string_view class_of(Reached reached) {
  switch (reached) {
    case Reached::all:
      return "good";
    case Reached::some:
      return "part";
    case Reached::none:
      return "bad";
  }
  return {};
}

class CoveragePages {
 public:
  CoveragePages(Policy const& policy, TestRun const& run, std::vector<SourceText> const& sources,
                Language language)
      : policy_{policy},
        coverage_{run.coverage},
        run_{run},
        sources_{sources},
        language_{language},
        marks_{find_marks(run.coverage, sources, language)} {}

  std::vector<PageFile> write() {
    std::vector<PageFile> files;
    files.push_back({"index.html", page(language_, title(), index())});
    for (std::size_t file = 0; file < sources_.size(); ++file)
      if (!marks_[file].empty())
        files.push_back({address_of(file), page(language_, sources_[file].name, source(file))});
    return files;
  }

 private:
  std::string_view say(std::string_view english, std::string_view hebrew) const {
    return either(language_, english, hebrew);
  }
  std::string text_of(Texts const& texts, std::string const& name) const {
    auto found = texts.find(language_ == Language::hebrew ? "he" : "en");
    if (found == texts.end()) found = texts.begin();
    return found == texts.end() ? name : found->second;
  }
  template <class Named>
  std::string title_of(std::vector<Named> const& all, std::string const& name) const {
    auto const found = std::ranges::lower_bound(all, name, {}, &Named::name);
    return found == all.end() || found->name != name ? name : text_of(found->title, name);
  }
  std::string title() const {
    return std::string{say("What the tests reach: ", "מה הבדיקות בודקות: ")} +
           text_of(policy_.title, policy_.name);
  }
  /// `03-escalation.heed.html`: files of one name in two folders have a page each.
  std::string address_of(std::size_t file) const {
    auto const& name = sources_[file].name;
    auto const number = std::to_string(file + 1);
    std::string safe;
    for (char const c : name.substr(name.rfind('/') + 1)) {
      auto const byte = static_cast<unsigned char>(c);
      safe += byte > 0x20 && std::string_view{"\"#%&'<>?\\:|*"}.find(c) == std::string_view::npos
                  ? c
                  : '_';
    }
    return (number.size() < 2 ? "0" : "") + number + "-" + safe + ".html";
  }
  std::string place(Place const& where) const {
    auto const file = static_cast<std::size_t>(where.file);
    if (file >= sources_.size()) return {};
    auto const line = std::to_string(find_line_column(sources_[file].text, where.span.begin).line);
    return link(address_of(file) + "#L" + line, code(sources_[file].name + ":" + line));
  }

  std::string index() const;
  std::string tile(std::string_view words, Share const& share) const;
  std::string files() const;
  std::string missing() const;
  std::string missing_branch(Coverage::Part const& part) const;
  std::string outcomes() const;
  std::string outcome_rows(Outcome::Kind kind) const;
  std::string name_of(Outcome const& outcome) const;
  std::string source(std::size_t file) const;
  std::string source_line(std::string_view text, std::uint32_t line, LineMark const* mark) const;

  Policy const& policy_;
  Coverage const& coverage_;
  TestRun const& run_;
  std::vector<SourceText> const& sources_;
  Language language_;
  std::vector<LineMarks> marks_;
};

std::string CoveragePages::tile(std::string_view words, Share const& share) const {
  if (share.all == 0)
    return "<li class=\"tile\"><strong>–</strong>" + std::string{words} +
           "<br><span class=\"soft\">" +
           std::string{say("the policy has none", "אין כאלה במדיניות")} + "</span></li>\n";
  return "<li class=\"tile\"><strong>" + percent(share.reached, share.all) + "</strong>" +
         std::string{words} + bar(share.reached, share.all) + "<span class=\"soft\">" +
         grouped(share.reached) + std::string{say(" of ", " מתוך ")} + grouped(share.all) +
         "</span></li>\n";
}

std::string CoveragePages::index() const {
  auto const shares = shares_of(coverage_);
  auto const passed = static_cast<std::uint64_t>(
      std::ranges::count_if(run_.tests, [](TestResult const& test) { return test.passed; }));
  std::string out = "<h1>" + escaped(title()) + "</h1>\n<p class=\"soft\">";
  out += std::string{say("tests: ", "בדיקות: ")} + grouped(run_.tests.size()) +
         std::string{say(", passed: ", ", עברו: ")} + grouped(passed) +
         "</p>\n<ul class=\"tiles\">\n";
  out += tile(say("of everything", "מכל מה שאפשר"), total_of(shares));
  out += tile(say("of the rules fired", "מהכללים הופעלו"), shares.rules);
  out += tile(say("of the branches of conditions", "מהענפים של התנאים"), shares.branches);
  out += tile(say("of the table rows applied", "משורות הטבלאות חלו"), shares.rows);
  out += tile(say("of the outcomes came about", "מהתוצאות האפשריות קרו"), shares.outcomes);
  out += "</ul>\n<p>";
  out +=
      say("A part of a condition has two branches: a test in which it is true, and one in which "
          "it is false. Cases in which it is not known are counted apart.",
          "לכל חלק של תנאי שני ענפים: בדיקה שבה הוא נכון ובדיקה שבה אינו נכון. מקרים שבהם אינו "
          "ידוע נספרים בנפרד.");
  return out + "</p>\n" + missing() + outcomes() + files();
}

std::string CoveragePages::missing_branch(Coverage::Part const& part) const {
  if (part.yes > 0 && part.no > 0) return {};
  auto const never = part.yes == 0 && part.no == 0 ? say("was never decided", "מעולם לא הוכרע")
                     : part.yes == 0 ? say("was never true", "מעולם לא היה נכון")
                                     : say("was never false", "תמיד היה נכון");
  return "<li>" + place(part.where) + " " + code(part.text) + " " + std::string{never} + "</li>\n";
}

std::string CoveragePages::missing() const {
  std::string items;
  for (auto const& rule : coverage_.rules)
    if (rule.fired == 0)
      items += "<li>" + place(rule.where) + " " + std::string{say("rule ", "כלל ")} +
               code(rule.name) + " " + std::string{say("never fired", "מעולם לא הופעל")} +
               "</li>\n";
  for (auto const& part : coverage_.parts) items += missing_branch(part);
  for (auto const& row : coverage_.rows)
    if (row.applied == 0)
      items += "<li>" + place(row.where) + " " +
               std::string{say("a row that never applied, of ", "שורה שמעולם לא חלה, בטבלה ")} +
               code(row.table) + "</li>\n";
  std::string out =
      "<h2>" + std::string{say("What no test reaches", "מה שאף בדיקה אינה מגיעה אליו")} + "</h2>\n";
  if (items.empty())
    return out + "<p class=\"good\">" +
           std::string{say("Every rule, branch and row is reached.",
                           "הבדיקות מגיעות לכל כלל, ענף ושורה.")} +
           "</p>\n";
  return out + "<ul>\n" + items + "</ul>\n";
}

std::string CoveragePages::name_of(Outcome const& outcome) const {
  switch (outcome.kind) {
    case Outcome::Kind::need_met:
    case Outcome::Kind::need_threatened:
    case Outcome::Kind::need_violated:
      return title_of(policy_.needs, outcome.name);
    case Outcome::Kind::done:
    case Outcome::Kind::forbidden:
    case Outcome::Kind::offered:
      return title_of(policy_.actions, outcome.name);
    case Outcome::Kind::said:
      return title_of(policy_.scripts, outcome.name);
    case Outcome::Kind::escalated:
    case Outcome::Kind::alerted:
      return title_of(policy_.roles, outcome.name);
    case Outcome::Kind::recorded:
      return title_of(policy_.events, outcome.name);
  }
  return outcome.name;
}

std::string CoveragePages::outcome_rows(Outcome::Kind kind) const {
  std::string rows;
  for (auto const& outcome : coverage_.outcomes) {
    if (outcome.kind != kind) continue;
    auto const count = outcome.count > 0 ? grouped(outcome.count)
                                         : "<span class=\"badge bad\">" +
                                               std::string{say("never", "אף פעם")} + "</span>";
    auto const name = name_of(outcome);
    rows += "<tr><td>" + isolated(name) + (name == outcome.name ? "" : " " + code(outcome.name)) +
            "</td><td class=\"number\">" + count + "</td></tr>\n";
  }
  return rows;
}

std::string CoveragePages::outcomes() const {
  struct Section {
    Outcome::Kind kind;
    std::string_view english, hebrew;
  };
  constexpr std::array sections{
      Section{Outcome::Kind::need_met, "Needs that were met", "צרכים שנענו"},
      Section{Outcome::Kind::need_threatened, "Needs that were threatened", "צרכים שהיו בסיכון"},
      Section{Outcome::Kind::need_violated, "Needs that were violated", "צרכים שנפגעו"},
      Section{Outcome::Kind::done, "Actions advised", "פעולות שהומלצו"},
      Section{Outcome::Kind::forbidden, "Actions forbidden", "פעולות שנאסרו"},
      Section{Outcome::Kind::offered, "Actions offered to choose from", "פעולות שהוצעו לבחירה"},
      Section{Outcome::Kind::said, "Scripts said", "נוסחים שנאמרו"},
      Section{Outcome::Kind::escalated, "Who took over", "אל מי הועבר הטיפול"},
      Section{Outcome::Kind::alerted, "Who was told", "את מי יידעו"},
      Section{Outcome::Kind::recorded, "Events put on record", "אירועים שנרשמו"},
  };
  std::string out = "<h2>" + std::string{say("What came about", "מה קרה בבדיקות")} + "</h2>\n";
  for (auto const& section : sections) {
    auto const rows = outcome_rows(section.kind);
    if (rows.empty()) continue;
    out += "<details open><summary>" + std::string{say(section.english, section.hebrew)} +
           "</summary>\n<table><thead><tr><th scope=\"col\">" + std::string{say("what", "מה")} +
           "</th><th scope=\"col\" class=\"number\">" + std::string{say("tests", "בדיקות")} +
           "</th></tr></thead><tbody>\n" + rows + "</tbody></table></details>\n";
  }
  return out;
}

std::string CoveragePages::files() const {
  std::string out = "<h2>" + std::string{say("Files", "קבצים")} + "</h2>\n<ul>\n";
  for (std::size_t file = 0; file < sources_.size(); ++file) {
    if (marks_[file].empty()) continue;
    std::size_t missed = 0;
    for (auto const& [line, mark] : marks_[file])
      if (mark.reached != Reached::all) ++missed;
    out += "<li>" + link(address_of(file), code(sources_[file].name)) + ": ";
    out += missed == 0
               ? "<span class=\"good\">" +
                     std::string{say("all lines reached", "כל השורות נבדקו")} + "</span>"
               : "<span class=\"bad\">" + grouped(missed) + " " + std::string{say("of ", "מתוך ")} +
                     grouped(marks_[file].size()) + " " +
                     std::string{say("lines lack something", "שורות חסרות משהו")} + "</span>";
    out += "</li>\n";
  }
  return out + "</ul>\n";
}

std::string CoveragePages::source_line(std::string_view text, std::uint32_t line,
                                       LineMark const* mark) const {
  auto const number = std::to_string(line);
  std::string out = "<tr id=\"L" + number + "\"";
  if (mark != nullptr) out += " class=\"" + std::string{class_of(mark->reached)} + "\"";
  out += "><td class=\"line\">" + number + "</td><td class=\"text\"><code>" + escaped(text) +
         "</code></td><td class=\"seen\">";
  if (mark != nullptr) {
    out += mark->reached == Reached::all    ? "<span class=\"good\">✓</span> "
           : mark->reached == Reached::some ? "<span class=\"part\">◐</span> "
                                            : "<span class=\"bad\">✗</span> ";
    for (std::size_t at = 0; at < mark->seen.size(); ++at)
      out += (at == 0 ? "" : "; ") + mark->seen[at];
  }
  return out + "</td></tr>\n";
}

std::string CoveragePages::source(std::size_t file) const {
  auto const& source = sources_[file];
  std::string out = "<p>" + link("index.html", escaped(title())) + "</p>\n<h1>" +
                    code(source.name) + "</h1>\n<p class=\"soft\">";
  out += say("✓ reached, ◐ in part, ✗ never. A line of several parts shows them in their order.",
             "✓ נבדק, ◐ בחלקו, ✗ אף פעם. שורה שיש בה כמה חלקים מראה אותם לפי סדרם.");
  out += "</p>\n<div class=\"wide\"><table class=\"source\"><thead><tr><th scope=\"col\">" +
         std::string{say("line", "שורה")} + "</th><th scope=\"col\">" +
         std::string{say("policy", "המדיניות")} + "</th><th scope=\"col\">" +
         std::string{say("seen in the tests", "נראה בבדיקות")} + "</th></tr></thead><tbody>\n";
  std::string_view rest = source.text;
  for (std::uint32_t line = 1; !rest.empty(); ++line) {
    auto const end = std::min(rest.find('\n'), rest.size());
    auto text = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (text.ends_with('\r')) text.remove_suffix(1);
    auto const mark = marks_[file].find(line);
    out += source_line(text, line, mark == marks_[file].end() ? nullptr : &mark->second);
  }
  return out + "</tbody></table></div>\n";
}

}  // namespace

std::vector<PageFile> coverage_pages(Policy const& policy, TestRun const& run,
                                     std::vector<SourceText> const& sources, Language language) {
  return CoveragePages{policy, run, sources, language}.write();
}

}  // namespace heed::pages
