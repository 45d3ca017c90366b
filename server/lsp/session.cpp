#include "server/lsp/session.hpp"

#include <array>

#include "server/lsp/state.hpp"

namespace heed::lsp {

namespace {

struct Request {
  std::string_view method;
  Answer (*answer)(State&, Json const&);
};
constexpr std::array requests = {
    Request{"textDocument/hover", hover},
    Request{"textDocument/completion", complete},
    Request{"textDocument/definition", definition},
    Request{"textDocument/references", references},
    Request{"textDocument/documentHighlight", highlights},
    Request{"textDocument/prepareRename", prepare_rename},
    Request{"textDocument/rename", rename},
    Request{"textDocument/formatting", format},
    Request{"textDocument/codeAction", code_actions},
    Request{"textDocument/documentSymbol", document_symbols},
    Request{"textDocument/foldingRange", folding_ranges},
    Request{"textDocument/semanticTokens/full", semantic_tokens},
    Request{"textDocument/codeLens", code_lenses},
    Request{"codeLens/resolve", resolve_lens},
    Request{"workspace/symbol", workspace_symbols},
    Request{"workspace/executeCommand", execute_command},
};

Answer shut_down(State& state) {
  state.is_shut_down = true;
  return Json{};
}

Answer answer(State& state, std::string const& method, Json const& params) {
  if (method == "initialize") {
    if (state.is_initialized) return Failure<Refusal>{{invalid_request, "initialized already"}};
    return initialize(state, params);
  }
  if (!state.is_initialized) return Failure<Refusal>{{not_initialized, "not initialized"}};
  if (state.is_shut_down) return Failure<Refusal>{{invalid_request, "shut down already"}};
  if (method == "shutdown") return shut_down(state);
  for (auto const& request : requests)
    if (request.method == method) return request.answer(state, params);
  return Failure<Refusal>{{method_not_found, "no such request: " + method}};
}

void take_notification(State& state, std::string const& method, Json const& params) {
  if (method == "exit") state.exit_status = state.is_shut_down ? 0 : 1;
  if (!state.is_initialized || state.is_shut_down) return;
  if (method == "textDocument/didOpen") did_open(state, params);
  if (method == "textDocument/didChange") did_change(state, params);
  if (method == "textDocument/didClose") did_close(state, params);
  if (method == "textDocument/didSave" || method == "workspace/didChangeWatchedFiles")
    reread(state);
  if (method == "workspace/didChangeWorkspaceFolders") change_roots(state, params);
  if (method == "initialized" && state.editor.watches_files)
    send(state, {{"jsonrpc", "2.0"},
                 {"id", "heed/" + std::to_string(state.next_id++)},
                 {"method", "client/registerCapability"},
                 {"params",
                  {{"registrations",
                    {{{"id", "heed-files"},
                      {"method", "workspace/didChangeWatchedFiles"},
                      {"registerOptions",
                       {{"watchers",
                         {{{"globPattern", "**/*.heed"}}, {{"globPattern", "**/*.csv"}}}}}}}}}}}});
}

void reply(State& state, Json const& id, Answer const& answer) {
  Json message = {{"jsonrpc", "2.0"}, {"id", id}};
  if (answer)
    message["result"] = answer.value();
  else
    message["error"] = {{"code", answer.error().code}, {"message", answer.error().message}};
  send(state, message);
}

void handle_one(State& state, Json const& message) {
  auto const& id = member(message, "/id");
  auto const method = text_of(message, "/method");
  bool const has_id = id.is_string() || id.is_number_integer();
  if (method.empty()) {
    // An answer to a request of ours needs nothing to be done.
    bool const is_answer = has_id && (message.contains("result") || message.contains("error"));
    if (!is_answer)
      reply(state, has_id ? id : Json{}, Failure<Refusal>{{invalid_request, "no method is named"}});
    return;
  }
  auto const& params = member(message, "/params");
  if (!has_id) return take_notification(state, method, params);
  if (state.cancelled.erase(id.dump()) > 0)
    return reply(state, id, Failure<Refusal>{{request_cancelled, "cancelled"}});
  reply(state, id, answer(state, method, params));
}

}  // namespace

void send(State& state, Json const& message) {
  state.output.push_back(message.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void notify(State& state, std::string_view method, Json params) {
  send(state, {{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}});
}

Session::Session(Host host) : state_{std::make_unique<State>()} {
  state_->host = std::move(host);
}
Session::~Session() = default;

void Session::handle(std::string_view body) {
  auto const message = Json::parse(body, nullptr, false);
  if (message.is_discarded()) return handle_broken();
  if (!message.is_array()) return handle_one(*state_, message);
  for (auto const& one : message) handle_one(*state_, one);
}

void Session::handle_broken() {
  reply(*state_, {}, Failure<Refusal>{{parse_error, "this is no message of the protocol"}});
}

void Session::cancel(std::string_view body) {
  constexpr std::size_t most = 1'000;
  auto const message = Json::parse(body, nullptr, false);
  auto const& id = member(message, "/params/id");
  if (state_->cancelled.size() >= most) state_->cancelled.clear();
  if (!id.is_null()) state_->cancelled.insert(id.dump());
}

Session::Work Session::waiting() const {
  if (state_->is_shut_down) return Work::none;
  auto work = Work::none;
  for (auto const& [path, folder] : state_->folders) {
    if (!folder.is_checked) return Work::check;
    if (!folder.is_tested && state_->editor.runs_tests) work = Work::test;
  }
  return work;
}

void Session::work() {
  auto const what = waiting();
  for (auto& [path, folder] : state_->folders) {
    if (what == Work::check && !folder.is_checked) {
      check(folder);
      return publish(*state_, folder);
    }
    if (what == Work::test && !folder.is_tested) {
      test(folder);
      return publish(*state_, folder);
    }
  }
}

std::vector<std::string> Session::take_output() {
  return std::exchange(state_->output, {});
}

std::optional<int> Session::exit_status() const {
  return state_->exit_status;
}

std::optional<int> Session::editor() const {
  return state_->editor.process;
}

}  // namespace heed::lsp
