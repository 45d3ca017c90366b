#pragma once
#include <string>
#include <string_view>

#include "engine/advisor.hpp"

/// A decision together with why each rule fired, waits or did not fire.
namespace heed::json {

/// Appends the decision as write_decision does, and as its last member `explanation`: each rule
/// with its status, its condition as a tree, the condition that stopped it and the facts that it
/// waits for. `holds` is true, false, or null where it is unknown:
///
///     {"rule":"late","status":"pending","when":{"text":"…","holds":null,"reads":[{"name":
///     "case.delay","value":null,"known":false}],"parts":[…]},"stopped_by":…,"waits_for":["…"]}
void write_explanation(std::string& out, Explanation const& explanation,
                       EngineVersion const& engine, std::string_view id = {});

}  // namespace heed::json
