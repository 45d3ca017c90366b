#pragma once
#include "engine/check/draft.hpp"

namespace heed::check {

/// Checks the rules.
void check_rules(Draft& draft);

}  // namespace heed::check
