#pragma once
#include <cstdint>
#include <cstdlib>

namespace heed::support {

/// How many random things a property is tried on: `usual`, or HEED_PROPERTY_RUNS where it is set.
inline std::uint64_t property_runs(std::uint64_t usual) {
  auto const* runs = std::getenv("HEED_PROPERTY_RUNS");
  return runs == nullptr ? usual : std::strtoull(runs, nullptr, 10);
}

/// The first seed: 1, or HEED_PROPERTY_SEED where it is set.
inline std::uint64_t first_seed() {
  auto const* seed = std::getenv("HEED_PROPERTY_SEED");
  return seed == nullptr ? 1 : std::strtoull(seed, nullptr, 10);
}

}  // namespace heed::support
