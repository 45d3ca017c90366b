#pragma once
#include <string>
#include <string_view>

namespace heed::json {

/// A time whose offset is in ISO 8601's basic form (`…T07:41:09.000+0000`, `…+02`), as some CRMs
/// write it, with the colon of RFC 3339. Anything else as it is.
std::string with_extended_offset(std::string_view text);

}  // namespace heed::json
