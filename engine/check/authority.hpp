#pragma once
#include "engine/check/draft.hpp"

namespace heed::check {

/// Checks who may give how much of what; needs the vocabulary.
void check_authorities(Draft& draft);

}  // namespace heed::check
