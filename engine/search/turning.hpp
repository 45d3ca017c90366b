#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "engine/search/trial.hpp"

/// Where comparisons turn from true to false.
namespace heed::search {

/// The values of a fact that is counted or measured at which the two sides of a comparison, or of a
/// membership, are equal; the other facts as they are. Exact where the difference of the sides is
/// linear in the fact. Ascending, each once; not all where the trial is over before.
std::vector<Value> find_turning_points(Trial& trial, FactId fact);

/// The values of the same kind next to `value`: below and above it by what one would name as the
/// least difference (a minor unit, a minute, a day); `value` itself first, where the type holds it.
std::vector<Value> with_neighbours(Type const& type, Value const& value);

/// Whether the values of a type are counted or measured.
bool is_measured(Kind kind);

}  // namespace heed::search
