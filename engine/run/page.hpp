#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/run/words.hpp"

/// Laying words out on lines for a person.
namespace heed::run {

/// Lines of at most 100 columns where words allow; Hebrew ones start with U+200F.
class Page {
 public:
  explicit Page(Language language) : language_{language} {}

  Language language() const { return language_; }
  bool is_hebrew() const { return language_ == Language::hebrew; }
  /// The one that is in the page's language.
  std::string_view either(std::string_view english, std::string_view hebrew) const {
    return is_hebrew() ? hebrew : english;
  }

  /// A heading, after an empty line where something stands before it.
  void head(std::string_view text);
  /// A line `indent` blanks in; where it is too long it goes on two blanks further in.
  void line(std::size_t indent, std::string_view text);
  std::string take() { return std::move(text_); }

 private:
  void put(std::size_t indent, std::string_view text);

  Language language_;
  std::string text_;
  bool is_isolated_ = false;  // within `isolate` where a line ends
};

/// Text of the policy's language within a Hebrew line, isolated so that its signs keep their order.
std::string isolate(Page const& page, std::string_view text);

/// The same where the first letter is a Latin one; anything else as it is.
std::string isolate_foreign(Page const& page, std::string_view text);

/// `2026-11-22 10:15`, `22.11.2026 בשעה 10:15`.
std::string words_of(Instant at, Zone const& zone, Language language);

/// `a, b`.
std::string join(std::vector<std::string> const& parts, std::string_view between = ", ");

/// At most `letters` code points, the rest as `…`; line ends as blanks.
std::string shorten(std::string_view text, std::size_t letters);

/// What a value is one of; no type where that is not known.
struct Owner {
  std::string name;  // of a fact or an answer; of a parameter or a field with what has it
  Type const* type = nullptr;
};

/// Titles in a language for names; where there is none, the policy's term for the word; else the
/// name itself, also without a policy.
class Titles {
 public:
  Titles(Policy const* policy, Language language) : policy_{policy}, language_{language} {}

  Language language() const { return language_; }

  std::string of_need(std::string const& name) const;
  std::string of_action(std::string const& name) const;
  std::string of_role(std::string const& name) const;
  std::string of_answer(std::string const& name) const;
  std::string of_score(std::string const& name) const;
  std::string of_event(std::string const& name) const;
  /// Of a condition that is the name of a fact or a define; empty for any other.
  std::string of_condition(std::string const& text) const;
  std::string of_phrases(std::string const& name) const;
  std::string of_script(std::string const& name) const;
  std::string of_phase(std::string const& name) const;
  std::string of_department(std::string const& name) const;  // of `internal to`
  /// Of what an action takes, or a field of an event.
  std::string of_part(std::string const& owner, std::string const& name) const;
  /// Of a value of a `one of`.
  std::string of_value(std::string const& owner, std::string const& value) const;
  /// Of a text that rules write into an answer: a term for the word alone is not for it.
  std::string of_text(std::string const& answer, std::string const& text) const;

  Owner answer(std::string const& name) const;
  Owner fact(std::string const& name) const;
  /// A fact, an answer or a define: what a condition reads.
  Owner read(std::string const& name) const;
  Owner taken(std::string const& action, std::string const& name) const;
  Owner field(std::string const& event, std::string const& name) const;
  std::string of_calendar(std::string const& name) const;
  /// What the calendar says of the day on which it is closed; empty where it says nothing.
  std::string of_closed_day(std::string const& calendar, Date day) const;
  /// In the language, else in English, else in any; empty where there is none.
  std::string text_of(Texts const& texts) const;

 private:
  template <class Named>
  std::string find(std::vector<Named> Policy::*list, std::string const& name) const;
  Calendar const* find_calendar(std::string const& name) const;
  /// Empty where there is none of just this name.
  std::string term_of(std::string const& name) const;
  /// The term for the word, nearer for what has it; the word itself where there is none.
  std::string find_term(std::string const& owner, std::string const& word) const;

  Policy const* policy_;
  Language language_;
};

}  // namespace heed::run
