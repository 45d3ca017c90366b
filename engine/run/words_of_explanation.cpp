#include <algorithm>

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
  ExplanationWords(Language language, Zone const& zone)
      : page_{language}, titles_{nullptr, language}, zone_{zone} {}

  void write(RuleStatus status, std::vector<RuleExplanation> const& rules);
  void write(RuleExplanation const& rule);
  void write_briefly(RuleExplanation const& rule);
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
  void write(ConditionTrace const& trace, std::size_t indent);
  std::string name_of(RuleExplanation const& rule) const;

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

std::string ExplanationWords::reads_of(ConditionTrace const& trace) const {
  std::vector<std::string> reads;
  for (auto const& read : trace.reads) {
    auto const is_none = read.known && std::holds_alternative<std::monostate>(read.value.form);
    auto const value =
        is_none ? std::string{say("none", "אין")} : words_of(read.value, page_.language());
    reads.push_back(code(read.name) + ": " + shorten(value, value_letters_max));
  }
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
  if (rule.stopped_by)
    page_.line(6, std::string{say("held back by: ", "מה שעצר: ")} + code(rule.stopped_by->text));
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
  auto const because = titles_.text_of(rule.because);
  if (!because.empty() && rule.status == RuleStatus::fired)
    page_.line(6, std::string{say("because: ", "הסיבה: ")} + because);
  if (!rule.sources.empty())
    page_.line(6, std::string{say("rests on: ", "מקור: ")} + code(join(rule.sources)));
}

void ExplanationWords::write_briefly(RuleExplanation const& rule) {
  auto text = code(rule.rule) + ": ";
  if (rule.stopped_by) {
    text += code(rule.stopped_by->text) + " – " + std::string{word_of(rule.stopped_by->truth)} +
            reads_of(*rule.stopped_by);
  } else {
    text += word_of(rule.status);
  }
  if (!rule.overridden_by.empty())
    text += std::string{say(" by ", ": ")} + code(join(rule.overridden_by));
  page_.line(2, text);
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

std::string to_words(Explanation const& explanation, Language language, std::string_view rule) {
  run::ExplanationWords words{language, explanation.decision.zone};
  if (rule.empty()) {
    for (auto const status : {RuleStatus::fired, RuleStatus::pending, RuleStatus::overridden,
                              RuleStatus::did_not_fire, RuleStatus::out_of_its_days})
      words.write(status, explanation.rules);
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
