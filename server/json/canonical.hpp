#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "server/json/document.hpp"

/// Canonical JSON (RFC 8785): equal documents are equal bytes.
namespace heed::json {

/// The canonical bytes of a JSON text of at most `bytes_max` bytes: members sorted by UTF-16 code
/// units, no blanks, numbers as ECMAScript writes the nearest double. Fails as read_document does.
///
/// So a decimal of more than 15 digits may lose some; who must keep them writes a text.
Expected<std::string, DocumentError> canonical(std::string_view json, std::size_t bytes_max);

/// Appends the canonical bytes of a document.
void append_canonical(std::string& out, Node const& node);

/// Appends a JSON number as ECMAScript writes the double that is nearest to it.
void append_canonical_number(std::string& out, std::string_view number);

/// Whether a decimal is canonical as it stands: few enough digits for a double, none without need,
/// and not so small that it had an exponent. False of what is no number.
bool is_canonical_number(std::string_view number);

/// Whether a member's name comes before another's, by UTF-16 code units.
bool comes_before(std::string_view left, std::string_view right);

}  // namespace heed::json
