#pragma once
#include "engine/run/frame.hpp"

namespace heed::run {

/// Decides for every rule whether it fires, is pending or does neither, layer by layer, and counts
/// in what the rules write to needs.
void settle(Frame& frame);

/// The same for the rules of these layers alone: what they rest on must be among them.
void settle(Frame& frame, std::vector<Layer> const& layers);

}  // namespace heed::run
