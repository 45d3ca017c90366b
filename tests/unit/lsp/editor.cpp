#include "tests/unit/lsp/editor.hpp"

namespace heed::lsp {

TestEditor::TestEditor(std::vector<std::string> encodings, Json options)
    : session{Host{[this](std::string const& path) -> Expected<std::vector<SourceText>, Error> {
        std::vector<SourceText> sources;
        for (auto const& [name, text] : disk)
          if (path == "/p" || path == "/p/" + name) sources.push_back({name, text});
        return sources;
      }}} {
  Json params = {
      {"processId", nullptr},
      {"rootUri", "file:///p"},
      {"initializationOptions", std::move(options)},
      {"capabilities",
       {{"textDocument", {{"completion", {{"completionItem", {{"snippetSupport", true}}}}}}}}}};
  if (!encodings.empty()) params["capabilities"]["general"]["positionEncodings"] = encodings;
  request("initialize", params);
  notify("initialized", Json::object());
}

void TestEditor::collect() {
  for (auto const& text : session.take_output()) {
    auto const message = Json::parse(text);
    auto const method = message.value("method", "");
    if (method == "textDocument/publishDiagnostics")
      published_[message["params"]["uri"]] = message["params"];
    else if (method == "window/showMessage")
      shown.push_back(message["params"]);
    else if (method.empty())
      last_answer_ = message;
  }
}

Json TestEditor::request(std::string const& method, Json params) {
  last_answer_ = nullptr;
  session.handle(Json{
      {"jsonrpc", "2.0"}, {"id", next_id_++}, {"method", method}, {"params", std::move(params)}}
                     .dump());
  collect();
  return last_answer_;
}

void TestEditor::notify(std::string const& method, Json params) {
  session.handle(
      Json{{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}}.dump());
  collect();
}

void TestEditor::open(std::string const& name, std::string const& text) {
  notify("textDocument/didOpen",
         {{"textDocument",
           {{"uri", uri(name)}, {"languageId", "heed"}, {"version", 1}, {"text", text}}}});
  versions_[name] = 1;
}

void TestEditor::change(std::string const& name, Json changes) {
  notify("textDocument/didChange",
         {{"textDocument", {{"uri", uri(name)}, {"version", ++versions_[name]}}},
          {"contentChanges", std::move(changes)}});
}

void TestEditor::settle() {
  while (session.waiting() != Session::Work::none) session.work();
  collect();
}

std::vector<std::string> TestEditor::diagnostics(std::string const& name) const {
  std::vector<std::string> messages;
  auto const found = published_.find(uri(name));
  if (found == published_.end()) return messages;
  for (auto const& diagnostic : found->second.at("diagnostics"))
    messages.push_back(diagnostic.at("message"));
  return messages;
}

Json TestEditor::at(std::string const& name, int line, int character) {
  return {{"textDocument", {{"uri", uri(name)}}},
          {"position", {{"line", line}, {"character", character}}}};
}

}  // namespace heed::lsp
