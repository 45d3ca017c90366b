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
  std::vector<Silenced> silenced;
};

void add(Findings& findings, PolicyOnDisk policy) {
  auto const first = static_cast<std::uint32_t>(findings.sources.size());
  auto const move_on = [&](Diagnostic& diagnostic) {
    diagnostic.where.file = FileId{first + static_cast<std::uint32_t>(diagnostic.where.file)};
  };
  for (auto& diagnostic : policy.loaded.diagnostics) {
    move_on(diagnostic);
    findings.diagnostics.push_back(std::move(diagnostic));
  }
  for (auto& silenced : policy.loaded.silenced) {
    move_on(silenced.what);
    findings.silenced.push_back(std::move(silenced));
  }
  std::ranges::move(policy.sources, std::back_inserter(findings.sources));
}

}  // namespace

int run(Check const& options) {
  Findings findings;
  for (auto const& path : options.policies) {
    auto policy = load_policy(path, Analyses::run);
    if (!policy) {
      tell(policy.error());
      return cannot;
    }
    add(findings, std::move(policy).value());
  }
  std::string text;
  if (options.format == "text")
    print_diagnostics(stdout, findings.diagnostics, findings.sources, findings.silenced.size());
  else if (options.format == "json")
    json::write_diagnostics(text, findings.diagnostics, findings.sources, findings.silenced);
  else
    json::write_sarif(text, findings.diagnostics, findings.sources, HEED_VERSION,
                      findings.silenced);
  if (!text.empty() && !put(stdout, text + "\n")) return cannot;
  return has_errors(findings.diagnostics) ? does_not_hold : done;
}

}  // namespace heed::cli
