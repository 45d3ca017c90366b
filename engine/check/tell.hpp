#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/check/draft.hpp"

/// Words for the author of a policy.
namespace heed::check {

/// Adds an error. `code` is a literal.
void tell(Draft& draft, Place where, std::string_view code, std::string message,
          std::string help = {}, std::string replacement = {});
void warn(Draft& draft, Place where, std::string_view code, std::string message, std::string help);

/// Adds an error about a word, with "did you mean" where one of `candidates` is close enough, and
/// with `otherwise` as help where none is.
void tell_word(Draft& draft, Place where, std::string_view code, std::string message,
               std::string_view word, std::vector<std::string> const& candidates,
               std::string otherwise = {});

/// Refuses what the language has but Heed does not yet give a meaning to. `what` names it in the
/// author's words, `meanwhile` says what to write instead.
void refuse(Draft& draft, Place where, std::string what, std::string meanwhile);

/// `word`, in backticks; a long text is cut.
std::string quoted(std::string_view text);
/// `a`, `b`, `c`, in backticks; at most eight, then "…".
std::string listed(std::vector<std::string> const& words);

/// The text of a span as written, on one line, without comments.
std::string written(Scope const& scope, Span span);

/// The closest of `candidates` by Damerau-Levenshtein distance in code points, or by its last part
/// after a dot; empty where none is close. Ties: the first in UTF-8 order.
std::string closest(std::string_view word, std::vector<std::string> const& candidates);

/// `a fact`, `an action`.
std::string_view noun(SymbolKind kind);

}  // namespace heed::check
