#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/plain_words.hpp"
#include "server/pages/record.hpp"

namespace heed::pages {

/// Whether the record's proof holds, an item of a list of badges.
std::string proof_badge(Proof proof, Language language);

/// A logged decision in one language, a section a function. Empty where there is nothing to say.
class RecordArticle {
 public:
  RecordArticle(ShownRecord const& record, Language language)
      : record_{record},
        decision_{record.explanation.decision},
        policy_{record.rules->policy},
        word_{policy_, language},
        prefix_{language == Language::hebrew ? "he" : "en"} {}

  /// The whole of it.
  std::string write() const;

 private:
  using Names = std::vector<std::string>;
  using With = std::vector<std::pair<std::string, Shown>>;

  // record_article.cpp
  std::string head() const;
  std::string doubts() const;
  std::string place() const;

  // record_known.cpp: what was known, and why what was advised was advised
  std::string known() const;
  std::string told(Value const& value, Fact const& fact) const;
  std::string history() const;
  std::string counted(Figure const& figure) const;
  std::string passed_over() const;
  std::string reasons() const;
  std::string rule(RuleExplanation const& rule) const;
  std::string condition(ConditionTrace const& trace) const;
  std::string reads(ConditionTrace const& trace) const;

  // record_advice.cpp: what was at stake, advised and asked
  std::string needs() const;
  std::string plan() const;
  std::string item(PlanItem const& item) const;
  std::string choices() const;
  std::string sayings() const;
  std::string checks() const;
  std::string escalations() const;
  std::string alerts() const;
  std::string questions() const;
  std::string refused() const;
  std::string findings() const;
  std::string records() const;
  std::string fields(Recording const& record) const;
  std::string doubtful(std::optional<std::string> const& requires_, Names const& unless) const;
  std::string because(std::vector<Reason> const& reasons) const;
  std::string condition_words(std::string const& text) const;
  std::string due(std::optional<Instant> const& due, std::optional<Counted> const& counted) const;

  std::string say(std::string_view english, std::string_view hebrew) const {
    return word_.either(english, hebrew);
  }
  /// A chapter of the page; nothing where `content` is empty.
  std::string section(std::string_view id, std::string_view title, std::string_view content) const;
  /// Names of rules, each a link to what the page says of it.
  std::string rules(Names const& names) const;
  std::string with(With const& with, std::string const& action) const;
  std::string time(Instant at) const;
  std::string soft(std::string_view html) const {
    return "<div class=\"soft\">" + std::string{html} + "</div>\n";
  }

  ShownRecord const& record_;
  Decision const& decision_;
  Policy const& policy_;
  PlainWords word_;
  std::string prefix_;  // of ids: a page may hold both languages
};

}  // namespace heed::pages
