#pragma once
#include "engine/check/draft.hpp"

namespace heed::check {

/// Checks the policy's own tests.
void check_tests(Draft& draft);

}  // namespace heed::check
