#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "engine/advisor.hpp"
#include "server/json/resolved.hpp"
#include "server/json/spans.hpp"

/// Sealed values within JSON of ours: where one stood, `{"sealed":"<commitment>"}` stands, and
/// opening puts it back. Which they are a policy says: engine/compile/sealed.hpp.
namespace heed::json {

/// Called for each value that is to be sealed: `pointer` (RFC 6901) leads to it, `value` is its
/// canonical bytes. Answers the commitment that stands in its place.
using Commit = std::function<std::string(std::string_view pointer, std::string_view value)>;

// Each replaces the values in place; pointers begin with `pointer`. Nothing that is `null` is
// sealed.
void seal_case(Spans& resolved, SealedNames const& sealed, std::string_view pointer,
               Commit const& commit);
void seal_decision(Spans& decision, SealedNames const& sealed, std::string_view pointer,
                   Commit const& commit);
void seal_fields(Spans& fields, SealedNames::Names const& sealed, std::string_view pointer,
                 Commit const& commit);

/// The resolved case with such values replaced, as resolved_case and seal_case give it.
std::string sealed_case(Resolving const& resolving, SealedNames const& sealed,
                        std::string_view pointer, Commit const& commit);

/// The same in the canonical bytes of a decision and of an event's fields.
void seal_decision(std::string& canonical, SealedNames const& sealed, std::string_view pointer,
                   Commit const& commit);
void seal_fields(std::string& canonical, SealedNames::Names const& sealed, std::string_view pointer,
                 Commit const& commit);

/// The commitment that stands in a place; empty where none does.
std::string_view commitment_in(Spans& spans, Spans::Place place);

}  // namespace heed::json
