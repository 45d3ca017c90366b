#pragma once
#include "engine/check/draft.hpp"

namespace heed::check {

/// Orders the rules into Policy::layers; tells circles that are not allowed, and definitions that
/// rest on too long a chain of others.
void check_layers(Draft& draft);

}  // namespace heed::check
