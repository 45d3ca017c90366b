#include <algorithm>

#include "server/lsp/state.hpp"
#include "server/lsp/uri.hpp"

namespace heed::lsp {

namespace {

bool is_true(Json const& params, std::string_view path) {
  auto const& found = member(params, path);
  return found.is_boolean() && found.get<bool>();
}

Encoding read_encoding(Json const& params) {
  auto const& offered = member(params, "/capabilities/general/positionEncodings");
  if (!offered.is_array()) return Encoding::utf16;
  for (auto const& name : offered) {
    if (name == "utf-8") return Encoding::utf8;
    if (name == "utf-16") return Encoding::utf16;
    if (name == "utf-32") return Encoding::utf32;
  }
  return Encoding::utf16;
}

std::string_view word_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8:
      return "utf-8";
    case Encoding::utf16:
      return "utf-16";
    case Encoding::utf32:
      return "utf-32";
  }
  return "utf-16";
}

Editor read_editor(Json const& params) {
  Editor editor;
  editor.encoding = read_encoding(params);
  editor.snippets =
      is_true(params, "/capabilities/textDocument/completion/completionItem/snippetSupport");
  editor.versioned_edits = is_true(params, "/capabilities/workspace/workspaceEdit/documentChanges");
  editor.watches_files =
      is_true(params, "/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration");
  editor.shows_references = is_true(params, "/initializationOptions/showReferences");
  auto const& tests = member(params, "/initializationOptions/runTests");
  if (tests.is_boolean()) editor.runs_tests = tests.get<bool>();
  auto const& process = member(params, "/processId");
  if (process.is_number_integer()) editor.process = process.get<int>();
  return editor;
}

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

void read_roots(State& state, Json const& params) {
  auto const& folders = member(params, "/workspaceFolders");
  if (folders.is_array())
    for (auto const& folder : folders) {
      auto const uri = text_of(folder, "/uri");
      if (!uri.empty()) state.roots.push_back(without_slash(path_of(uri)));
    }
  auto const root = text_of(params, "/rootUri");
  if (state.roots.empty() && !root.empty()) state.roots.push_back(without_slash(path_of(root)));
}

Json capabilities(Encoding encoding) {
  return {
      {"positionEncoding", word_of(encoding)},
      {"textDocumentSync", {{"openClose", true}, {"change", 2}, {"save", Json::object()}}},
      {"hoverProvider", true},
      {"completionProvider", {{"triggerCharacters", {".", " ", "{", "|"}}}},
      {"definitionProvider", true},
      {"referencesProvider", true},
      {"documentHighlightProvider", true},
      {"documentSymbolProvider", true},
      {"workspaceSymbolProvider", true},
      {"codeActionProvider", {{"codeActionKinds", {"quickfix", "refactor.rewrite"}}}},
      {"codeLensProvider", {{"resolveProvider", true}}},
      {"documentFormattingProvider", true},
      {"renameProvider", {{"prepareProvider", true}}},
      {"foldingRangeProvider", true},
      {"semanticTokensProvider", {{"legend", semantic_legend()}, {"full", true}}},
      {"executeCommandProvider", {{"commands", {"heed.runTest"}}}},
      {"workspace", {{"workspaceFolders", {{"supported", true}, {"changeNotifications", true}}}}}};
}

}  // namespace

Answer initialize(State& state, Json const& params) {
  if (!params.is_object()) return Failure<Refusal>{{invalid_params, "parameters are missing"}};
  state.editor = read_editor(params);
  read_roots(state, params);
  state.is_initialized = true;
  return Json{{"capabilities", capabilities(state.editor.encoding)},
              {"serverInfo", {{"name", "heed"}, {"version", HEED_VERSION}}}};
}

void change_roots(State& state, Json const& params) {
  auto const& removed = member(params, "/event/removed");
  auto const& added = member(params, "/event/added");
  if (removed.is_array())
    for (auto const& folder : removed)
      std::erase(state.roots, without_slash(path_of(text_of(folder, "/uri"))));
  if (added.is_array())
    for (auto const& folder : added)
      state.roots.push_back(without_slash(path_of(text_of(folder, "/uri"))));
}

}  // namespace heed::lsp
