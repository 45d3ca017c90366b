#include "engine/run/words.hpp"

#include "engine/base/visible.hpp"
#include "engine/run/page.hpp"
#include "engine/run/words_of_counting.hpp"
#include "engine/run/words_of_values.hpp"

namespace heed {
namespace run {
namespace {

/// Writes the parts of a decision; a part that is empty leaves no trace.
class DecisionWords {
 public:
  DecisionWords(Decision const& decision, Language language, Policy const* policy)
      : decision_{decision}, page_{language}, titles_{policy, language} {}

  std::string write() {
    write_head();
    write_needs();
    write_plan();
    write_choices();
    write_sayings();
    write_checks();
    write_escalations();
    write_alerts();
    write_questions();
    write_refused();
    write_answers();
    write_records();
    write_warnings();
    return page_.take();
  }

 private:
  std::string_view say(std::string_view english, std::string_view hebrew) const {
    return page_.either(english, hebrew);
  }
  std::string time(Instant at) const { return words_of(at, decision_.zone, page_.language()); }
  std::string code(std::string_view text) const { return isolate(page_, text); }
  std::string rules(std::vector<std::string> const& names) const {
    return code("[" + join(names) + "]");
  }
  std::string by(std::optional<Instant> due) const {
    if (!due) return {};
    return std::string{say(", by ", ", עד ")} + time(*due);
  }

  void write_counted(std::optional<Counted> const& counted) {
    if (counted && !counted->skipped.empty())
      page_.line(5, words_of(*counted, page_, titles_, decision_.zone));
  }

  void write_head();
  void write_needs();
  void write_plan();
  void write_item(std::size_t number, PlanItem const& item);
  void write_choices();
  void write_sayings();
  void write_checks();
  void write_escalations();
  void write_alerts();
  void write_questions();
  void write_refused();
  void write_answers();
  void write_records();
  void write_warnings();
  void write_doubts(std::size_t indent, std::optional<std::string> const& requires_,
                    std::vector<std::string> const& unless);
  void write_reasons(std::vector<Reason> const& reasons);
  std::string describe(NeedState state, int severity) const;
  using With = std::vector<std::pair<std::string, Shown>>;
  using OwnerOf = Owner (Titles::*)(std::string const&, std::string const&) const;
  /// What is given to an action, or an event holds.
  std::string describe(With const& with, std::string const& of, OwnerOf owner_of) const;
  std::string describe(Approval const& approval, std::string const& by) const;
  std::string value(Shown const& shown, Owner const& owner) const {
    return isolate_foreign(page_, words_of(shown, owner, titles_));
  }
  std::string word(std::string const& text) const { return isolate_foreign(page_, text); }
  std::string condition(std::string const& text) const {
    auto const title = titles_.of_condition(text);
    return title.empty() ? code(text) : word(title) + " " + code("[" + text + "]");
  }
  std::string describe_change(std::string const& change) const;
  std::string describe_answers(Question const& question) const;

  Decision const& decision_;
  Page page_;
  Titles titles_;
};

void DecisionWords::write_head() {
  auto text = std::string{say("Advice of ", "המלצה מיום ")} + time(decision_.at);
  if (!decision_.subject.empty())
    text += std::string{say(", about ", ", בעניין ")} + code(visible(decision_.subject));
  page_.line(0, text + " " + code("(" + decision_.policy + ")"));
  auto const is_empty = decision_.fired.empty() && decision_.pending.empty();
  if (is_empty)
    page_.line(0, say("No rule of the policy applies.", "אף כלל במדיניות אינו חל כאן."));
}

std::string DecisionWords::describe(NeedState state, int severity) const {
  auto const at = std::string{say(", severity ", ", חומרה ")} + std::to_string(severity) +
                  std::string{say(" of 5", " מתוך 5")};
  switch (state) {
    case NeedState::met:
      return std::string{say("not hurt", "ללא פגיעה")};
    case NeedState::threatened:
      return std::string{say("threatened", "סיכון לפגיעה")} + at;
    case NeedState::violated:
      return std::string{say("violated", "פגיעה")} + at;
  }
  return {};
}

void DecisionWords::write_reasons(std::vector<Reason> const& reasons) {
  for (auto const& reason : reasons) {
    auto const text = titles_.text_of(reason.text);
    page_.line(4, (text.empty() ? "" : text + " ") + rules({reason.rule}));
  }
}

void DecisionWords::write_needs() {
  if (decision_.needs.empty()) return;
  page_.head(say("WHAT IS AT STAKE", "מה עומד על הפרק"));
  std::vector<std::string> open;
  for (auto const& need : decision_.needs) {
    if (need.state == NeedState::met) {
      open.push_back(titles_.of_need(need.need));
      continue;
    }
    auto text = titles_.of_need(need.need) + ": " + describe(need.state, need.severity);
    if (need.state != need.could_be || need.severity != need.could_be_severity) {
      text += std::string{say(" (could still turn out: ", " (עוד ייתכן: ")} +
              describe(need.could_be, need.could_be_severity) + ")";
    }
    page_.line(2, text);
    write_reasons(need.because);
  }
  if (!open.empty())
    page_.line(
        2, std::string{say("not hurt as far as is known: ", "ככל הידוע ללא פגיעה: ")} + join(open));
}

std::string DecisionWords::describe(With const& with, std::string const& of,
                                    OwnerOf owner_of) const {
  std::vector<std::string> parts;
  for (auto const& [name, shown] : with)
    parts.push_back(word(titles_.of_part(of, name)) + ": " +
                    value(shown, (titles_.*owner_of)(of, name)));
  return parts.empty() ? std::string{} : " (" + join(parts) + ")";
}

/// Why it is not sure that an action can be done.
void DecisionWords::write_doubts(std::size_t indent, std::optional<std::string> const& requires_,
                                 std::vector<std::string> const& unless) {
  if (requires_)
    page_.line(indent, std::string{say("only if this holds, which is not known yet: ",
                                       "רק אם מתקיים, ועדיין לא ידוע: ")} +
                           condition(*requires_));
  if (!unless.empty())
    page_.line(indent,
               std::string{say("unless it turns out forbidden by: ", "אלא אם יתברר שאסור לפי: ")} +
                   code(join(unless)));
}

void DecisionWords::write_item(std::size_t number, PlanItem const& item) {
  auto text = std::to_string(number) + ". " + titles_.of_action(item.action) +
              describe(item.with, item.action, &Titles::taken);
  if (!item.by.empty()) text += " – " + titles_.of_role(item.by);
  text += by(item.due);
  if (item.expires) text += std::string{say(", lapses ", ", בתוקף עד ")} + time(*item.expires);
  page_.line(2, text);
  write_counted(item.counted);
  if (item.internal_to)
    page_.line(5, std::string{say("inside the house, not for the customer's eyes: ",
                                  "פנימי, לא להצגה ללקוח: ")} +
                      word(titles_.of_department(*item.internal_to)));
  if (item.approval) page_.line(5, describe(*item.approval, item.by));
  write_doubts(5, item.requires_, item.unless);
  page_.line(5, rules(item.rules));
}

std::string DecisionWords::describe(Approval const& approval, std::string const& by) const {
  auto const limit = approval.limit == "unlimited"
                         ? std::string{say("without limit", "ללא הגבלה")}
                         : std::string{say("up to ", "עד ")} +
                               word(words_of_limit(approval.limit, page_.language()));
  return std::string{say("needs approval: ", "נדרש אישור: ")} + titles_.of_role(approval.role) +
         " (" + limit +
         std::string{say("), for it is more than may be given by: ", "), כי זה מעבר לסמכות של: ")} +
         titles_.of_role(by);
}

void DecisionWords::write_choices() {
  if (decision_.choices.empty()) return;
  page_.head(say("WHAT TO OFFER", "מה להציע"));
  for (auto const& choice : decision_.choices) {
    page_.line(2, std::string{say("the customer chooses one of: ", "לבחירת הלקוח, אחת מאלה: ")} +
                      rules(choice.rules));
    for (auto const& option : choice.options) {
      page_.line(5, titles_.of_action(option.action) +
                        describe(option.with, option.action, &Titles::taken));
      write_doubts(8, option.requires_, option.unless);
    }
  }
}

void DecisionWords::write_checks() {
  if (decision_.checks.empty()) return;
  page_.head(say("WHAT TO CHECK", "מה לבדוק"));
  for (auto const& check : decision_.checks)
    page_.line(2, std::string{say("before ", "לפני ")} + word(titles_.of_phase(check.before)) +
                      ": " + titles_.text_of(check.text) + " " + rules(check.rules));
}

void DecisionWords::write_plan() {
  if (decision_.plan.empty()) return;
  page_.head(say("WHAT TO DO", "מה לעשות"));
  std::size_t number = 0;
  for (auto const& item : decision_.plan) write_item(++number, item);
}

void DecisionWords::write_sayings() {
  if (decision_.say.empty()) return;
  page_.head(say("WHAT TO SAY", "מה לומר"));
  for (auto const& saying : decision_.say) {
    auto text = "\"" + titles_.text_of(saying.text) + "\"";
    if (saying.text.empty())
      text = (saying.script ? word(titles_.of_script(*saying.script)) + ": " : std::string{}) +
             std::string{say("cannot be said before what it tells is known",
                             "אי אפשר לומר לפני שידוע מה שנאמר בו")};
    page_.line(2, text + " " + rules(saying.rules));
  }
}

void DecisionWords::write_escalations() {
  if (decision_.escalations.empty()) return;
  page_.head(say("WHO TAKES OVER", "למי עובר הטיפול"));
  for (auto const& escalation : decision_.escalations) {
    auto const could_be = titles_.of_role(escalation.could_be);
    if (!escalation.to) {
      page_.line(2, std::string{say("nobody yet; it could still be: ",
                                    "לפי שעה לאיש; ייתכן שיעבור אל: ")} +
                        could_be);
      continue;
    }
    auto text = titles_.of_role(*escalation.to) + by(escalation.due);
    for (auto const& step : escalation.then) {
      text += std::string{say("; then ", "; לאחר מכן ")} + titles_.of_role(step.to);
      if (step.due) text += std::string{say(" from ", " מ־")} + time(*step.due);
    }
    if (escalation.could_be != *escalation.to)
      text += std::string{say(" (could still be: ", " (עוד ייתכן: ")} + could_be + ")";
    page_.line(2, text);
    write_counted(escalation.counted);
    write_reasons(escalation.because);
  }
}

void DecisionWords::write_alerts() {
  if (decision_.alerts.empty()) return;
  page_.head(say("WHO IS TOLD", "את מי ליידע"));
  for (auto const& alert : decision_.alerts)
    page_.line(2, titles_.of_role(alert.role) + by(alert.due) + " " + rules(alert.rules));
}

std::string DecisionWords::describe_change(std::string const& change) const {
  auto const colon = change.find(':');
  auto const kind = change.substr(0, colon);
  auto const name = colon == std::string::npos ? std::string{} : change.substr(colon + 1);
  if (kind == "need") return titles_.of_need(name);
  if (kind == "action") return titles_.of_action(name);
  if (kind == "answer") return titles_.of_answer(name);
  if (kind == "score") return titles_.of_score(name);
  if (kind == "choice") return std::string{say("what to offer", "מה להציע")};
  if (kind == "check") return std::string{say("what to check", "מה לבדוק")};
  if (kind == "say") return std::string{say("what to say", "מה לומר")};
  if (kind == "alert") return std::string{say("telling ", "יידוע: ")} + titles_.of_role(name);
  if (kind == "record")
    return std::string{say("putting on record: ", "רישום: ")} + titles_.of_event(name);
  return std::string{say("who takes over", "למי עובר הטיפול")};
}

std::string DecisionWords::describe_answers(Question const& question) const {
  if (question.values.empty()) return word(words_of_type(question.type, page_.language()));
  std::vector<std::string> values;
  for (auto const& one : question.values)
    values.push_back(word(titles_.of_value(question.fact, one)));
  return join(values);
}

void DecisionWords::write_questions() {
  constexpr std::size_t changes_max = 5;
  if (decision_.questions.empty()) return;
  page_.head(say("WHAT TO ASK", "מה לשאול"));
  for (auto const& question : decision_.questions) {
    auto const ask = titles_.text_of(question.ask);
    bool const is_listed = !question.values.empty() || question.type == "yes or no";
    auto const answers = describe_answers(question);
    auto const hint = is_listed ? " (" + answers + ") " : std::string{" "};
    page_.line(2, ask.empty() ? code(question.fact) + ": " + answers
                              : ask + hint + code("[" + question.fact + "]"));
    std::vector<std::string> changes;
    for (auto const& change : question.could_change) {
      auto text = describe_change(change);
      if (changes.empty() || changes.back() != text) changes.push_back(std::move(text));
    }
    if (changes.empty()) continue;
    auto const more = changes.size() > changes_max ? changes.size() - changes_max : 0;
    changes.resize(changes.size() - more);
    auto text = std::string{say("could change: ", "עשוי לשנות: ")} + join(changes, "; ");
    if (more > 0) text += std::string{say("; and more: ", "; ועוד: ")} + std::to_string(more);
    page_.line(5, text);
  }
}

void DecisionWords::write_refused() {
  if (!decision_.forbidden.empty()) page_.head(say("WHAT NOT TO DO", "מה אין לעשות"));
  for (auto const& one : decision_.forbidden)
    page_.line(2, titles_.of_action(one.action) + " " + rules(one.rules));
  if (!decision_.withheld.empty()) page_.head(say("WHAT HAS TO WAIT", "מה אי אפשר לעשות כרגע"));
  for (auto const& one : decision_.withheld) {
    page_.line(2, titles_.of_action(one.action) +
                      std::string{say(": only if this holds: ", ": רק אם מתקיים: ")} +
                      condition(one.requires_) + " " + rules(one.rules));
  }
}

void DecisionWords::write_answers() {
  if (decision_.answers.empty() && decision_.scores.empty()) return;
  page_.head(say("FINDINGS", "ממצאים"));
  for (auto const& answer : decision_.answers) {
    auto const owner = titles_.answer(answer.answer);
    auto const now = value(answer.value, owner);
    auto const could_be = value(answer.could_be, owner);
    auto text = titles_.of_answer(answer.answer) + ": " + now;
    if (could_be != now)
      text += std::string{say(" (could still be: ", " (עוד ייתכן: ")} + could_be + ")";
    page_.line(2, text);
  }
  for (auto const& score : decision_.scores) {
    auto text = titles_.of_score(score.score) + ": ";
    text += score.value ? to_text(*score.value) : std::string{say("unknown", "לא ידוע")};
    if (score.least != score.most) {
      text += std::string{say(" (between ", " (בין ")} + to_text(score.least) +
              std::string{say(" and ", " ל־")} + to_text(score.most) + ")";
    }
    page_.line(2, text);
  }
}

void DecisionWords::write_records() {
  if (decision_.record.empty()) return;
  page_.head(say("WHAT GOES ON RECORD", "מה נרשם"));
  for (auto const& record : decision_.record) {
    page_.line(2, titles_.of_event(record.event) +
                      describe(record.with, record.event, &Titles::field) + " " +
                      rules(record.rules));
  }
}

void DecisionWords::write_warnings() {
  if (!decision_.matches.empty()) page_.head(say("WORDS NOTICED", "מילים שזוהו"));
  for (auto const& match : decision_.matches) {
    auto const title = titles_.of_phrases(match.phrases);
    auto const where = title == match.phrases ? code(match.fact + ": " + match.phrases)
                                              : word(title) + " " + code("[" + match.fact + "]");
    page_.line(2, "\"" + match.phrase + "\" – " + where);
  }
  if (!decision_.warnings.empty()) page_.head(say("WARNINGS", "אזהרות"));
  for (auto const& warning : decision_.warnings) {
    auto const rule = warning.rule.empty() ? std::string{} : " " + rules({warning.rule});
    page_.line(2, code(warning.text) + rule);
  }
}

}  // namespace
}  // namespace run

Language find_language(std::string_view code) {
  return code == "he" ? Language::hebrew : Language::english;
}

std::string to_words(Decision const& decision, Language language, RuleSet const* rules) {
  return run::DecisionWords{decision, language, rules == nullptr ? nullptr : &rules->policy}
      .write();
}

}  // namespace heed
