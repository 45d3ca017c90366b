#include <algorithm>

#include "server/cli/commands.hpp"
#include "server/cli/policy.hpp"
#include "server/cli/terminal.hpp"
#include "server/json/diagnostics.hpp"

namespace heed::cli {
namespace {

/// All policies as one list of files, for the formats that hold one document.
struct Findings {
  Diagnostics diagnostics;
  std::vector<SourceText> sources;
};

void add(Findings& findings, PolicyOnDisk policy) {
  auto const first = static_cast<std::uint32_t>(findings.sources.size());
  for (auto& diagnostic : policy.loaded.diagnostics) {
    diagnostic.where.file = FileId{first + static_cast<std::uint32_t>(diagnostic.where.file)};
    findings.diagnostics.push_back(std::move(diagnostic));
  }
  std::ranges::move(policy.sources, std::back_inserter(findings.sources));
}

}  // namespace

int run(Check const& options) {
  Findings findings;
  for (auto const& path : options.policies) {
    auto policy = load_policy(path);
    if (!policy) {
      tell(policy.error());
      return cannot;
    }
    add(findings, std::move(policy).value());
  }
  std::string text;
  if (options.format == "text")
    print_diagnostics(stdout, findings.diagnostics, findings.sources);
  else if (options.format == "json")
    json::write_diagnostics(text, findings.diagnostics, findings.sources);
  else
    json::write_sarif(text, findings.diagnostics, findings.sources, HEED_VERSION);
  if (!text.empty() && !put(stdout, text + "\n")) return cannot;
  return has_errors(findings.diagnostics) ? does_not_hold : done;
}

}  // namespace heed::cli
