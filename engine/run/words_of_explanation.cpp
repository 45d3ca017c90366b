#include <algorithm>

#include "engine/run/any_text.hpp"
#include "engine/run/page.hpp"
#include "engine/run/words.hpp"
#include "engine/run/words_of_counting.hpp"
#include "engine/run/words_of_values.hpp"

namespace heed {
namespace run {
namespace {

constexpr std::size_t value_letters_max = 60;

class ExplanationWords {
 public:
  ExplanationWords(Language language, Zone const& zone, Policy const* policy)
      : page_{language}, titles_{policy, language}, zone_{zone} {}

  void write(RuleStatus status, std::vector<RuleExplanation> const& rules);
  void write(RuleExplanation const& rule);
  void write_briefly(RuleExplanation const& rule);
  void write(EscalationMiss const& miss, Zone const& zone);
  void write_missing(std::string_view rule) {
    page_.line(0, std::string{say("no rule has this name: ", "אין כלל בשם הזה: ")} + code(rule));
  }
  std::string take() { return page_.take(); }

 private:
  std::string_view say(std::string_view english, std::string_view hebrew) const {
    return page_.either(english, hebrew);
  }
  std::string code(std::string_view text) const { return isolate(page_, text); }
  std::string_view word_of(Truth truth) const;
  std::string_view word_of(RuleStatus status) const;
  std::string reads_of(ConditionTrace const& trace) const;
  void add_reads(std::vector<std::string>& reads, ConditionTrace const& trace) const;
  std::string failed_of(ConditionTrace const& trace) const;
  void write(ConditionTrace const& trace, std::size_t indent);
  std::string name_of(RuleExplanation const& rule) const;
  std::string value_of(Shown const& value, Owner const& owner) const;
  std::string text_of(FactChange const& change) const;
  std::string changes_of(NearestMiss const& miss) const;
  std::string limits_of(NearestMiss const& miss) const;
  std::string_view no_change() const {
    return say("no change of facts was found that does it; lists and the history stay as they are",
               "לא נמצא שינוי בעובדות שמביא לכך; רשימות וההיסטוריה נשארות כפי שהן");
  }
  void write(NearestMiss const& miss);

  Page page_;
  Titles titles_;
  Zone const& zone_;
};

std::string_view ExplanationWords::word_of(Truth truth) const {
  switch (truth) {
    case Truth::yes:
      return say("holds", "מתקיים");
    case Truth::no:
      return say("does not hold", "לא מתקיים");
    case Truth::unknown:
      return say("is not known", "לא ידוע");
  }
  return {};
}

std::string_view ExplanationWords::word_of(RuleStatus status) const {
  switch (status) {
    case RuleStatus::fired:
      return say("fired", "הופעל");
    case RuleStatus::pending:
      return say("waits", "ממתין");
    case RuleStatus::did_not_fire:
      return say("did not fire", "לא הופעל");
    case RuleStatus::overridden:
      return say("is overridden", "נדחה מפני כלל אחר");
    case RuleStatus::out_of_its_days:
      return say("is not in force on this day", "אינו בתוקף ביום הזה");
  }
  return {};
}

/// What conditions call it, and the policy's word for it beside it.
std::string ExplanationWords::value_of(Shown const& value, Owner const& owner) const {
  auto const* name = std::get_if<std::string>(&value.form);
  bool const is_choice = owner.type != nullptr && owner.type->kind == Kind::choice;
  if (name == nullptr || !is_choice)
    return isolate_foreign(page_, shorten(words_of(value, owner, titles_), value_letters_max));
  auto const title = titles_.of_value(owner.name, *name);
  auto const text = isolate_foreign(page_, *name);
  return title == *name ? text : text + " \"" + title + "\"";
}

/// What a text would have to say besides; empty where it would not go on what it says now.
std::string added_by(FactChange const& change) {
  auto const& text = std::get<std::string>(*change.value);
  auto const* before = std::get_if<std::string>(&change.before.form);
  if (before == nullptr || before->empty() || !text.starts_with(*before + " ")) return {};
  return text.substr(before->size() + 1);
}

std::string ExplanationWords::text_of(FactChange const& change) const {
  auto const& text = std::get<std::string>(*change.value);
  if (text == any_text) return std::string{say("some other text", "טקסט אחר כלשהו")};
  auto const added = added_by(change);
  auto const words = std::string_view{added.empty() ? text : added};
  auto const trimmed = words.substr(0, words.find_last_not_of(' ') + 1);
  auto const quoted = code('"' + shorten(trimmed, value_letters_max) + '"');
  return added.empty() ? quoted : std::string{say("also ", "גם ")} + quoted;
}

/// `tier: gold (instead of silver), calm: no (not known now)`.
std::string ExplanationWords::changes_of(NearestMiss const& miss) const {
  std::vector<std::string> changes;
  for (auto const& change : miss.changes) {
    auto const is_text = change.value && std::holds_alternative<std::string>(*change.value);
    auto text = code(change.fact) + ": " +
                (is_text ? text_of(change) : value_of(change.after, titles_.fact(change.fact)));
    if (!is_text || added_by(change).empty())
      text += change.was_known ? std::string{say(" (instead of ", " (במקום ")} +
                                     value_of(change.before, titles_.fact(change.fact)) + ")"
                               : std::string{say(" (not known now)", " (כרגע לא ידוע)")};
    changes.push_back(std::move(text));
  }
  return join(changes);
}

/// Empty where the search went through all that it could.
std::string ExplanationWords::limits_of(NearestMiss const& miss) const {
  if (miss.is_complete) return {};
  if (miss.tries == 0)
    return std::string{say("not looked for what would make it fire: the search is at its limit",
                           "לא חיפשנו מה היה גורם לכלל לחול: החיפוש הגיע לגבולו")};
  auto const tries = std::to_string(miss.tries);
  return std::string{say("the search stopped after ", "החיפוש נעצר אחרי ")} + tries +
         std::string{miss.changes.empty()
                         ? say(" tries without finding a change", " ניסיונות בלי למצוא שינוי")
                         : say(" tries; a smaller change may exist",
                               " ניסיונות; ייתכן שיש שינוי קטן יותר")};
}

void ExplanationWords::write(NearestMiss const& miss) {
  if (!miss.changes.empty())
    page_.line(
        6, std::string{say("nearest miss: it would fire with ", "מה היה חסר: הכלל היה חל עם ")} +
               changes_of(miss));
  else if (miss.is_complete)
    page_.line(6, no_change());
  if (auto const limits = limits_of(miss); !limits.empty()) page_.line(6, limits);
}

void ExplanationWords::write(EscalationMiss const& miss, Zone const& zone) {
  page_.head(say("WHAT WOULD CHANGE WHO TAKES OVER", "מה היה משנה למי עובר הטיפול"));
  if (!miss.change.changes.empty()) {
    std::vector<std::string> then;
    for (auto const& escalation : miss.then) {
      if (!escalation.to) continue;
      auto text = titles_.of_role(*escalation.to);
      if (escalation.due)
        text +=
            std::string{say(", by ", ", עד ")} + words_of(*escalation.due, zone, page_.language());
      then.push_back(std::move(text));
    }
    auto const who = then.empty() ? std::string{say("nobody", "איש")} : join(then, "; ");
    page_.line(2, changes_of(miss.change));
    page_.line(4, std::string{say("then: ", "ואז: ")} + who);
  } else if (miss.change.is_complete) {
    page_.line(2, no_change());
  }
  if (auto const limits = limits_of(miss.change); !limits.empty()) page_.line(2, limits);
}

void ExplanationWords::add_reads(std::vector<std::string>& reads,
                                 ConditionTrace const& trace) const {
  for (auto const& read : trace.reads) {
    auto text = code(read.name) + ": " + value_of(read.value, titles_.read(read.name));
    if (std::ranges::find(reads, text) == reads.end()) reads.push_back(std::move(text));
  }
  for (auto const& part : trace.parts) add_reads(reads, part);
}

/// With what its parts read, each value once.
std::string ExplanationWords::failed_of(ConditionTrace const& trace) const {
  std::vector<std::string> reads;
  add_reads(reads, trace);
  return code(trace.text) + " – " + std::string{word_of(trace.truth)} +
         (reads.empty() ? std::string{} : " (" + join(reads, "; ") + ")");
}

std::string ExplanationWords::reads_of(ConditionTrace const& trace) const {
  std::vector<std::string> reads;
  for (auto const& read : trace.reads)
    reads.push_back(code(read.name) + ": " + value_of(read.value, titles_.read(read.name)));
  return reads.empty() ? std::string{} : " (" + join(reads, "; ") + ")";
}

void ExplanationWords::write(ConditionTrace const& trace, std::size_t indent) {
  if (trace.is_conjunction) {
    for (auto const& part : trace.parts) write(part, indent);
    return;
  }
  page_.line(indent,
             code(trace.text) + " – " + std::string{word_of(trace.truth)} + reads_of(trace));
  for (auto const& part : trace.parts) write(part, indent + 4);
}

std::string ExplanationWords::name_of(RuleExplanation const& rule) const {
  auto const title = titles_.text_of(rule.title);
  return code(rule.rule) + (title.empty() ? "" : " – " + title);
}

void ExplanationWords::write(RuleExplanation const& rule) {
  page_.line(2, name_of(rule) + ": " + std::string{word_of(rule.status)});
  if (rule.when)
    write(*rule.when, 6);
  else if (rule.status != RuleStatus::out_of_its_days)
    page_.line(6, say("it holds always", "חל תמיד"));
  if (!rule.failed.empty()) {
    std::vector<std::string> failed;
    for (auto const& condition : rule.failed) failed.push_back(code(condition.text));
    page_.line(6, std::string{say("held back by: ", "מה שעצר: ")} + join(failed, "; "));
  }
  if (!rule.overridden_by.empty()) {
    auto const is_sure = rule.status == RuleStatus::overridden;
    page_.line(6, std::string{is_sure ? say("overridden by: ", "נדחה מפני: ")
                                      : say("may be overridden by: ", "עשוי להידחות מפני: ")} +
                      code(join(rule.overridden_by)));
  }
  if (!rule.waits_for.empty())
    page_.line(6, std::string{rule.status == RuleStatus::fired
                                  ? say("for what it writes and says, asks for: ",
                                        "לשם מה שנכתב ונאמר בו, שואל על: ")
                                  : say("waits for: ", "ממתין לתשובה על: ")} +
                      code(join(rule.waits_for)));
  for (auto const& due : rule.dues)
    page_.line(6, code(due.text) + std::string{say(": until ", ": עד ")} +
                      words_of(due.at, zone_, page_.language()) + ", " +
                      words_of(due.counted, page_, titles_, zone_));
  if (rule.nearest) write(*rule.nearest);
  auto const because = titles_.text_of(rule.because);
  if (!because.empty() && rule.status == RuleStatus::fired)
    page_.line(6, std::string{say("because: ", "הסיבה: ")} + because);
  if (!rule.sources.empty())
    page_.line(6, std::string{say("rests on: ", "מקור: ")} + code(join(rule.sources)));
}

void ExplanationWords::write_briefly(RuleExplanation const& rule) {
  auto text = code(rule.rule) + ": ";
  text += rule.stopped_by ? failed_of(*rule.stopped_by) : std::string{word_of(rule.status)};
  if (!rule.overridden_by.empty())
    text += std::string{say(" by ", ": ")} + code(join(rule.overridden_by));
  page_.line(2, text);
  for (auto const& condition : rule.failed) {
    auto const is_told = rule.stopped_by && condition.text == rule.stopped_by->text &&
                         condition.where.span.begin == rule.stopped_by->where.span.begin;
    if (!is_told) page_.line(6, std::string{say("and ", "וגם ")} + failed_of(condition));
  }
  if (!rule.nearest) return;
  if (rule.nearest->changes.empty() && rule.nearest->is_complete)
    page_.line(6, no_change());
  else if (!rule.nearest->changes.empty())
    page_.line(6, std::string{say("would fire with ", "היה חל עם ")} + changes_of(*rule.nearest));
  if (auto const limits = limits_of(*rule.nearest); !limits.empty()) page_.line(6, limits);
}

void ExplanationWords::write(RuleStatus status, std::vector<RuleExplanation> const& rules) {
  auto const stands = [status](RuleExplanation const& rule) { return rule.status == status; };
  if (std::ranges::none_of(rules, stands)) return;
  switch (status) {
    case RuleStatus::fired:
      page_.head(say("RULES THAT FIRED", "כללים שהופעלו"));
      break;
    case RuleStatus::pending:
      page_.head(say("RULES THAT WAIT FOR AN ANSWER", "כללים שממתינים לתשובה"));
      break;
    case RuleStatus::did_not_fire:
      page_.head(say("RULES THAT DID NOT FIRE", "כללים שלא הופעלו"));
      break;
    case RuleStatus::overridden:
      page_.head(say("RULES THAT OTHERS OVERRIDE", "כללים שנדחו מפני כללים אחרים"));
      break;
    case RuleStatus::out_of_its_days:
      page_.head(say("RULES NOT IN FORCE ON THIS DAY", "כללים שאינם בתוקף ביום הזה"));
      break;
  }
  auto const is_brief = status != RuleStatus::fired && status != RuleStatus::pending;
  for (auto const& rule : rules) {
    if (!stands(rule)) continue;
    if (is_brief)
      write_briefly(rule);
    else
      write(rule);
  }
}

}  // namespace
}  // namespace run

std::string to_words(Explanation const& explanation, Language language, std::string_view rule,
                     RuleSet const* rules) {
  run::ExplanationWords words{language, explanation.decision.zone,
                              rules == nullptr ? nullptr : &rules->policy};
  if (rule.empty()) {
    for (auto const status : {RuleStatus::fired, RuleStatus::pending, RuleStatus::overridden,
                              RuleStatus::did_not_fire, RuleStatus::out_of_its_days})
      words.write(status, explanation.rules);
    if (explanation.escalation) words.write(*explanation.escalation, explanation.decision.zone);
    return words.take();
  }
  auto const found = std::ranges::find(explanation.rules, rule, &RuleExplanation::rule);
  if (found == explanation.rules.end())
    words.write_missing(rule);
  else
    words.write(*found);
  return words.take();
}

}  // namespace heed
