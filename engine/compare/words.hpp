#pragma once
#include <string>
#include <string_view>

#include "engine/compare/comparison.hpp"
#include "engine/run/words.hpp"

/// A comparison in words, for a person.
namespace heed {

/// Counts, what changed in the policy, then each group: why, what for whom, examples. Plain text as
/// to_words of a decision lays it out.
std::string to_words(PolicyComparison const& comparison, Language language);

// What other pages of a comparison say in the same words.

/// Why a group of cases differs: places in PolicyComparison::changes, and names.
struct CausesApart {
  std::vector<std::size_t> changed_rules;
  std::vector<std::string> other_rules;  // that read what changed
  std::vector<std::size_t> other_causes;
};
CausesApart take_apart(ComparisonGroup const& group, PolicyComparison const& comparison);
std::string_view words_of(DeclarationChange::How how, Language language);
/// `rule`, `parameter`, …
std::string_view words_of_kind(std::string_view kind, Language language);
/// `12 (c-4711)`.
std::string words_of(CaseName const& name);
/// The text of a language, else of any; empty where there is none.
std::string_view text_of(Texts const& texts, Language language);

}  // namespace heed
