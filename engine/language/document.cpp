#include "engine/base/limits.hpp"
#include "engine/language/layout.hpp"
#include "engine/language/mistakes.hpp"
#include "engine/language/parse.hpp"

/// A whole file, block by block.
namespace heed::language {

Parsed parse(FileId file, std::string_view text) {
  Parsed parsed;
  parsed.document.file = file;
  if (text.size() > limits::file_bytes_max) {
    parsed.diagnostics.push_back(file_too_large(file, text.size()));
    return parsed;
  }
  Layout layout = lay_out(file, text);
  parsed.diagnostics = std::move(layout.mistakes);
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
  parsed.document.comments = std::move(layout.comments);
  sort_by_place(parsed.diagnostics);
  return parsed;
}

}  // namespace heed::language
