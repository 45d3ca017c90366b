#pragma once
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "server/lsp/folder.hpp"
#include "server/lsp/session.hpp"

/// What a session remembers, and the parts that answer from it. For the sources of this room alone.
namespace heed::lsp {

using Json = nlohmann::json;

/// What the editor said that it can do.
struct Editor {
  Encoding encoding = Encoding::utf16;
  bool snippets = false;
  bool versioned_edits = false;
  bool watches_files = false;
  bool shows_references = false;  // it has the command heed.showReferences
  bool runs_tests = true;         // tests are to be run whenever nothing else is to be done
  std::optional<int> process;
};

struct Session::State {
  Host host;
  Editor editor;
  bool is_initialized = false, is_shut_down = false;
  std::optional<int> exit_status;
  std::vector<std::string> roots;
  std::map<std::string, OpenFile> open;   // by URI
  std::map<std::string, Folder> folders;  // by path
  std::set<std::string> cancelled;        // ids, as JSON
  std::vector<std::string> output;
  std::int64_t next_id = 1;
};
using State = Session::State;

/// Why a request has no result: an error of JSON-RPC.
struct Refusal {
  int code;
  std::string message;
};
constexpr int parse_error = -32700, invalid_request = -32600, method_not_found = -32601,
              invalid_params = -32602, not_initialized = -32002, request_failed = -32803,
              request_cancelled = -32800;
using Answer = Expected<Json, Refusal>;

void send(State& state, Json const& message);
void notify(State& state, std::string_view method, Json params);

// Lifecycle and texts: lifecycle.cpp, texts.cpp
Answer initialize(State& state, Json const& params);
void did_open(State& state, Json const& params);
void did_change(State& state, Json const& params);
void did_close(State& state, Json const& params);
void reread(State& state);
void change_roots(State& state, Json const& params);
void publish(State& state, Folder& folder);

// Requests: questions.cpp, edits.cpp, lists.cpp
Answer hover(State& state, Json const& params);
Answer complete(State& state, Json const& params);
Answer definition(State& state, Json const& params);
Answer references(State& state, Json const& params);
Answer highlights(State& state, Json const& params);
Answer prepare_rename(State& state, Json const& params);
Answer rename(State& state, Json const& params);
Answer format(State& state, Json const& params);
Answer code_actions(State& state, Json const& params);
Answer document_symbols(State& state, Json const& params);
Answer workspace_symbols(State& state, Json const& params);
Answer folding_ranges(State& state, Json const& params);
Answer semantic_tokens(State& state, Json const& params);
Answer code_lenses(State& state, Json const& params);
Answer resolve_lens(State& state, Json const& params);
Answer execute_command(State& state, Json const& params);
Json semantic_legend();

/// An open file that a request is about.
struct Asked {
  Folder& folder;
  author::Manuscript const& manuscript;
  FileId file;
  Lines lines;
};
/// Nothing where the parameters name no file that is open.
std::optional<Asked> find_asked(State& state, Json const& params);
std::optional<author::Position> find_position(Asked const& asked, Json const& params);

// JSON of what the protocol has everywhere: shapes.cpp
/// A member by its path, `/textDocument/uri`; null where there is none.
Json const& member(Json const& json, std::string_view path);
std::string text_of(Json const& json, std::string_view path);
std::optional<LinePosition> read_position(Json const& json);
std::optional<LineRange> read_range(Json const& json);
Json to_json(LinePosition at);
Json to_json(LineRange range);
Json to_json(Diagnostic const& diagnostic, Lines const& lines);
/// Places and edits of a policy: URIs and ranges.
class Places {
 public:
  Places(State const& state, Folder const& folder) : state_{state}, folder_{folder} {}
  std::string uri(FileId file) const;
  Lines const& lines(FileId file);
  Json location(Place const& place);
  Json workspace_edit(std::vector<author::Edit> const& edits);

 private:
  State const& state_;
  Folder const& folder_;
  std::map<FileId, Lines> lines_;
};

}  // namespace heed::lsp
