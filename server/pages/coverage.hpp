#pragma once
#include <string>
#include <vector>

#include "engine/advisor.hpp"

/// What the tests of a policy reached, as pages for its owner.
namespace heed::pages {

struct PageFile {
  std::string name;  // without a folder
  std::string text;
};

/// `index.html`, with what was reached and what was not, and a page for each file that holds rules
/// or tables, with marks at its lines. `sources` are those that the policy was loaded from.
std::vector<PageFile> coverage_pages(Policy const& policy, TestRun const& run,
                                     std::vector<SourceText> const& sources, Language language);

}  // namespace heed::pages
