#pragma once
#include <cstddef>
#include <string_view>

namespace heed::http {

/// How many bytes the code point at the start of `text` takes; 0 where it is not valid UTF-8
/// (broken, overlong, a surrogate, beyond U+10FFFF) or where `text` is empty.
std::size_t code_point_bytes(std::string_view text);

/// True where all of `text` is valid UTF-8 and none of it a control character of ASCII.
bool is_plain_text(std::string_view text);

}  // namespace heed::http
