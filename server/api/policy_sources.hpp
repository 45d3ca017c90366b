#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/advisor.hpp"
#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "server/http/message.hpp"
#include "server/json/document.hpp"

/// The text of policies as requests bring it, and what is found in it.
namespace heed::api {

/// `{"files": [{"name": "needs.heed", "text": "…"}]}`, or the text of one file, `policy.heed`.
/// Otherwise a 400, or the 413 of a file that is too large.
Expected<std::vector<SourceText>, http::Response> read_sources(http::Request const& request);

/// The same of an object that has the member `files`. Fails with what is wrong, in words.
Expected<std::vector<SourceText>, std::string> read_files(json::Node const& object);

/// Whether these can be the files of a policy's folder: a `.heed` file at least, names such as
/// `rules/refunds.heed` or `fees.csv`, none twice, that read as what they are and lead nowhere
/// else.
///
/// Fails with policies.file-name, policies.too-many-files or policies.no-rules.
Expected<Done, Error> check_names(std::vector<SourceText> const& sources);

/// `"valid":…,"revision":"…","findings":{…}`: the members of a check's answer, without braces.
std::string findings_members(Loaded const& loaded, std::string_view revision,
                             std::vector<SourceText> const& sources);

}  // namespace heed::api
