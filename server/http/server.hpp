#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "server/http/options.hpp"
#include "server/http/router.hpp"

/// An HTTP/1.1 server.
namespace heed::http {

/// What a server has done since it started, and what it is doing.
struct Counts {
  std::uint64_t connections_open = 0;
  std::uint64_t connections = 0;
  std::uint64_t connections_refused = 0;  // over the limit
  std::uint64_t requests = 0;             // read to their end
  std::uint64_t requests_under_way = 0;   // given to a handler, not answered to the end
  std::uint64_t requests_refused = 0;     // answered by the server itself with an error
  std::uint64_t bytes_received = 0;
  std::uint64_t bytes_sent = 0;
  std::uint64_t timeouts = 0;  // of handshakes, heads, bodies and answers; not of idle connections
  std::uint64_t handshakes = 0;                                  // under TLS, completed
  std::uint64_t handshakes_failed = 0;                           // the same, given up
  std::vector<std::pair<std::string_view, std::uint64_t>> over;  // refused, by the limit's name
};

/// A server that runs on threads of its own from start() to stop().
///
/// Requests of one connection are answered one after the other, also when they are sent ahead. What
/// it refuses by itself is a problem (problem.hpp) of type bad-request, bad-host, wrong-host,
/// foreign-origin, not-found, method-not-allowed, unsupported-media-type, unknown-method,
/// body-too-large, head-too-large, too-slow, expectation, transfer-coding, http-version,
/// plain-http, internal, too-many-connections, too-many-requests, too-many-decisions,
/// too-many-bodies, client-requests or client-rate; the last six have Retry-After.
class Server {
 public:
  /// Listens and answers when it returns. Signals never reach its threads.
  ///
  /// Fails with http.address where the address cannot be read, and with http.listen where it cannot
  /// be listened on. Connections are limited to what the limit on open files leaves after 64.
  static Expected<Server, Error> start(Options options, Router router);

  Server(Server&&) noexcept;
  Server& operator=(Server&&) = delete;
  ~Server();  // stops

  /// The port listened on.
  std::uint16_t port() const;

  /// Listens no more, closes idle connections, answers what is under way and returns when all
  /// connections have ended, at the latest after Options::drain_ms. Replies that come later are
  /// dropped. Any thread but the server's own; again does nothing.
  void stop();

  /// Any thread.
  Counts counts() const;

  /// Whether every event loop has run within `time`. Any thread.
  bool responds_within(std::chrono::milliseconds time) const;

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace heed::http
