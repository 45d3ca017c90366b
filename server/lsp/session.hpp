#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/lsp/host.hpp"

/// One editor's conversation with the server, from `initialize` to `exit`.
namespace heed::lsp {

/// Takes messages in the order in which they came, and says what is to be sent. Does nothing by
/// itself: checks and tests are work that the caller has done when no message waits. Not for
/// several threads at once.
class Session {
 public:
  explicit Session(Host host);
  ~Session();
  Session(Session const&) = delete;
  Session& operator=(Session const&) = delete;

  /// One message, as JSON. Whatever it holds, the session goes on.
  void handle(std::string_view body);
  /// A frame whose body could not be had.
  void handle_broken();
  /// A `$/cancelRequest` that overtook the request: that one will be answered with an error.
  void cancel(std::string_view body);

  enum class Work { none, check, test };
  /// What waits to be done: mistakes of edited policies first, then their tests.
  Work waiting() const;
  void work();

  /// The messages to be sent since the last call, in order.
  std::vector<std::string> take_output();
  /// Set once `exit` came: 0 after `shutdown`, otherwise 1.
  std::optional<int> exit_status() const;
  /// The editor's process, where it named one.
  std::optional<int> editor() const;

  struct State;  // state.hpp

 private:
  std::unique_ptr<State> state_;
};

}  // namespace heed::lsp
