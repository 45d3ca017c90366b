#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace heed::json {

/// A decision in the order of members in which write_decision answers it, from its canonical bytes:
/// the bytes that were answered when it was logged. Nothing where `canonical` is no document.
std::optional<std::string> in_answer_order(std::string_view canonical);

}  // namespace heed::json
