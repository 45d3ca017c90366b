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

/// Titles in a language for names; the name itself where there is no title or no policy.
class Titles {
 public:
  Titles(Policy const* policy, Language language) : policy_{policy}, language_{language} {}

  std::string of_need(std::string const& name) const;
  std::string of_action(std::string const& name) const;
  std::string of_role(std::string const& name) const;
  std::string of_answer(std::string const& name) const;
  std::string of_score(std::string const& name) const;
  std::string of_event(std::string const& name) const;
  std::string of_calendar(std::string const& name) const;
  /// What the calendar says of the day on which it is closed; empty where it says nothing.
  std::string of_closed_day(std::string const& calendar, Date day) const;
  /// In the language, else in English, else in any; empty where there is none.
  std::string text_of(Texts const& texts) const;

 private:
  template <class Named>
  std::string find(std::vector<Named> Policy::*list, std::string const& name) const;
  Calendar const* find_calendar(std::string const& name) const;

  Policy const* policy_;
  Language language_;
};

}  // namespace heed::run
