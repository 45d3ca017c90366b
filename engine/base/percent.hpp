#pragma once
#include <string>
#include <string_view>

namespace heed {

/// The text as a URI holds it: a byte that is neither a letter or digit of ASCII nor among `plain`
/// as `%` and two hexadecimal digits, in upper case as RFC 3986 has them.
std::string percent_encoded(std::string_view text, std::string_view plain);

}  // namespace heed
