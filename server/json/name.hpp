#pragma once
#include <string>
#include <string_view>

/// Names as the language compares them.
namespace heed::json {

/// The text in Unicode normalization form C, in which names of a policy stand. Text that is not
/// UTF-8 is returned as it is.
std::string to_nfc(std::string_view text);

}  // namespace heed::json
