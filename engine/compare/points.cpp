#include "engine/compare/points.hpp"

#include <algorithm>

#include "engine/run/page.hpp"
#include "engine/run/words_of_values.hpp"

namespace heed::comparing {
namespace {

using With = std::vector<std::pair<std::string, Shown>>;

class Taking {
 public:
  Taking(Decision const& decision, Language language, Policy const* policy)
      : decision_{decision}, language_{language}, titles_{policy, language} {}

  Points take() {
    for (auto const& need : decision_.needs) put("need:" + need.need, words_of(need));
    for (auto const& score : decision_.scores) put("score:" + score.score, words_of(score));
    for (auto const& answer : decision_.answers) put("answer:" + answer.answer, words_of(answer));
    for (auto const& item : decision_.plan) put("action:" + item.action, words_of(item));
    for (auto const& one : decision_.forbidden)
      put("action:" + one.action, say("forbidden", "אסור"));
    for (auto const& one : decision_.withheld)
      put("action:" + one.action,
          say("held back, because this does not hold: ", "ממתין, כי לא מתקיים: ") + one.requires_);
    for (auto const& saying : decision_.say) put(point_of(saying), words_of(saying));
    for (auto const& escalation : decision_.escalations) put("escalation", words_of(escalation));
    for (auto const& alert : decision_.alerts)
      put("alert:" + alert.role, say("told", "מקבל הודעה") + within(alert.due));
    for (auto const& record : decision_.record)
      put("record:" + record.event,
          say("put on record", "נרשם") + words_of(record.with, record.event, &run::Titles::field));
    for (auto const& offering : decision_.choices) put("choice", words_of(offering));
    for (auto const& one : decision_.checks) put("check", words_of(one));
    for (auto const& question : decision_.questions)
      put("question:" + question.fact, say("asked", "נשאל"));
    for (auto const& warning : decision_.warnings) put("warning:" + warning.code, warning.text);
    return std::move(points_);
  }

 private:
  std::string say(std::string_view english, std::string_view hebrew) const {
    return std::string{language_ == Language::hebrew ? hebrew : english};
  }
  void put(std::string const& point, std::string words) {
    auto& text = points_[point];
    text += (text.empty() ? "" : "; ") + std::move(words);
  }

  std::string state_of(NeedState state, int severity) const {
    auto const at = say(", severity ", ", חומרה ") + std::to_string(severity);
    switch (state) {
      case NeedState::met:
        return say("not hurt", "ללא פגיעה");
      case NeedState::threatened:
        return say("threatened", "סיכון לפגיעה") + at;
      case NeedState::violated:
        return say("violated", "פגיעה") + at;
    }
    return {};
  }
  std::string could_be(std::string const& words) const {
    return say(" (could still be: ", " (עוד ייתכן: ") + words + ")";
  }

  std::string words_of(NeedFinding const& need) const {
    auto const now = state_of(need.state, need.severity);
    auto const most = state_of(need.could_be, need.could_be_severity);
    return now == most ? now : now + could_be(most);
  }
  std::string words_of(ScoreFinding const& score) const {
    auto text = score.value ? to_text(*score.value) : say("unknown", "לא ידוע");
    if (score.least == score.most) return text;
    return text + say(" (between ", " (בין ") + to_text(score.least) + say(" and ", " ל־") +
           to_text(score.most) + ")";
  }
  std::string words_of(AnswerFinding const& answer) const {
    auto const owner = titles_.answer(answer.answer);
    auto const value = run::words_of(answer.value, owner, titles_);
    auto const most = run::words_of(answer.could_be, owner, titles_);
    return value == most ? value : value + could_be(most);
  }
  using OwnerOf = run::Owner (run::Titles::*)(std::string const&, std::string const&) const;
  std::string words_of(With const& with, std::string const& of, OwnerOf owner_of) const {
    std::string text;
    for (auto const& [name, value] : with)
      text += (text.empty() ? " (" : ", ") + titles_.of_part(of, name) + ": " +
              run::words_of(value, (titles_.*owner_of)(of, name), titles_);
    return text.empty() ? text : text + ")";
  }
  std::string words_of(PlanItem const& item) const {
    auto text = say("advised", "מומלץ");
    if (!item.by.empty()) text += say(", by ", ", בידי ") + titles_.of_role(item.by);
    text += within(item.due) + words_of(item.with, item.action, &run::Titles::taken);
    if (item.expires)
      text += say(", for ", ", למשך ") + length_of(item.expires->micros - decision_.at.micros);
    if (item.approval)
      text += say(", approved by ", ", באישור ") + titles_.of_role(item.approval->role);
    if (item.requires_) text += say(", if this holds: ", ", אם מתקיים: ") + *item.requires_;
    if (!item.unless.empty())
      text += say(", unless it turns out forbidden", ", אלא אם יתברר שאסור");
    return text;
  }
  std::string words_of(Offering const& offering) const {
    std::string text;
    for (auto const& option : offering.options)
      text += (text.empty() ? "" : say(" or ", " או ")) + titles_.of_action(option.action) +
              words_of(option.with, option.action, &run::Titles::taken);
    return text;
  }
  std::string words_of(CheckFinding const& one) const {
    return "\"" + titles_.text_of(one.text) + "\"" + say(" before ", " לפני ") +
           titles_.of_phase(one.before);
  }
  /// Texts that rules hold themselves have no name to be told apart by.
  static std::string point_of(Saying const& saying) {
    return saying.script ? "say:" + *saying.script : std::string{"say"};
  }
  std::string words_of(Saying const& saying) const {
    auto const text = titles_.text_of(saying.text);
    return text.empty() ? say("said", "נאמר") : "\"" + text + "\"";
  }
  std::string words_of(Escalation const& escalation) const {
    auto const most = titles_.of_role(escalation.could_be);
    if (!escalation.to) return say("nobody yet", "לפי שעה איש") + could_be(most);
    auto text = titles_.of_role(*escalation.to) + within(escalation.due);
    for (auto const& step : escalation.then)
      text += say(", then ", ", לאחר מכן ") + titles_.of_role(step.to) + within(step.due);
    return escalation.could_be == *escalation.to ? text : text + could_be(most);
  }

  /// `, within 1 day 4 hours`, counted from the case's time.
  std::string within(std::optional<Instant> due) const {
    if (!due) return {};
    return say(", within ", ", תוך ") + length_of(due->micros - decision_.at.micros);
  }
  std::string length_of(std::int64_t micros) const {
    constexpr std::int64_t minute = 60'000'000;
    if (micros < minute) return say("less than a minute", "פחות מדקה");
    auto const length = to_text(Duration{0, Number{micros / minute * 60}});
    return run::words_of_duration(length, language_);
  }

  Decision const& decision_;
  Language language_;
  run::Titles titles_;
  Points points_;
};

}  // namespace

Points find_points(Decision const& decision, Language language, Policy const* policy) {
  return Taking{decision, language, policy}.take();
}

std::string title_of(std::string const& point, Language language, Policy const* policy) {
  auto const say = [language](std::string_view english, std::string_view hebrew) {
    return std::string{language == Language::hebrew ? hebrew : english};
  };
  run::Titles const titles{policy, language};
  auto const colon = point.find(':');
  auto const kind = point.substr(0, colon);
  auto const name = colon == std::string::npos ? std::string{} : point.substr(colon + 1);
  if (kind == "need") return titles.of_need(name);
  if (kind == "action") return titles.of_action(name);
  if (kind == "answer") return titles.of_answer(name);
  if (kind == "score") return titles.of_score(name);
  if (kind == "say")
    return name.empty() ? say("what to say", "מה לומר") : say("to say: ", "לומר: ") + name;
  if (kind == "alert") return say("to tell: ", "ליידע: ") + titles.of_role(name);
  if (kind == "record") return say("on record: ", "רישום: ") + titles.of_event(name);
  if (kind == "question") return say("to ask: ", "לשאול: ") + name;
  if (kind == "warning") return say("warning: ", "אזהרה: ") + name;
  if (kind == "choice") return say("what the customer may choose", "מה שהלקוח בוחר");
  if (kind == "check") return say("what to check", "מה לבדוק");
  return say("who takes over", "למי עובר הטיפול");
}

}  // namespace heed::comparing
