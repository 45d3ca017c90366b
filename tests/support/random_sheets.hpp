#pragma once
#include <vector>

#include "tests/support/random_policy.hpp"

namespace heed::support {

/// The policy as one file, and the rows of its tables in CSV files as spreadsheets write them: with
/// commas or semicolons, quotes where they are needed and where not, any line ends, empty rows.
std::vector<SourceText> with_sheets(RandomPolicy const& policy, std::uint64_t seed);

}  // namespace heed::support
