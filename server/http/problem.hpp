#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

/// Errors as RFC 9457 has them: application/problem+json with a stable type.
namespace heed::http {

/// Appends `text` as a JSON string with its quotes. What is not UTF-8 becomes U+FFFD.
void append_json(std::string& out, std::string_view text);

/// An answer that says what is wrong.
///
///     {"type":"urn:heed:problem:body-too-large","title":"...","status":413,"detail":"..."}
///
/// `kind` is the end of the type, in lower case with hyphens; once released it never changes. An
/// empty `detail` is left out. `members` is JSON text of further members without braces or leading
/// comma (`"mistakes":[]`), or empty; it must be valid.
Response problem(int status, std::string_view kind, std::string_view title,
                 std::string_view detail = {}, std::string_view members = {});

/// A problem that may be gone when the client tries again after `seconds`.
Response busy(std::string_view kind, std::string_view title, std::string_view detail, int seconds);

/// The 413 of a body with more than `bytes_max` bytes.
Response body_too_large(std::size_t bytes_max);

}  // namespace heed::http
