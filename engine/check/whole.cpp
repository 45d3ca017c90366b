#include "engine/check/whole.hpp"

#include <optional>

namespace heed::check {

void require_policy_line(Checked& checked, std::vector<SourceText> const& sources) {
  if (!checked.policy || !checked.policy->name.empty()) return;
  std::optional<std::uint32_t> first;
  for (std::uint32_t at = 0; at < sources.size(); ++at)
    if (!is_sheet(sources[at].name) && (!first || sources[at].name < sources[*first].name))
      first = at;
  if (!first) return;
  checked.policy.reset();
  checked.diagnostics.push_back(
      {{FileId{*first}, {}},
       Severity::error,
       "check.no-policy",
       "no `policy` line says what this policy is called",
       "write it once, in one of the policy's files: `policy corner_shop \"The shop on the "
       "corner\"`",
       {}});
  sort(checked.diagnostics, sources);
}

}  // namespace heed::check
