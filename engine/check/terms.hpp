#pragma once
#include "engine/check/draft.hpp"

/// How the words of a policy are told to people.
namespace heed::check {

/// Fills Policy::terms. Tells terms of words that the policy nowhere has, and those that lack one
/// of the policy's languages. Needs everything else to be checked.
void check_terms(Draft& draft);

}  // namespace heed::check
