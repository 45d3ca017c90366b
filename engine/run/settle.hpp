#pragma once
#include "engine/run/frame.hpp"

namespace heed::run {

/// Decides for every rule whether it fires, is pending or does neither, layer by layer, and counts
/// in what the rules write to needs.
void settle(Frame& frame);

}  // namespace heed::run
