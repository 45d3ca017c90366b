#pragma once
#include <string>

#include "engine/base/time.hpp"

namespace heed {

/// Appends what Zone::to_text answers.
void append_text(std::string& out, Instant at, Zone const& zone);

}  // namespace heed
