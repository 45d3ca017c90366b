#pragma once
#include <functional>
#include <string>
#include <vector>

/// Doing something again whenever files change.
namespace heed::cli {

/// Calls `work` now, and again whenever a file of these policies changes, appears or goes away,
/// once it has been quiet for a moment: an editor writes a file in several steps. Ends with `done`
/// where the process is asked to end (SIGINT, SIGTERM), between two calls.
int watch(std::vector<std::string> const& policies, std::function<void()> const& work);

}  // namespace heed::cli
