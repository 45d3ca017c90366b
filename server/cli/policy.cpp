#include "server/cli/policy.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/base/limits.hpp"
#include "server/api/policy_folder.hpp"
#include "server/cli/counted.hpp"
#include "server/cli/files.hpp"
#include "server/cli/terminal.hpp"
#include "server/store/revision.hpp"

namespace heed::cli {
namespace {

/// The sources under names that a person can open from where they stand.
std::vector<SourceText> named_from_here(std::string const& path, std::vector<SourceText> sources) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored)) {
    auto const folder = std::filesystem::path{path}.parent_path();
    sources.front().name = path;
    for (auto source = sources.begin() + 1; source != sources.end(); ++source)
      source->name = (folder / source->name).generic_string();
    return sources;
  }
  for (auto& source : sources)
    source.name = (std::filesystem::path{path} / source.name).lexically_normal().generic_string();
  return sources;
}

}  // namespace

Expected<std::vector<SourceText>, Error> read_policy(std::string const& path) {
  if (path != "-") return api::read_policy(path);
  auto text = read_input(path, limits::file_bytes_max);
  if (!text) return Failure<Error>{text.error()};
  return std::vector<SourceText>{{path, std::move(text).value()}};
}

Expected<PolicyOnDisk, Error> load_policy(std::string const& path, Analyses analyses) {
  auto sources = read_policy(path);
  if (!sources) return Failure<Error>{sources.error()};
  auto loaded = load_whole(sources.value(), store::revision_of(sources.value()), analyses);
  return PolicyOnDisk{path, named_from_here(path, std::move(sources).value()), std::move(loaded)};
}

std::shared_ptr<RuleSet const> load_rules(std::string const& path) {
  auto policy = load_policy(path);
  if (!policy) {
    tell(policy.error());
    return nullptr;
  }
  auto const& [_, sources, loaded] = policy.value();
  if (!loaded.rules) print_diagnostics(stderr, loaded.diagnostics, sources);
  return loaded.rules;
}

void print_diagnostics(std::FILE* stream, Diagnostics const& diagnostics,
                       std::vector<SourceText> const& sources, std::size_t silenced) {
  Colour const colour = colour_of(stream);
  auto const shown = std::min(diagnostics.size(), limits::diagnostics_max);
  for (std::size_t at = 0; at < shown; ++at)
    put(stream, render(diagnostics[at], sources, colour) + "\n");
  if (diagnostics.empty() && silenced == 0) return;
  auto const errors = static_cast<std::size_t>(
      std::ranges::count(diagnostics, Severity::error, &Diagnostic::severity));
  auto const warnings = diagnostics.size() - errors;
  std::string text;
  if (errors > 0) text = counted(static_cast<std::int64_t>(errors), "error");
  if (warnings > 0)
    text += (text.empty() ? "" : ", ") + counted(static_cast<std::int64_t>(warnings), "warning");
  if (silenced > 0)
    text += text.empty() ? counted(static_cast<std::int64_t>(silenced), "warning") + " silenced"
                         : ", " + std::to_string(silenced) + " silenced";
  if (shown < diagnostics.size()) text += "; the first " + std::to_string(shown) + " are shown";
  put(stream, text + "\n");
}

}  // namespace heed::cli
