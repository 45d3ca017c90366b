#include "server/pages/html.hpp"
#include "server/pages/replay.hpp"

namespace heed::pages {
namespace {

constexpr std::size_t lines_max = 50;  // of the list of decisions; JSON has them all

class ReplayText {
 public:
  ReplayText(Replay const& replay, Language language) : replay_{replay}, language_{language} {}

  std::string write() &&;

 private:
  std::string_view say(std::string_view english, std::string_view hebrew) const {
    return either(language_, english, hebrew);
  }
  /// Hebrew lines begin with a mark, so that they are shown right to left.
  void line(std::string_view text) {
    if (language_ == Language::hebrew) text_ += "\u200F";
    text_.append(text).append("\n");
  }
  std::string code(std::string_view text) const {
    if (language_ == Language::english) return std::string{text};
    return "\u2066" + std::string{text} + "\u2069";
  }
  void count(std::uint64_t cases, std::string_view english, std::string_view hebrew) {
    if (cases > 0) line("  " + std::string{say(english, hebrew)} + ": " + std::to_string(cases));
  }
  void write_groups(std::vector<ReplayGroup> const& groups, std::string_view title);
  void write_changes();

  Replay const& replay_;
  Language language_;
  std::string text_;
};

void ReplayText::write_groups(std::vector<ReplayGroup> const& groups, std::string_view title) {
  if (groups.empty()) return;
  text_ += "\n";
  line(title);
  for (auto const& group : groups) {
    auto text = "  " + code(group.what) + ": " + std::to_string(group.cases) +
                std::string{say(group.cases == 1 ? " case: " : " cases: ", " מקרים: ")};
    for (std::size_t at = 0; at < group.names.size(); ++at)
      text += (at == 0 ? "" : ", ") + code(words_of(group.names[at]));
    line(text + (group.cases > group.names.size() ? ", …" : ""));
  }
}

void ReplayText::write_changes() {
  if (replay_.changes.empty()) return;
  text_ += "\n";
  line(say("THE DECISIONS THAT WOULD BE OTHERS", "ההחלטות שהיו משתנות"));
  auto const shown = std::min(replay_.changes.size(), lines_max);
  for (std::size_t at = 0; at < shown; ++at) {
    auto const& change = replay_.changes[at];
    line(code("  " + std::to_string(change.sequence) + "  " + change.id + "  " +
              replay_.zone.to_text(change.at) + "  " +
              (change.subject.empty() ? "-" : change.subject)));
  }
  if (replay_.changed > shown)
    line("  " + std::string{say("and more, with --format json: ", "ועוד, עם --format json: ")} +
         std::to_string(replay_.changed - shown));
}

std::string ReplayText::write() && {
  line(code(replay_.policy.name + " " + replay_.policy.revision.substr(0, 12)) +
       std::string{say(": logged cases decided again", ": מקרים מן היומן הוכרעו מחדש")});
  line("  " + std::string{say("decisions", "החלטות")} + ": " + std::to_string(replay_.decisions));
  line("  " + std::string{say("would be others", "היו משתנות")} + ": " +
       std::to_string(replay_.changed));
  line("  " + std::string{say("would stay", "היו נשארות")} + ": " +
       std::to_string(replay_.compared - replay_.changed));
  count(replay_.unreadable, "not compared, it cannot read them",
        "לא הושוו, המדיניות אינה יכולה לקרוא אותם");
  count(replay_.dropped, "not compared, gone or sealed", "לא הושוו, נמחקו או חתומים");
  count(replay_.without_policy, "not compared, what decided them cannot be loaded",
        "לא הושוו, אי אפשר לטעון את המדיניות שהחליטה");
  count(replay_.by_another_engine,
        "made by another version of the engine or of the time zones, and decided again with this "
        "one",
        "התקבלו בגרסה אחרת של המנוע או של אזורי הזמן, והוכרעו מחדש בזו");
  count(replay_.not_as_logged, "not what their own policy decides: verify the log first",
        "אינן מה שהמדיניות שלהן מחליטה: יש לאמת קודם את היומן");
  for (auto const& comparison : replay_.comparisons)
    text_ += "\n" + to_words(comparison, language_);
  write_groups(replay_.refusals,
               say("CASES THAT THIS POLICY CANNOT READ", "מקרים שהמדיניות אינה יכולה לקרוא"));
  write_groups(replay_.passed_over, say("WHAT THIS POLICY PASSES OVER", "מה שהמדיניות מדלגת עליו"));
  write_groups(replay_.short_history, say("EVENTS OF WHICH THE RECORD MAY HOLD TOO FEW",
                                          "אירועים שייתכן שברשומה חסר מהם"));
  write_groups(replay_.no_figures, say("COUNTED ACROSS CUSTOMERS, AND NOT IN THE RECORD",
                                       "מניינים על פני לקוחות, שאינם ברשומה"));
  write_changes();
  return std::move(text_);
}

}  // namespace

std::string replay_text(Replay const& replay, Language language) {
  return ReplayText{replay, language}.write();
}

}  // namespace heed::pages
