#pragma once
#include <string>

#include "tests/support/random_vocabulary.hpp"

namespace heed::support {

/// A rule of a random level that reads and writes what its level lets it; some are parts of
/// circles through needs. It is added to the names.
std::string random_rule(Chance& chance, Vocabulary& names, std::string const& name);

}  // namespace heed::support
