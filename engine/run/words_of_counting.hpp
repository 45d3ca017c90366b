#pragma once
#include <string>

#include "engine/run/decision.hpp"
#include "engine/run/page.hpp"

/// How working time was counted, in words.
namespace heed::run {

/// `counted in Office: 2026-11-26 16:00 to 18:00; 2026-11-27 09:00 to 11:00; closed on …`, in the
/// times of `zone`; the first stretches and the last where there are many.
std::string words_of(Counted const& counted, Page const& page, Titles const& titles,
                     Zone const& zone);

}  // namespace heed::run
