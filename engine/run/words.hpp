#pragma once
#include <string>
#include <string_view>

#include "engine/run/explanation.hpp"

/// A decision and an explanation in words, for a person.
namespace heed {

enum class Language { english, hebrew };

/// Nothing but `en` and `he` is a language: English for any other code.
Language find_language(std::string_view code);

/// The decision as a service person reads it: what is at stake, what to do, say and ask, who takes
/// over and by when, and why. Plain text, lines of at most 100 columns where words allow; Hebrew
/// lines start with U+200F so that they are shown right to left. `rules` are those that decided:
/// with them titles stand in the place of names.
std::string to_words(Decision const& decision, Language language, RuleSet const* rules = nullptr);

/// Why each rule fired, waits or did not fire, with the values read. `rule` narrows it to one rule;
/// empty: all that fired or wait, and a line for each that did not. With `rules` the policy's words
/// for values stand beside them.
std::string to_words(Explanation const& explanation, Language language, std::string_view rule = {},
                     RuleSet const* rules = nullptr);

}  // namespace heed
