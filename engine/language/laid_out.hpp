#pragma once
#include "engine/language/layout.hpp"
#include "engine/language/parse.hpp"

/// Parsing for who reads the tokens of a file as well.
namespace heed::language {

/// The same as parse(file, text); `layout` is what lay_out(file, text) answers, and stays as it is.
Parsed parse(FileId file, std::string_view text, Layout const& layout);

}  // namespace heed::language
