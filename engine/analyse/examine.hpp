#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/silenced.hpp"
#include "engine/check/check.hpp"

/// All that is to be said about a policy: what the checker found, what the analyses warn of, less
/// what the policy's author has silenced.
///
/// A comment `# allow CODE: reason` silences a warning. Alone on its line it stands directly above
/// a declaration, and silences it there and in all its lines, or above one line within, and
/// silences it in that one. Behind something on a line it silences it in that line; on a
/// declaration's first line, in the whole of it. Where it finds nothing there, it silences what is
/// in the declaration around it. Errors cannot be silenced.
namespace heed::analyse {

struct Findings {
  Diagnostics diagnostics;         // in source order, at most limits::diagnostics_max and one more
  std::vector<Silenced> silenced;  // in source order
};

/// The analyses run where the policy has no mistake. A comment that silences nothing is a warning
/// itself, `analysis.unused-allow`, then.
Findings examine(check::Checked const& checked,
                 std::vector<language::Document const*> const& documents,
                 std::vector<SourceText> const& sources);

/// Every code that can be silenced, in UTF-8 order.
std::span<std::string_view const> codes();

}  // namespace heed::analyse
