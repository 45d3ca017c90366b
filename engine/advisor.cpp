#include "engine/advisor.hpp"

#include <unicode/ulocdata.h>

#include <algorithm>
#include <iterator>

#include "engine/analyse/examine.hpp"
#include "engine/check/check.hpp"
#include "engine/check/whole.hpp"
#include "engine/language/compare.hpp"
#include "engine/language/format.hpp"
#include "engine/language/parse.hpp"

namespace heed {
namespace {

std::string cldr_version() {
  UErrorCode error = U_ZERO_ERROR;
  UVersionInfo version;
  ulocdata_getCLDRVersion(version, &error);
  if (U_FAILURE(error)) return {};
  return std::to_string(version[0]) + "." + std::to_string(version[1]);
}

enum class PolicyLine { may_lack, required };

Loaded load(std::vector<SourceText> const& sources, std::string revision, Analyses analyses,
            PolicyLine line) {
  std::vector<language::Document> documents;
  Diagnostics found;
  for (std::uint32_t at = 0; at < sources.size(); ++at) {
    if (is_sheet(sources[at].name)) continue;  // read by the table that names it
    auto parsed = language::parse(FileId(at), sources[at].text);
    documents.push_back(std::move(parsed.document));
    std::ranges::move(parsed.diagnostics, std::back_inserter(found));
  }
  auto checked = check::check(documents, sources, std::move(found));
  if (line == PolicyLine::required) check::require_policy_line(checked, sources);
  Loaded loaded;
  if (analyses == Analyses::run) {
    std::vector<language::Document const*> pointers;
    for (auto const& document : documents) pointers.push_back(&document);
    auto findings = analyse::examine(checked, pointers, sources);
    loaded.diagnostics = std::move(findings.diagnostics);
    loaded.silenced = std::move(findings.silenced);
  } else {
    loaded.diagnostics = std::move(checked.diagnostics);
  }
  documents = {};  // nothing of them is in the policy, and the rule set finds room where they were
  if (checked.policy) loaded.rules = compile(*std::move(checked.policy), std::move(revision));
  return loaded;
}

}  // namespace

Loaded load(std::vector<SourceText> const& sources, std::string revision, Analyses analyses) {
  return load(sources, std::move(revision), analyses, PolicyLine::may_lack);
}

Loaded load_whole(std::vector<SourceText> const& sources, std::string revision, Analyses analyses) {
  return load(sources, std::move(revision), analyses, PolicyLine::required);
}

bool decides_something(RuleSet const& rules) {
  auto const reports = [](Answer const& answer) { return answer.reports != nullptr; };
  return !rules.policy.rules.empty() || std::ranges::any_of(rules.policy.answers, reports);
}

Formatted format(SourceText const& source) {
  if (is_sheet(source.name)) return {source.text, {}};
  auto const parsed = language::parse(FileId{}, source.text);
  if (!parsed.diagnostics.empty()) return {{}, parsed.diagnostics};
  auto text = language::format(parsed.document, source.text);
  auto const again = language::parse(FileId{}, text);
  if (again.diagnostics.empty() && language::same_meaning(parsed.document, again.document))
    return {std::move(text), {}};
  Diagnostic changed;
  changed.code = "format.changed-meaning";
  changed.message = "formatting this file would change what it means, so it is left as it is";
  changed.help = "this is a bug of heed: please report it with the file";
  return {{}, {std::move(changed)}};
}

EngineVersion engine_version() {
  return {HEED_VERSION, tz_version(), cldr_version()};
}

}  // namespace heed
