#pragma once
#include <string_view>

#include "engine/base/diagnostic.hpp"
#include "engine/language/ast.hpp"

/// From policy text to its syntax tree.
namespace heed::language {

struct Parsed {
  Document document;        // every declaration in source order; one with a mistake as Broken
  Diagnostics diagnostics;  // `parse.…`, in source order; empty exactly when the whole file parsed
};

/// Parses one file. Answers for any bytes whatever, in time linear in their number; a declaration
/// with a mistake gives one diagnostic, its first, and costs the others nothing.
/// A file beyond limits::file_bytes_max has no declarations and one diagnostic.
Parsed parse(FileId file, std::string_view text);

}  // namespace heed::language
