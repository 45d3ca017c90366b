#pragma once
#include "server/json/value.hpp"

/// What texts of a CRM's payload stand for: `where "he-IL" is he`.
namespace heed::json {

using Mappings = std::vector<std::pair<std::string, Value>>;

/// The value that the node's text stands for; of a set, each item of a list by itself. Nothing
/// where no mapping names it: its pointer is then among the findings' `ignored` (of a set, the
/// item's).
std::optional<Value> map_value(Mappings const& mappings, Type const& type, Node const& node,
                               std::string const& pointer, Findings& findings);

}  // namespace heed::json
