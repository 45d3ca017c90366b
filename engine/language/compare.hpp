#pragma once
#include "engine/language/ast.hpp"

namespace heed::language {

/// Whether two files say the same: equal trees, whatever the spans, the comments and the layout.
bool same_meaning(Document const& left, Document const& right);

}  // namespace heed::language
