#pragma once
#include "engine/check/draft.hpp"

/// Values without the name of their parameter.
namespace heed::check {

/// Parsing looks at one file at a time. Where it could not say what an action or event takes that
/// another file declares, its message is completed: "name the parameter: `amount 50 ILS`".
void name_parameters(Draft& draft);

}  // namespace heed::check
