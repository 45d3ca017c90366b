#pragma once
#include <optional>

#include "engine/language/ast.hpp"
#include "engine/language/syntax.hpp"

/// From the nodes that the grammar made to declarations.
namespace heed::language {

/// The declaration that a whole block of the file `text` says. What the grammar could not refuse
/// sets `mistake`; then the answer is of no use.
decltype(Declaration::form) build(FileId file, std::string_view text, Node const& tree,
                                  std::optional<Diagnostic>& mistake);

}  // namespace heed::language
