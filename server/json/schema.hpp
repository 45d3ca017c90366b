#pragma once
#include <string>

#include "engine/advisor.hpp"

/// What a policy's cases look like, for the programs that send them.
namespace heed::json {

/// The JSON Schema (2020-12) of a case from the policy's vocabulary, on one line: every fact nested
/// and under its dotted name, its values and forms, titles and questions in both languages. Nothing
/// is required, and more is allowed, as read_case allows it.
std::string case_schema(RuleSet const& rules);

}  // namespace heed::json
