#pragma once
#include <span>
#include <string_view>
#include <vector>

/// The words of the language as an author meets them: where each may stand and what it is for.
namespace heed::author {

/// A line, or a part of one, that may stand in a place.
struct Phrase {
  std::string_view within;  // the declaration's keyword; `then`, `given`, `expect` within one;
                            // empty: the first column
  std::string_view label;
  std::string_view pattern;  // with `${1:…}` where the author goes on
  std::string_view words;    // what it is for
};
std::vector<Phrase> const& phrases();

/// What the word is for; empty where it is none of the language.
std::string_view find_words(std::string_view word);

/// A word that the language uses in some place, as a keyword.
bool is_word_of_language(std::string_view word);
/// Every one of them that is in none of the lists of engine/language/words.hpp.
std::span<std::string_view const> other_words();
bool is_type_word(std::string_view word);
std::span<std::string_view const> type_words();
bool is_need_state(std::string_view word);

}  // namespace heed::author
