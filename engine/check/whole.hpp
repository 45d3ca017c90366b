#pragma once
#include <vector>

#include "engine/base/source.hpp"
#include "engine/check/check.hpp"

/// Whether files that have no mistake are a policy.
namespace heed::check {

/// Refuses files without a mistake among which none has the `policy` line: check.no-policy, at the
/// beginning of the first one by name. Left out where a logged decision is computed again, which
/// such files could once make.
void require_policy_line(Checked& checked, std::vector<SourceText> const& sources);

}  // namespace heed::check
