#pragma once
#include <string>

#include "engine/advisor.hpp"

namespace heed {

/// Words for the parts of a decision, in one language, for who lays it out otherwise than to_words
/// does. Titles stand in the place of names where the policy has them. The policy outlives it.
class PlainWords {
 public:
  PlainWords(Policy const& policy, Language language) : policy_{&policy}, language_{language} {}

  Language language() const { return language_; }
  /// The one that is in the language.
  std::string either(std::string_view english, std::string_view hebrew) const {
    return std::string{language_ == Language::hebrew ? hebrew : english};
  }

  std::string need(std::string const& name) const;
  std::string action(std::string const& name) const;
  std::string role(std::string const& name) const;
  std::string answer(std::string const& name) const;
  std::string score(std::string const& name) const;
  std::string event(std::string const& name) const;
  /// In the language, else in English, else in any; empty where there is none.
  std::string text(Texts const& texts) const;
  /// A department of `internal to`, a phase.
  std::string department(std::string const& name) const;
  std::string phase(std::string const& name) const;
  /// What an action takes, or a field of an event.
  std::string part(std::string const& of, std::string const& name) const;
  std::string phrases(std::string const& name) const;
  /// Of a condition that is the name of a fact or a define; empty for any other.
  std::string condition(std::string const& text) const;
  /// `yes`, `150.00 ILS`; `unknown` for null, `none` for none.
  std::string value(Shown const& value) const;
  /// The same of what is known to have it: values of a `one of` in the policy's words.
  std::string fact_value(std::string const& fact, Shown const& value) const;
  std::string answer_value(std::string const& answer, Shown const& value) const;
  std::string taken(std::string const& action, std::string const& name, Shown const& value) const;
  std::string field(std::string const& event, std::string const& name, Shown const& value) const;
  std::string limit(std::string const& limit) const;  // of an authority
  std::string time(Instant at) const;                 // in the policy's zone
  std::string counted(Counted const& counted) const;
  /// What a point of a decision (`need:respect`, `choice`) is about.
  std::string point(std::string const& point) const;
  /// `violated, severity 4 of 5`.
  std::string state(NeedState state, int severity) const;

 private:
  Policy const* policy_;
  Language language_;
};

}  // namespace heed
