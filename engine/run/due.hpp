#pragma once
#include <optional>

#include "engine/base/calendar.hpp"
#include "engine/run/arithmetic.hpp"

namespace heed::run {

/// When something is due.
struct Due {
  std::optional<Instant> at;         // nothing where it is unknown or cannot be computed
  Counted const* counted = nullptr;  // of working time; the frame keeps it
  std::optional<Flaw> flaw;          // why it cannot be computed
};

/// What a duration ends at, once it was counted: rules name the same ones again and again.
struct CountedDue {
  Instant from;
  Duration duration;
  Due due;
};

}  // namespace heed::run
