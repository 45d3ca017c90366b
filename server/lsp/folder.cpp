#include "server/lsp/folder.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace heed::lsp {

namespace {

namespace fs = std::filesystem;

bool begins_policy(fs::path const& path) {
  std::ifstream file{path};
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    if (line.starts_with("policy ")) return true;
  }
  return false;
}

bool names_policy(fs::path const& folder) {
  std::error_code failed;
  for (auto entry = fs::directory_iterator{folder, failed};
       !failed && entry != fs::directory_iterator{}; entry.increment(failed)) {
    std::error_code ignored;
    if (entry->path().extension() == ".heed" && entry->is_regular_file(ignored) &&
        begins_policy(entry->path()))
      return true;
  }
  return false;
}

bool is_below(fs::path const& path, std::string const& root) {
  auto const relative = path.lexically_relative(root);
  return !relative.empty() && *relative.begin() != "..";
}

std::string name_in(Folder const& folder, std::string const& path) {
  if (path == folder.path) return fs::path{path}.filename().generic_string();
  return fs::path{path}.lexically_relative(folder.path).generic_string();
}

}  // namespace

std::string find_policy_path(std::string const& file, std::vector<std::string> const& roots) {
  fs::path const path{file};
  auto const root = std::ranges::find_if(roots, [&](auto const& it) { return is_below(path, it); });
  if (!path.is_absolute()) return file;
  if (root == roots.end()) return names_policy(path.parent_path()) ? path.parent_path() : path;
  for (auto at = path.parent_path(); is_below(at, *root); at = at.parent_path()) {
    if (names_policy(at)) return at.generic_string();
    if (!at.has_relative_path()) break;
  }
  return path.parent_path().generic_string();
}

std::string path_in(Folder const& folder, FileId file) {
  auto const& name = folder.sources.at(static_cast<std::size_t>(file)).name;
  if (name_in(folder, folder.path) == name) return folder.path;
  fs::path const path{folder.path};
  bool const is_file = path.extension() == ".heed";  // that stands alone, with its tables beside it
  return ((is_file ? path.parent_path() : path) / name).generic_string();
}

bool refresh(Folder& folder, std::map<std::string, OpenFile> const& open, Host const& host) {
  std::vector<SourceText> sources;
  if (fs::path{folder.path}.is_absolute())
    if (auto read = host.read_policy(folder.path)) sources = std::move(read).value();
  for (auto const& [uri, file] : open) {
    if (file.folder != folder.path) continue;
    auto const name = name_in(folder, file.path);
    auto const found = std::ranges::find(sources, name, &SourceText::name);
    if (found == sources.end())
      sources.push_back({name, file.text});
    else
      found->text = file.text;
  }
  auto const is_same = [](SourceText const& left, SourceText const& right) {
    return left.name == right.name && left.text == right.text;
  };
  if (std::ranges::equal(sources, folder.sources, is_same)) return false;
  folder.sources = std::move(sources);
  folder.is_read = folder.is_checked = folder.is_tested = false;
  return true;
}

bool replace_text(Folder& folder, OpenFile const& file) {
  auto const found = find_file(folder, file.path);
  if (!found) return false;
  folder.sources[static_cast<std::size_t>(*found)].text = file.text;
  folder.is_read = folder.is_checked = folder.is_tested = false;
  return true;
}

author::Manuscript const& manuscript_of(Folder& folder) {
  if (!folder.is_read) folder.manuscript = author::read(folder.sources, folder.manuscript);
  folder.is_read = true;
  return folder.manuscript;
}

std::optional<FileId> find_file(Folder const& folder, std::string const& path) {
  auto const found = std::ranges::find(folder.sources, name_in(folder, path), &SourceText::name);
  if (found == folder.sources.end()) return std::nullopt;
  return FileId(found - folder.sources.begin());
}

void check(Folder& folder) {
  folder.diagnostics = author::find_mistakes(manuscript_of(folder));
  folder.is_checked = true;
}

void test(Folder& folder) {
  folder.is_tested = true;
  if (!folder.is_checked) check(folder);
  if (has_errors(folder.diagnostics)) return;
  auto const loaded = load(folder.sources, "");
  if (loaded.rules) folder.results = TestResults{run_tests(*loaded.rules), folder.manuscript};
}

TestResult const* find_result(Folder const& folder, std::string_view test) {
  if (!folder.results) return nullptr;
  auto const& tests = folder.results->run.tests;
  auto const found = std::ranges::find(tests, test, &TestResult::name);
  return found == tests.end() ? nullptr : &*found;
}

bool is_as_tested(Folder const& folder, FileId file) {
  auto const at = static_cast<std::size_t>(file);
  return folder.results && at < folder.results->manuscript.sheets.size() &&
         at < folder.manuscript.sheets.size() &&
         folder.results->manuscript.sheets[at] == folder.manuscript.sheets[at];
}

}  // namespace heed::lsp
