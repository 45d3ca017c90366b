#pragma once
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "server/lsp/session.hpp"

/// What the tests of this room share: an editor that speaks with a session, over a disk in memory.
namespace heed::lsp {

using Json = nlohmann::json;

class TestEditor {
 public:
  /// With `encodings` offered; none where empty.
  explicit TestEditor(std::vector<std::string> encodings = {"utf-8"}, Json options = {});

  /// Files that lie in the folder /p.
  std::map<std::string, std::string> disk{{"policy.heed", "policy p \"P\"\n"}};

  Json request(std::string const& method, Json params);  // the whole answer
  Json result(std::string const& method, Json params) {
    return request(method, std::move(params)).at("result");
  }
  void notify(std::string const& method, Json params);
  void open(std::string const& name, std::string const& text);
  void change(std::string const& name, Json changes);
  /// Does what waits, tests too.
  void settle();

  /// The messages of the diagnostics that were published last for a file.
  std::vector<std::string> diagnostics(std::string const& name) const;
  Json const& published(std::string const& name) const { return published_.at(uri(name)); }
  static std::string uri(std::string const& name) { return "file:///p/" + name; }
  /// `textDocument` and `position`.
  static Json at(std::string const& name, int line, int character);

  Session session;
  std::vector<Json> shown;  // window/showMessage

 private:
  void collect();

  std::map<std::string, Json> published_;
  std::map<std::string, int> versions_;
  Json last_answer_;
  int next_id_ = 1;
};

}  // namespace heed::lsp
