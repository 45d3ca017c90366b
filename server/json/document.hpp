#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/expected.hpp"
#include "engine/base/source.hpp"

/// JSON text as a small tree.
namespace heed::json {

/// One value of a document. Numbers keep their text, so that decimals stay exact.
struct Node {
  enum class Form : std::uint8_t { null, truth, number, text, list, object };
  Form form = Form::null;
  bool truth = false;
  std::uint32_t name_end = 0;  // of a member: the byte after its name in the document
  std::string name;            // of a member; empty for an item and for the document
  std::string text;            // of a text; of a number its decimal text
  std::vector<Node> items;     // of a list or an object, in the order written
};

/// Why a text is no document that we take. Codes: json.syntax, json.utf8, json.trailing,
/// json.depth, json.size, json.number, json.duplicate-member.
struct DocumentError {
  std::string_view code;
  std::string message;   // lower case, no full stop
  std::string expected;  // what could have stood there; empty where nothing in particular
  std::string pointer;   // RFC 6901, of a member that stands twice; else empty
  LineColumn where;
};

/// Reads one JSON text (RFC 8259). Refuses members that stand twice in an object, invalid UTF-8,
/// lone surrogates, nesting beyond limits::json_depth_max, more than `bytes_max` bytes, numbers
/// beyond the range of a double, and anything but blanks after the document.
Expected<Node, DocumentError> read_document(std::string_view text, std::size_t bytes_max);

/// The member of an object; null where there is none, or `node` is no object.
Node const* find_member(Node const& node, std::string_view name);

/// Appends `/` and the reference token of RFC 6901 (`~` as `~0`, `/` as `~1`).
void append_token(std::string& pointer, std::string_view token);
void append_token(std::string& pointer, std::size_t index);

/// Takes the first token off a pointer that is not empty, unescaped. False where it is none.
bool take_token(std::string_view& pointer, std::string& token);
/// The index that a token names in a list; nothing where it names none.
std::optional<std::size_t> index_of(std::string_view token);

/// What a JSON Pointer (RFC 6901) leads to; null where that does not exist. The empty pointer is
/// the node itself.
Node const* follow(Node const& node, std::string_view pointer);

}  // namespace heed::json
