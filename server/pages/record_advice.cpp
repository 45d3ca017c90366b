// What was at stake, what was advised and what was asked.
#include <set>

#include "server/pages/html.hpp"
#include "server/pages/record_article.hpp"

namespace heed::pages {
namespace {

constexpr std::size_t changes_max = 5;  // told of what a question could change

}  // namespace

std::string RecordArticle::because(std::vector<Reason> const& reasons) const {
  std::string text;
  for (auto const& reason : reasons) {
    auto const words = word_.text(reason.text);
    if (!words.empty()) text += "<div>" + isolated(words) + "</div>\n";
    text += rules({reason.rule});
  }
  return text;
}

std::string RecordArticle::needs() const {
  std::string text;
  for (auto const& need : decision_.needs) {
    auto const look = need.state == NeedState::violated     ? "bad"
                      : need.state == NeedState::threatened ? "part"
                                                            : "good";
    text += "<div class=\"card\">\n<h3>" + isolated(word_.need(need.need)) +
            " <span class=\"badge " + look + "\">" + word_.state(need.state, need.severity) +
            "</span></h3>\n";
    if (need.state != need.could_be || need.severity != need.could_be_severity)
      text += soft(say("could still turn out: ", "עוד ייתכן: ") +
                   word_.state(need.could_be, need.could_be_severity));
    text += because(need.because) + "</div>\n";
  }
  return text;
}

std::string RecordArticle::due(std::optional<Instant> const& due,
                               std::optional<Counted> const& counted) const {
  std::string text;
  if (due) text += "<div><strong>" + say("by ", "עד ") + time(*due) + "</strong></div>\n";
  if (counted) text += soft(isolated(word_.counted(*counted)));
  return text;
}

/// Its title, where it is the name of what has one, and the condition as the policy says it.
std::string RecordArticle::condition_words(std::string const& text) const {
  auto const title = word_.condition(text);
  return (title.empty() ? std::string{} : isolated(title) + " ") + code(text);
}

std::string RecordArticle::doubtful(std::optional<std::string> const& requires_,
                                    Names const& unless) const {
  std::string text;
  if (requires_)
    text += soft(say("only if this holds, which was not known: ", "רק אם מתקיים, ולא היה ידוע: ") +
                 condition_words(*requires_));
  if (!unless.empty())
    text +=
        soft(say("unless it turns out forbidden by: ", "אלא אם יתברר שאסור לפי: ") + rules(unless));
  return text;
}

std::string RecordArticle::item(PlanItem const& item) const {
  auto text = "<li>\n<div><strong>" + isolated(word_.action(item.action)) + "</strong>" +
              with(item.with, item.action) +
              (item.by.empty() ? "" : " – " + isolated(word_.role(item.by))) + "</div>\n" +
              due(item.due, item.counted);
  if (item.expires) text += soft(say("lapses ", "בתוקף עד ") + time(*item.expires));
  if (item.internal_to)
    text += soft(say("inside the house, not for the customer's eyes: ", "פנימי, לא להצגה ללקוח: ") +
                 isolated(word_.department(*item.internal_to)));
  if (item.approval)
    text += soft(say("needs the approval of: ", "נדרש אישור של: ") +
                 isolated(word_.role(item.approval->role)) + " (" +
                 (item.approval->limit == "unlimited"
                      ? say("without limit", "ללא הגבלה")
                      : say("up to ", "עד ") + isolated(word_.limit(item.approval->limit))) +
                 ")");
  return text + doubtful(item.requires_, item.unless) + rules(item.rules) + "</li>\n";
}

std::string RecordArticle::plan() const {
  std::string items;
  for (auto const& each : decision_.plan) items += item(each);
  return items.empty() ? items : "<ol class=\"steps\">\n" + items + "</ol>\n";
}

std::string RecordArticle::choices() const {
  std::string text;
  for (auto const& choice : decision_.choices) {
    text += "<p>" + say("the customer chooses one of:", "לבחירת הלקוח, אחת מאלה:") + "</p>\n<ul>\n";
    for (auto const& option : choice.options)
      text += "<li>" + isolated(word_.action(option.action)) + with(option.with, option.action) +
              doubtful(option.requires_, option.unless) + "</li>\n";
    text += "</ul>\n" + rules(choice.rules);
  }
  return text;
}

std::string RecordArticle::sayings() const {
  std::string text;
  for (auto const& saying : decision_.say) {
    auto const words = word_.text(saying.text);
    text += "<blockquote>" +
            (words.empty() ? say("could not be said before what it tells was known",
                                 "אי אפשר היה לומר לפני שידוע מה שנאמר בו")
                           : isolated(words)) +
            "</blockquote>\n" + rules(saying.rules);
  }
  return text;
}

std::string RecordArticle::checks() const {
  std::string text;
  for (auto const& check : decision_.checks)
    text += "<div>" + say("before ", "לפני ") + isolated(word_.phase(check.before)) + ": " +
            isolated(word_.text(check.text)) + "</div>\n" + rules(check.rules);
  return text;
}

std::string RecordArticle::escalations() const {
  std::string text;
  for (auto const& escalation : decision_.escalations) {
    auto const could_be = isolated(word_.role(escalation.could_be));
    text += "<div class=\"card\">\n";
    if (!escalation.to) {
      text += "<p>" + say("nobody yet; it could still be: ", "לפי שעה לאיש; ייתכן שיעבור אל: ") +
              could_be + "</p>\n</div>\n";
      continue;
    }
    text += "<h3>" + isolated(word_.role(*escalation.to)) + "</h3>\n" +
            due(escalation.due, escalation.counted);
    for (auto const& step : escalation.then)
      text += "<div>" + say("then ", "לאחר מכן ") + isolated(word_.role(step.to)) +
              (step.due ? say(" from ", " מ־") + time(*step.due) : std::string{}) + "</div>\n";
    if (escalation.could_be != *escalation.to)
      text += soft(say("could still be: ", "עוד ייתכן: ") + could_be);
    text += because(escalation.because) + "</div>\n";
  }
  return text;
}

std::string RecordArticle::alerts() const {
  std::string text;
  for (auto const& alert : decision_.alerts)
    text += "<div><strong>" + isolated(word_.role(alert.role)) + "</strong></div>\n" +
            due(alert.due, {}) + rules(alert.rules);
  return text;
}

std::string RecordArticle::questions() const {
  std::string text;
  for (auto const& question : decision_.questions) {
    auto const ask = word_.text(question.ask);
    text += "<li>" + (ask.empty() ? "" : isolated(ask) + " ") + code(question.fact);
    std::set<std::string> told;
    std::string changes;
    for (auto const& change : question.could_change) {
      auto const words = word_.point(change);
      if (!told.insert(words).second || told.size() > changes_max) continue;
      changes += (changes.empty() ? "" : ", ") + isolated(words);
    }
    if (told.size() > changes_max)
      changes += say("; and more: ", "; ועוד: ") + std::to_string(told.size() - changes_max);
    if (!changes.empty()) text += soft(say("could change: ", "עשוי לשנות: ") + changes);
    text += "</li>\n";
  }
  return text.empty() ? text : "<ul>\n" + text + "</ul>\n";
}

std::string RecordArticle::refused() const {
  std::string text;
  for (auto const& one : decision_.forbidden)
    text += "<div>" + isolated(word_.action(one.action)) + "</div>\n" + rules(one.rules);
  for (auto const& one : decision_.withheld)
    text += "<div>" + isolated(word_.action(one.action)) +
            say(": only if this holds: ", ": רק אם מתקיים: ") + condition_words(one.requires_) +
            "</div>\n" + rules(one.rules);
  return text;
}

std::string RecordArticle::findings() const {
  std::string rows;
  auto const row = [&](std::string const& name, std::string const& value, std::string const& more) {
    rows += "<tr><th scope=\"row\">" + isolated(name) + "</th><td>" + isolated(value) + more +
            "</td></tr>\n";
  };
  for (auto const& answer : decision_.answers) {
    auto const value = word_.answer_value(answer.answer, answer.value);
    auto const could_be = word_.answer_value(answer.answer, answer.could_be);
    row(word_.answer(answer.answer), value,
        could_be == value ? rules(answer.rules)
                          : soft(say("could still be: ", "עוד ייתכן: ") + isolated(could_be)) +
                                rules(answer.rules));
  }
  for (auto const& score : decision_.scores)
    row(word_.score(score.score), score.value ? to_text(*score.value) : say("unknown", "לא ידוע"),
        score.least == score.most ? ""
                                  : soft(say("between ", "בין ") + to_text(score.least) +
                                         say(" and ", " ל־") + to_text(score.most)));
  for (auto const& match : decision_.matches)
    row(say("words noticed", "מילים שזוהו"), "„" + match.phrase + "”",
        " " + isolated(word_.phrases(match.phrases)) + " " + code(match.fact));
  for (auto const& warning : decision_.warnings)
    row(say("warning", "אזהרה"), warning.text, " " + code(warning.code));
  return rows.empty() ? rows
                      : "<div class=\"wide\"><table><tbody>\n" + rows + "</tbody></table></div>\n";
}

std::string RecordArticle::fields(Recording const& record) const {
  std::string text;
  for (auto const& [name, value] : record.with)
    text += (text.empty() ? "" : ", ") + isolated(word_.part(record.event, name)) + ": " +
            isolated(word_.field(record.event, name, value));
  return text.empty() ? text : " (" + text + ")";
}

std::string RecordArticle::records() const {
  std::string text;
  for (auto const& record : decision_.record)
    text += "<div>" + isolated(word_.event(record.event)) + fields(record) + "</div>\n" +
            rules(record.rules);
  return text;
}

}  // namespace heed::pages
