#pragma once
#include <string_view>

#include "engine/check/wording.hpp"

/// Words for working time, which Unicode CLDR has none of.
namespace heed::compiling {

enum class WorkingUnit { day, hour, minute, second };

/// `{0} working days`, with a place for the number where it is said as one. Empty in a language
/// other than English and Hebrew.
std::string_view words_of(WorkingUnit unit, std::string_view language, Plural plural);

}  // namespace heed::compiling
