#pragma once
#include <string>

#include "engine/advisor.hpp"

namespace heed::pages {

/// A comparison of two policies as one page for who answers for the policy: how many cases change,
/// then for each reason what changes for whom, with examples. No script.
std::string comparison_page(PolicyComparison const& comparison, Language language);

}  // namespace heed::pages
