#pragma once
#include <string>

#include "engine/check/policy.hpp"

/// How a value of a type is written, for advice.
namespace heed::check {

/// `3 days`, `100 ILS`, a value of a choice; empty where none can be given.
std::string sample_of(Type const& type);

}  // namespace heed::check
