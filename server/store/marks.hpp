#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "server/store/record.hpp"

/// The marks of a record as the text that its column holds: a line for each, sorted by bytes, none
/// twice, with a line end also before the first. Empty where there is no mark.
///
///     "\naction:refund\nneed:respect=violated\nrole:team_lead\nrule:blamed\n"
namespace heed::store {

/// Fails with log.bad-record where a name cannot be written so.
Expected<std::string, Error> encode(Marks const& marks);

/// The marks of a text. What is no mark is passed over: verify finds it by the record's hash.
Marks decode(std::string_view text);

/// The lines of a marks text.
std::vector<std::string_view> mark_lines(std::string_view text);

/// What the index knows a mark by: its line, of a need without the state. A part of `mark_line`.
std::string_view index_term(std::string_view mark_line);

}  // namespace heed::store
