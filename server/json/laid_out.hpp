#pragma once
#include <string>
#include <string_view>

/// JSON for people.
namespace heed::json {

/// The same JSON over several lines, indented by two blanks: what fits into a line of 96 columns
/// stays in one. Numbers and texts stay as they are. What is no JSON is handed back as it came.
std::string laid_out(std::string_view json);

}  // namespace heed::json
