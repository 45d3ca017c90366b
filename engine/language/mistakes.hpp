#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/language/ast.hpp"
#include "engine/language/layout.hpp"
#include "engine/language/syntax.hpp"

/// Where a block could not be read, in the words of its author.
namespace heed::language {

/// The first mistake of a block that the grammar did not take. `told` is how many the file had
/// before it: beyond limits::suggestions_max its message does not search the file for suggestions.
Diagnostic find_mistake(FileId file, std::string_view text, Layout const& layout,
                        Block const& block, Reading const& reading, std::size_t told);

/// The keyword and the name of a block that has a mistake, as far as they can be made out; one for
/// each name of a `phase`, and always one at least.
std::vector<Broken> name_broken(Layout const& layout, Block const& block);

Diagnostic file_too_large(FileId file, std::size_t bytes);

void sort_by_place(Diagnostics& diagnostics);

}  // namespace heed::language
