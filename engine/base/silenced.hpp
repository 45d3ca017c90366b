#pragma once
#include <string>

#include "engine/base/diagnostic.hpp"

/// Warnings that are not to be told.
namespace heed {

/// A warning that the policy's author has silenced where it stands, and the reason given.
struct Silenced {
  Diagnostic what;
  std::string reason;
};

}  // namespace heed
