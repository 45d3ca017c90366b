#pragma once
#include <optional>

#include "engine/base/calendar.hpp"

/// Working time counted a second time, step by step along the clock: what engine/base/calendar.hpp
/// is held against. It asks a zone only what the clock shows.
namespace heed::oracle {

/// As heed::count. Slow: some microseconds an hour that passes.
std::optional<Instant> count_slowly(Instant from, Duration const& duration, Counted* counted);
std::optional<Date> count_slowly(Date from, Duration const& duration);

}  // namespace heed::oracle
