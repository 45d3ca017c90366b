#pragma once
#include <chrono>
#include <memory>
#include <string>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "server/api/active_policy.hpp"
#include "server/http/options.hpp"
#include "server/http/tls.hpp"

/// The whole server: policy, log, routes and listener put together.
namespace heed::api {

struct ServerOptions {
  std::string policy;          // folder; empty: the store's active policy decides
  std::string store;           // file
  std::string key = {};        // file of the key that signs the log; empty: the store's and ".key"
  std::string master = {};     // file of the key that seals; empty: the store's and ".master"
  std::int64_t retain_us = 0;  // what is older is dropped once a day; 0: nothing
  std::string tokens = {};     // file; empty: whoever reaches the server may do everything
  http::TlsFiles tls = {};     // both empty: without
  std::size_t decisions_max = limits::http_decisions_max;  // under way; a batch counts as 64
  unsigned slow_ms = 1'000;                                // a request that takes longer is told of
  std::string first_policy = {};  // folder, read where no policy was ever active in the store
  bool four_eyes = false;         // who wrote a policy may not activate it
  http::Options http;
};

/// A running server. Tells the operator what happens (journal.hpp).
class AdvisorServer {
 public:
  /// Opens the log, loads the policy, records that it is active where it was not, and listens.
  /// Fails where any of these does; a policy with mistakes is in NotLoaded.
  static Expected<std::unique_ptr<AdvisorServer>, NotLoaded> start(ServerOptions options);
  ~AdvisorServer();

  std::uint16_t port() const;

  /// Reads the policy again, whole, or keeps the one in use; says in the log which and why.
  void reload_policy();
  /// The same where the folder has changed. To be called about once a second.
  void reload_changed_policy();

  /// Lets in and keeps out whom the file of tokens says since it changed. To be called likewise.
  void reload_changed_tokens();

  /// Reads the certificate and its key again where they changed; a pair that cannot be used leaves
  /// the one in use. The second form waits until they stand still, and is to be called likewise.
  void reload_tls();
  void reload_changed_tls();

  /// Tells of a log that cannot be written, or can again, and of a certificate that expires. To be
  /// called likewise.
  void watch();

  /// Drops once a day what is older than the server keeps. To be called likewise.
  void retain();

  /// Whether every event loop has run within `time`.
  bool responds_within(std::chrono::milliseconds time) const;

  /// Stops listening, answers what is under way, writes what waits.
  void stop();

 private:
  struct State;
  explicit AdvisorServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace heed::api
