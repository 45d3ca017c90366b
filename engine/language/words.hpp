#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

/// The words that the language itself uses.
namespace heed::language {

/// No name may be one of them: `and`, `when`, `private`, …
bool is_reserved(std::string_view word);
std::span<std::string_view const> reserved_words();

/// `policy`, `rule`, …: what a declaration begins with.
bool is_declaration_keyword(std::string_view word);
std::span<std::string_view const> declaration_keywords();

/// `when`, `then`, `do`, …: what a line within a declaration begins with, and no declaration does.
bool is_clause_keyword(std::string_view word);
std::span<std::string_view const> clause_keywords();

/// The name of a unit of time, one or many: `hour`, `hours`.
bool is_unit(std::string_view word);
std::span<std::string_view const> unit_words();

/// A word of three capital letters, as ISO 4217 names currencies.
bool is_currency(std::string_view word);

/// How many letters must be changed, put in, left out or swapped with their neighbour to make one
/// of the other; counted in code points, up to `most`, beyond it `most + 1`.
std::size_t distance(std::string_view left, std::string_view right, std::size_t most);

/// The candidate that `word` was likely meant to be: the nearest one, a third of its letters away
/// at most. Nothing where none is near, the word is among them, or shorter than three letters.
std::optional<std::string_view> find_similar(std::string_view word,
                                             std::span<std::string_view const> candidates);

}  // namespace heed::language
