#pragma once
#include <string>

#include "engine/run/decision.hpp"

/// A decision as plain lines, one for each thing that it says: for tests to compare and to show.
namespace heed::support {

enum class Part { all, without_matches };

/// Everything that the decision says but `ignored` and the rules and texts of warnings (their codes
/// are there). Equal decisions give equal text, different ones different.
std::string describe(Decision const& decision, Part part = Part::all);

/// The lines that are in one of the texts alone, marked `-` (first) and `+` (second).
std::string difference(std::string const& first, std::string const& second);

}  // namespace heed::support
