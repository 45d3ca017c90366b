#pragma once
#include "engine/check/draft.hpp"

namespace heed::check {

/// Checks the tables' columns and rows; their results are settled before.
void check_tables(Draft& draft);

}  // namespace heed::check
