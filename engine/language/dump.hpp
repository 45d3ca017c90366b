#pragma once
#include <string>

#include "engine/language/ast.hpp"

/// The syntax tree as one line of text for each declaration: all of it but spans and comments.
namespace heed::language {

/// `(fact a.b (type number) (money 5 ILS))`: what is empty is `-`, and left out at the end.
/// Equal trees, and only they, have equal dumps.
std::string dump(Document const& document);
std::string dump(Expression const& expression);

}  // namespace heed::language
