#pragma once
#include "server/cli/commands.hpp"

namespace heed::cli {

/// Decides a stream: one case a line in, one decision a line out, in the same order, in constant
/// memory. A line that holds no case is answered in its place with its mistakes; the exit status is
/// then does_not_hold.
int decide_lines(Decide const& options);

}  // namespace heed::cli
