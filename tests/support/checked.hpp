#pragma once
#include <string>
#include <utility>
#include <vector>

#include "engine/check/check.hpp"
#include "engine/language/parse.hpp"

/// Policy text through parser and checker, for tests.
namespace heed {

inline check::Checked check_sources(std::vector<SourceText> const& sources) {
  std::vector<language::Document> documents;
  Diagnostics found;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (is_sheet(sources[i].name)) continue;
    auto parsed = language::parse(static_cast<FileId>(i), sources[i].text);
    documents.push_back(std::move(parsed.document));
    found.insert(found.end(), parsed.diagnostics.begin(), parsed.diagnostics.end());
  }
  return check::check(documents, sources, std::move(found));
}

inline check::Checked check_text(std::string text) {
  return check_sources({{"policy.heed", std::move(text)}});
}

/// The findings as a person reads them.
inline std::string render_all(Diagnostics const& diagnostics,
                              std::vector<SourceText> const& sources) {
  std::string text;
  for (auto const& diagnostic : diagnostics)
    text += render(diagnostic, sources, Colour::off) + "\n";
  return text;
}

}  // namespace heed
