#include "server/pages/replay.hpp"

#include "server/pages/comparison.hpp"
#include "server/pages/html.hpp"

namespace heed::pages {
namespace {

constexpr std::size_t rows_max = 1'000;  // of the list of decisions; JSON has them all

class ReplayPage {
 public:
  ReplayPage(Replay const& replay, Language language) : replay_{replay}, language_{language} {}

  std::string write() const;

 private:
  std::string say(std::string_view english, std::string_view hebrew) const {
    return std::string{either(language_, english, hebrew)};
  }
  std::string tile(std::uint64_t number, std::string_view words) const;
  std::string tiles() const;
  std::string doubts() const;
  std::string groups(std::vector<ReplayGroup> const& groups, std::string_view title,
                     std::string_view explained) const;
  std::string comparisons() const;
  std::string changes() const;

  Replay const& replay_;
  Language language_;
};

std::string ReplayPage::tile(std::uint64_t number, std::string_view words) const {
  auto text = "<li class=\"tile\"><strong>" + grouped(number) + "</strong>" + std::string{words};
  if (replay_.decisions > 0 && number <= replay_.decisions)
    text += bar(number, replay_.decisions) + "<span class=\"soft\">" +
            percent(number, replay_.decisions) + "</span>";
  return text + "</li>\n";
}

std::string ReplayPage::tiles() const {
  auto text = "<ul class=\"tiles\">\n<li class=\"tile\"><strong>" + grouped(replay_.decisions) +
              "</strong>" + say("decisions of the log", "החלטות מן היומן") + "</li>\n" +
              tile(replay_.changed, say("would be others", "היו משתנות")) +
              tile(replay_.compared - replay_.changed, say("would stay", "היו נשארות כפי שהן"));
  if (replay_.unreadable > 0)
    text += tile(replay_.unreadable, say("it cannot read", "המדיניות אינה יכולה לקרוא"));
  if (replay_.dropped > 0)
    text += tile(replay_.dropped,
                 say("are gone or sealed, and passed over", "נמחקו או חתומים, ודולגו"));
  if (replay_.without_policy > 0)
    text += tile(replay_.without_policy, say("have no policy to compare with, and were passed over",
                                             "בלי מדיניות להשוות אליה, ודולגו"));
  return text + "</ul>\n";
}

std::string ReplayPage::doubts() const {
  std::string text;
  if (replay_.not_as_logged > 0)
    text += "<p class=\"card bad\">" + grouped(replay_.not_as_logged) +
            say(" decisions are not what their own policy decides: verify the log first.",
                " החלטות אינן מה שהמדיניות שלהן מחליטה: יש לאמת קודם את היומן.") +
            "</p>\n";
  if (replay_.by_another_engine > 0)
    text += "<p class=\"soft\">" + grouped(replay_.by_another_engine) +
            say(" were made by another version of the engine or of the time zones; both sides were "
                "decided with this one.",
                " התקבלו בגרסה אחרת של המנוע או של אזורי הזמן; שני הצדדים הוכרעו בגרסה הזאת.") +
            "</p>\n";
  return text;
}

std::string ReplayPage::groups(std::vector<ReplayGroup> const& groups, std::string_view title,
                               std::string_view explained) const {
  if (groups.empty()) return {};
  auto text = "<h2>" + std::string{title} + "</h2>\n<p class=\"soft\">" + std::string{explained} +
              "</p>\n<div class=\"wide\"><table><thead><tr><th scope=\"col\">" + say("what", "מה") +
              "</th><th scope=\"col\" class=\"number\">" + say("cases", "מקרים") +
              "</th><th scope=\"col\">" + say("records", "רשומות") + "</th></tr></thead><tbody>\n";
  for (auto const& group : groups) {
    text += "<tr><td>" + isolated(group.what) + "</td><td class=\"number\">" +
            grouped(group.cases) + "</td><td>";
    for (std::size_t at = 0; at < group.names.size(); ++at)
      text += (at == 0 ? "" : ", ") + isolated(words_of(group.names[at]));
    text += std::string{group.cases > group.names.size() ? ", …" : ""} + "</td></tr>\n";
  }
  return text + "</tbody></table></div>\n";
}

std::string ReplayPage::comparisons() const {
  std::string text;
  for (std::size_t at = 0; at < replay_.comparisons.size(); ++at) {
    auto const& comparison = replay_.comparisons[at];
    text += "<h2>" + say("Decided by ", "הוחלט לפי ") +
            code(comparison.before.name + " " + comparison.before.revision.substr(0, 12)) +
            "</h2>\n" + comparison_part(comparison, language_, "r" + std::to_string(at + 1) + "-");
  }
  return text;
}

std::string ReplayPage::changes() const {
  if (replay_.changes.empty()) return {};
  auto text = "<h2>" + say("The decisions that would be others", "ההחלטות שהיו משתנות") +
              "</h2>\n<div class=\"wide\"><table><thead><tr><th scope=\"col\" class=\"number\">" +
              say("record", "רשומה") + "</th><th scope=\"col\">" + say("whose", "בעניין") +
              "</th><th scope=\"col\">" + say("when", "מתי") + "</th><th scope=\"col\">" +
              say("id", "מזהה") + "</th></tr></thead><tbody>\n";
  auto const shown = std::min(replay_.changes.size(), rows_max);
  for (std::size_t at = 0; at < shown; ++at) {
    auto const& change = replay_.changes[at];
    text += "<tr><td class=\"number\">" + std::to_string(change.sequence) + "</td><td>" +
            isolated(change.subject) + "</td><td>" + isolated(replay_.zone.to_text(change.at)) +
            "</td><td>" + code(change.id) + "</td></tr>\n";
  }
  text += "</tbody></table></div>\n";
  if (replay_.changed > shown)
    text += "<p class=\"soft\">" + say("and more: ", "ועוד: ") + grouped(replay_.changed - shown) +
            "</p>\n";
  return text;
}

std::string ReplayPage::write() const {
  auto const& texts = replay_.policy.title;
  auto const name = texts.empty() ? replay_.policy.name : std::string{text_of(texts, language_)};
  auto const title = say("The log decided again: ", "היומן הוכרע מחדש: ") + name;
  auto content = "<h1>" + escaped(title) + "</h1>\n<p class=\"soft\">" +
                 say("Logged cases under ", "מקרים מן היומן לפי ") +
                 code(replay_.policy.name + " " + replay_.policy.revision.substr(0, 12)) +
                 say(", with the facts, the history and the figures that each record holds.",
                     ", לפי העובדות, ההיסטוריה והמניינים שבכל רשומה.") +
                 "</p>\n" + tiles() + doubts() + comparisons();
  content += groups(replay_.refusals,
                    say("Cases that this policy cannot read", "מקרים שהמדיניות אינה יכולה לקרוא"),
                    say("They were not compared.", "הם לא הושוו."));
  content +=
      groups(replay_.passed_over, say("What this policy passes over", "מה שהמדיניות מדלגת עליו"),
             say("Facts and events that only the policy of then declares.",
                 "עובדות ואירועים שרק המדיניות של אז מכירה."));
  content +=
      groups(replay_.short_history,
             say("Events of which the record may hold too few", "אירועים שייתכן שברשומה חסר מהם"),
             say("This policy reads further back than the one that decided; the record holds "
                 "what that one read.",
                 "המדיניות קוראת רחוק יותר מזו שהחליטה; ברשומה יש מה שקראה זו שהחליטה."));
  content += groups(
      replay_.no_figures,
      say("Counted across customers, and not in the record", "מניינים על פני לקוחות, שאינם ברשומה"),
      say("Only the case's own history was counted.", "נספרה רק ההיסטוריה של המקרה עצמו."));
  return page(language_, title, content + changes());
}

}  // namespace

std::string replay_page(Replay const& replay, Language language) {
  return ReplayPage{replay, language}.write();
}

}  // namespace heed::pages
