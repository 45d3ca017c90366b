#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/advisor.hpp"
#include "engine/author/author.hpp"
#include "server/lsp/host.hpp"
#include "server/lsp/lines.hpp"

/// Policies as an editor has them: open buffers over the files on disk.
namespace heed::lsp {

/// A file that the editor holds open.
struct OpenFile {
  std::string uri;
  std::string path;
  std::int64_t version = 0;
  std::string text;
  std::string folder;  // the key of its policy
};

/// How the tests of a policy went, and with which texts.
struct TestResults {
  TestRun run;
  author::Manuscript manuscript;
};

/// One policy: a folder, or a file that stands alone.
struct Folder {
  std::string path;
  std::vector<SourceText> sources;  // as they are now: FileIds stay while no file comes or goes
  author::Manuscript manuscript;
  bool is_read = false;     // the manuscript is of these sources
  bool is_checked = false;  // so are the diagnostics
  bool is_tested = false;   // and the results
  Diagnostics diagnostics;
  std::optional<TestResults> results;
  std::map<std::string, std::string> published;  // by URI: what was sent last; none where empty
};

/// The policy that a file belongs to: the nearest folder from the file's own up to one of `roots`
/// in which a file begins with `policy`; otherwise the file's own folder where it is below a root,
/// and the file alone where it is not.
std::string find_policy_path(std::string const& file, std::vector<std::string> const& roots);

/// The path of a policy's file.
std::string path_in(Folder const& folder, FileId file);

/// Brings the sources up to date with disk and open files; says whether anything changed.
bool refresh(Folder& folder, std::map<std::string, OpenFile> const& open, Host const& host);
/// Puts the text of an open file in its place; false where the policy does not have the file yet.
bool replace_text(Folder& folder, OpenFile const& file);

/// The manuscript of the sources as they are.
author::Manuscript const& manuscript_of(Folder& folder);
std::optional<FileId> find_file(Folder const& folder, std::string const& path);

void check(Folder& folder);
/// Runs the policy's tests where it has no mistake; otherwise keeps the last results.
void test(Folder& folder);
/// The last result of a test.
TestResult const* find_result(Folder const& folder, std::string_view test);
/// Whether the file is still as it was when the tests ran, so that their places are right.
bool is_as_tested(Folder const& folder, FileId file);

}  // namespace heed::lsp
