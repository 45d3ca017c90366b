#include "engine/advisor.hpp"

#include <unicode/ulocdata.h>

#include <algorithm>
#include <numeric>

#include "engine/check/check.hpp"
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

}  // namespace

Loaded load(std::vector<SourceText> const& sources, std::string revision) {
  std::vector<language::Document> documents;
  Diagnostics found;
  for (std::uint32_t at = 0; at < sources.size(); ++at) {
    auto parsed = language::parse(FileId(at), sources[at].text);
    documents.push_back(std::move(parsed.document));
    std::ranges::move(parsed.diagnostics, std::back_inserter(found));
  }
  auto checked = check::check(documents, sources, std::move(found));
  Loaded loaded;
  loaded.diagnostics = std::move(checked.diagnostics);
  if (checked.policy) loaded.rules = compile(*std::move(checked.policy), std::move(revision));
  return loaded;
}

EngineVersion engine_version() {
  return {HEED_VERSION, tz_version(), cldr_version()};
}

}  // namespace heed
