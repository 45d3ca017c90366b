#include <algorithm>

#include "server/lsp/state.hpp"
#include "server/lsp/uri.hpp"

namespace heed::lsp {

namespace {

std::int64_t version_of(Json const& params) {
  auto const& version = member(params, "/textDocument/version");
  return version.is_number_integer() ? version.get<std::int64_t>() : 0;
}

/// The policy of an open file, read where it is new.
Folder& folder_of(State& state, OpenFile& file) {
  file.folder = find_policy_path(file.path, state.roots);
  auto& folder = state.folders[file.folder];
  folder.path = file.folder;
  refresh(folder, state.open, state.host);
  return folder;
}

/// A change: of a range, or of the whole text.
void apply(OpenFile& file, Json const& change, Encoding encoding) {
  auto const& text = member(change, "/text");
  if (!text.is_string()) return;
  auto const range = read_range(member(change, "/range"));
  if (!range) {
    file.text = text.get<std::string>();
    return;
  }
  auto const span = Lines{file.text, encoding}.span(*range);
  file.text.replace(span.begin, span.end - span.begin, text.get_ref<std::string const&>());
}

/// Diagnostics of one file, with those expectations of its tests that did not hold.
Json diagnostics_of(Folder const& folder, FileId file, Lines const& lines) {
  Json all = Json::array();
  for (auto const& diagnostic : folder.diagnostics)
    if (diagnostic.where.file == file) all.push_back(to_json(diagnostic, lines));
  if (!is_as_tested(folder, file)) return all;
  for (auto const& test : folder.results->run.tests)
    for (auto const& expectation : test.expectations) {
      if (expectation.holds || expectation.where.file != file) continue;
      Diagnostic failed;
      failed.where = expectation.where;
      failed.code = "test.failed";
      failed.message = "expected " + expectation.text;
      failed.help = expectation.found.empty() ? "" : "found " + expectation.found;
      all.push_back(to_json(failed, lines));
    }
  return all;
}

}  // namespace

void publish(State& state, Folder& folder) {
  Places places{state, folder};
  std::map<std::string, std::string> now;
  for (std::uint32_t at = 0; at < folder.sources.size(); ++at) {
    auto const uri = places.uri(FileId{at});
    auto const all = diagnostics_of(folder, FileId{at}, places.lines(FileId{at}));
    Json params = {{"uri", uri}, {"diagnostics", all}};
    auto const before = folder.published.find(uri);
    auto const text =
        all.empty() ? std::string{} : all.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (!all.empty()) now[uri] = text;
    auto const open = state.open.find(uri);
    if (open != state.open.end()) params["version"] = open->second.version;
    bool const is_news = before == folder.published.end() ? !all.empty() || open != state.open.end()
                                                          : before->second != text;
    if (is_news || open != state.open.end())
      notify(state, "textDocument/publishDiagnostics", std::move(params));
  }
  for (auto const& [sent, text] : folder.published) {
    auto const& uri = sent;  // clang 14 does not take a binding into a lambda
    auto const is_gone = [&](auto const& source) {
      return places.uri(FileId(&source - folder.sources.data())) != uri;
    };
    if (std::ranges::all_of(folder.sources, is_gone))
      notify(state, "textDocument/publishDiagnostics",
             {{"uri", uri}, {"diagnostics", Json::array()}});
  }
  folder.published = std::move(now);
}

void did_open(State& state, Json const& params) {
  auto const uri = text_of(params, "/textDocument/uri");
  if (uri.empty()) return;
  auto& file = state.open[uri];
  file.uri = uri;
  file.path = path_of(uri);
  file.version = version_of(params);
  file.text = text_of(params, "/textDocument/text");
  auto& folder = folder_of(state, file);
  folder.is_checked = false;  // so that the file's diagnostics are sent, though nothing changed
}

void did_change(State& state, Json const& params) {
  auto const open = state.open.find(text_of(params, "/textDocument/uri"));
  auto const& changes = member(params, "/contentChanges");
  if (open == state.open.end() || !changes.is_array()) return;
  auto& file = open->second;
  for (auto const& change : changes) apply(file, change, state.editor.encoding);
  file.version = version_of(params);
  auto& folder = state.folders[file.folder];
  if (!replace_text(folder, file)) refresh(folder, state.open, state.host);
}

void did_close(State& state, Json const& params) {
  auto const open = state.open.find(text_of(params, "/textDocument/uri"));
  if (open == state.open.end()) return;
  auto const path = open->second.folder;
  state.open.erase(open);
  auto const is_left = [&](auto const& it) { return it.second.folder == path; };
  auto& folder = state.folders[path];
  if (std::ranges::any_of(state.open, is_left)) {
    refresh(folder, state.open, state.host);
    return;
  }
  for (auto const& [uri, text] : folder.published)
    notify(state, "textDocument/publishDiagnostics",
           {{"uri", uri}, {"diagnostics", Json::array()}});
  state.folders.erase(path);
}

void reread(State& state) {
  for (auto& [path, folder] : state.folders) refresh(folder, state.open, state.host);
}

}  // namespace heed::lsp
