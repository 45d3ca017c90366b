#include "engine/base/limits.hpp"
#include "engine/language/laid_out.hpp"
#include "engine/language/mistakes.hpp"

/// A whole file, block by block.
namespace heed::language {

Parsed parse(FileId file, std::string_view text) {
  bool const is_too_large = text.size() > limits::file_bytes_max;
  return parse(file, text, is_too_large ? Layout{} : lay_out(file, text));
}

Parsed parse(FileId file, std::string_view text, Layout const& layout) {
  Parsed parsed;
  parsed.document.file = file;
  if (text.size() > limits::file_bytes_max) {
    parsed.diagnostics.push_back(file_too_large(file, text.size()));
    return parsed;
  }
  parsed.diagnostics = layout.mistakes;
  for (Block const& block : layout.blocks) {
    std::optional<Diagnostic> mistake;
    auto made = read_block(file, text, layout, block, parsed.diagnostics.size(), mistake);
    if (mistake) {
      parsed.diagnostics.push_back(std::move(*mistake));
      for (Broken& broken : name_broken(layout, block))
        parsed.document.declarations.push_back({block.span, std::move(broken)});
    } else {
      parsed.document.declarations.push_back(std::move(made));
    }
  }
  parsed.document.comments = layout.comments;
  sort_by_place(parsed.diagnostics);
  return parsed;
}

}  // namespace heed::language
