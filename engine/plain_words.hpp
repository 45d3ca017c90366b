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
  /// `yes`, `150.00 ILS`; `unknown` for null.
  std::string value(Shown const& value) const;
  std::string time(Instant at) const;  // in the policy's zone
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
