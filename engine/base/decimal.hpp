#pragma once
#include "engine/base/number.hpp"

/// Numbers from digits that somebody else has read.
namespace heed {

/// digits / 10^places, which is within the limits: at most 17 digits, 0 to 17 places.
Number from_decimal(std::int64_t digits, int places);

}  // namespace heed
