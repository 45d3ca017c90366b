#pragma once
#include <vector>

#include "engine/compile/rule_set.hpp"

/// What the conditions and values of a policy read.
namespace heed::compiling {

/// For each rule the needs that its condition and its values read, through defines, tables and
/// answers that report them too: ascending, each once.
std::vector<std::vector<NeedId>> find_needs_read(Policy const& policy);

/// Each text fact with the phrases that a rule, a define, a table or a `requires` looks for in it.
std::vector<Mentioned> find_mentions(Policy const& policy);

}  // namespace heed::compiling
