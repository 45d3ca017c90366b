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
///     "case.delay","value":null,"known":false}],"parts":[…]},"stopped_by":…,"failed":[…],
///     "waits_for":["…"],"nearest":{"changes":[{"fact":"case.delay","from":{"value":null,"known":
///     false},"to":{"value":"P3D","known":true}}],"tries":12,"complete":true}}
///
/// After it, where it was looked for, `nearest_escalation`: the same with `then`, who would take
/// over and by when.
void write_explanation(std::string& out, Explanation const& explanation,
                       EngineVersion const& engine, std::string_view id = {});

}  // namespace heed::json
