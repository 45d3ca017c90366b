#pragma once
#include <string>
#include <string_view>

#include "engine/advisor.hpp"

namespace heed::pages {

/// A comparison of two policies as one page for who answers for the policy: how many cases change,
/// then for each reason what changes for whom, with examples. No script.
std::string comparison_page(PolicyComparison const& comparison, Language language);

/// The same without its title, for a page that holds several; `prefix` begins every id in it.
std::string comparison_part(PolicyComparison const& comparison, Language language,
                            std::string_view prefix);

}  // namespace heed::pages
