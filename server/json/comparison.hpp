#pragma once
#include <string>

#include "engine/advisor.hpp"

namespace heed::json {

/// Appends a comparison of two policies as schemas/comparison.schema.json says, on one line.
void write_comparison(std::string& out, PolicyComparison const& comparison);

}  // namespace heed::json
