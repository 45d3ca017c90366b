#pragma once
#include <string_view>

#include "engine/advisor.hpp"

/// Comparisons over cases of the log for who may not read what it keeps sealed.
namespace heed::api {

/// Whether what a decision says about a point (engine/compare/points.hpp) may have been computed
/// from sealed values.
bool may_tell_sealed(SealedNames const& sealed, std::string_view point);

/// Puts `…` in the place of all words that may tell sealed values of either policy. That something
/// changes, through which rules and for how many stays.
void hide_sealed_words(PolicyComparison& comparison, SealedNames const& before,
                       SealedNames const& after);

}  // namespace heed::api
