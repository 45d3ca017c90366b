#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/source.hpp"

/// Random policies as text, always without errors, that use everything that has a meaning.
namespace heed::support {

/// `plain`: no default, `is known`, `is unknown`, `possibly`, `certainly`; then what fired stays
/// fired whatever becomes known.
enum class Words { all, plain };

struct RandomPolicy {
  std::vector<std::string> declarations;  // each whole, ending with a line end
};

/// The same for the same arguments on every machine. `size` from 0 up: about as many declarations
/// of each sort.
RandomPolicy random_policy(std::uint64_t seed, int size, Words words = Words::all);

/// The policy as one file.
std::vector<SourceText> as_one_file(RandomPolicy const& policy);
/// The policy with its declarations in another order, over several files.
std::vector<SourceText> shuffled(RandomPolicy policy, std::uint64_t seed);

}  // namespace heed::support
