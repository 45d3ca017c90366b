#pragma once
#include <string>
#include <string_view>

namespace heed::api {

/// The canonical bytes (RFC 8785) of JSON that we wrote ourselves: without blanks, and with no more
/// escapes than must be. What came from elsewhere wants json::canonical.
std::string canonical_text(std::string_view json);

}  // namespace heed::api
