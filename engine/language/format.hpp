#pragma once
#include <string>
#include <string_view>

#include "engine/language/ast.hpp"

namespace heed::language {

/// The one canonical shape of a file that parsed without a mistake; `source` is its text.
///
/// Keywords in the first column, what belongs to them indented by two blanks, at most 100 columns
/// where a line may be broken: conditions at `and` and `or`, consequences after their commas. One
/// blank line between declarations; those of one kind that take a line each stand together where
/// the author wrote them so. Comments keep their places: on a line of their own before what follows
/// them, or behind what they stand behind. Formatting what was formatted changes nothing.
std::string format(Document const& document, std::string_view source);

}  // namespace heed::language
