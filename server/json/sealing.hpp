#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "engine/advisor.hpp"
#include "server/json/document.hpp"

/// Sealed values within documents: where one stood, `{"sealed":"<commitment>"}` stands, and opening
/// puts it back. Which they are a policy says: engine/compile/sealed.hpp.
namespace heed::json {

/// Called for each value that is to be sealed: `pointer` (RFC 6901) leads to it, `value` is its
/// canonical bytes. Answers the commitment that stands in its place.
using Commit = std::function<std::string(std::string const& pointer, std::string const& value)>;

// Each replaces the values in place; pointers begin with `pointer`. Nothing that is `null` is
// sealed.
void seal_case(Node& resolved, SealedNames const& sealed, std::string pointer,
               Commit const& commit);
void seal_decision(Node& decision, SealedNames const& sealed, std::string pointer,
                   Commit const& commit);
void seal_fields(Node& fields, SealedNames::Names const& sealed, std::string pointer,
                 Commit const& commit);

/// The commitment that stands at a node; empty where none does.
std::string_view commitment_in(Node const& node);

/// What a pointer leads to; null where that does not exist.
Node* follow(Node& node, std::string_view pointer);

}  // namespace heed::json
