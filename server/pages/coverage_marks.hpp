#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/advisor.hpp"

/// Where in a file's text coverage is shown.
namespace heed::pages {

enum class Reached { all, some, none };

/// What is known of one line that holds something to reach.
struct LineMark {
  Reached reached = Reached::all;
  std::vector<std::string> seen;  // a line each, in words
};

/// By line, from 1, of one file.
using LineMarks = std::map<std::uint32_t, LineMark>;

/// By file, as many as there are sources.
std::vector<LineMarks> find_marks(Coverage const& coverage, std::vector<SourceText> const& sources,
                                  Language language);

}  // namespace heed::pages
