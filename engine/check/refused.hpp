#pragma once
#include "engine/check/draft.hpp"

/// What the language has and this version does not yet give a meaning to.
namespace heed::check {

/// Refuses the declarations that have none: guarantee.
void refuse_declarations(Draft& draft);

}  // namespace heed::check
