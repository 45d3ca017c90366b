#pragma once
#include <optional>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/base/source.hpp"
#include "engine/check/policy.hpp"
#include "engine/language/ast.hpp"

/// From what policy files say to what they mean.
namespace heed::check {

struct Checked {
  std::optional<Policy> policy;  // nothing exactly where a diagnostic is an error
  Diagnostics diagnostics;       // in source order
};

/// Checks all files of a policy together: one namespace over all of them.
///
/// `sources` are the texts that the documents' FileIds index. `found` is what parsing them has
/// found: it is joined to the diagnostics and, where it holds an error, there is no policy. Every
/// mistake is told once, at its place; at most limits::diagnostics_max, then one line says how many
/// more. The order of documents and declarations changes nothing in the policy but Places.
Checked check(std::vector<language::Document> const& documents,
              std::vector<SourceText> const& sources, Diagnostics found = {});

/// The same, for whom keeps the documents apart: an editor reads only the file again that changed.
Checked check(std::vector<language::Document const*> const& documents,
              std::vector<SourceText> const& sources, Diagnostics found = {});

}  // namespace heed::check
