#pragma once
#include <functional>
#include <vector>

#include "engine/analyse/situations.hpp"

/// Which of many situations may hold together, without trying all pairs.
namespace heed::analyse {

/// Calls `see(i, j)` with i < j for the pairs that meet, each once, in no particular order; stops
/// after limits::analysed_pairs_max tries in all, which `effort` counts down.
/// Situations that are told apart by the values of one term are never tried.
void each_meeting(std::vector<Situation const*> const& situations, std::size_t& effort,
                  std::function<void(std::size_t, std::size_t)> const& see);

}  // namespace heed::analyse
