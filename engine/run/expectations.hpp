#pragma once
#include "engine/run/decide.hpp"
#include "engine/run/tests.hpp"

namespace heed::run {

/// Whether an expectation is certain in a decided case; where it is not, what was found instead.
ExpectationResult check(Deciding& deciding, Expectation const& expectation);

}  // namespace heed::run
