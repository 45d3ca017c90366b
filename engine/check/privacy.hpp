#pragma once
#include "engine/check/draft.hpp"

/// What texts must not tell.
namespace heed::check {

/// Tells where a value computed from a confidential fact reaches words that a customer sees,
/// and where one from a private fact reaches words that outlive its erasure. Values are followed
/// through defines, tables, answers and scores; what a rule decides by them may be told.
void check_privacy(Draft& draft);

}  // namespace heed::check
