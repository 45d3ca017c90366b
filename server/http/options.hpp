#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/limits.hpp"
#include "server/http/message.hpp"

namespace heed::http {

class Tls;

/// One request that was answered, for metrics and access logs. The views hold during the call.
struct Answered {
  std::string_view route;  // the route's pattern; empty where no route was found
  std::string_view method;
  int status = 0;
  std::size_t body_bytes = 0;  // of the request
  std::int64_t taken_us = 0;   // from the complete request to the answer
  std::string_view request_id;
  std::string_view trace_id;  // empty where the client sent none
  std::string_view client;    // its address
  std::string_view user;      // as in Request
};

/// How a server listens, and what it puts up with.
struct Options {
  std::string address = "127.0.0.1";  // IPv4 or IPv6, or "localhost"
  std::uint16_t port = 0;             // 0: any free one
  unsigned threads = 1;               // event loops; a connection stays with one

  std::size_t head_bytes_max = limits::http_head_bytes_max;
  std::size_t bodies_bytes_max = limits::http_bodies_bytes_max;  // bodies over 64 KiB, together
  std::size_t connections_max = limits::http_connections_max;    // lower where open files are few
  std::size_t requests_max = limits::http_requests_max;          // under way at once

  // What one client may have. A client is a user where admit names one, else an address; of IPv6
  // the first 64 bits. Beyond it: 429 with Retry-After.
  std::size_t client_requests_max = limits::http_client_requests_max;  // under way
  double client_rate = 0;                          // requests a second; 0: without a bound
  double client_burst = 0;                         // at once, after a pause; 0: twice the rate
  std::size_t address_connections_max = SIZE_MAX;  // of one address

  std::shared_ptr<Tls> tls;  // empty: without

  unsigned handshake_ms = 10'000;  // under TLS, from the connection to the end of its handshake
  unsigned idle_ms = 60'000;       // between requests, and before the first
  unsigned head_ms = 10'000;       // from the first byte of a request to the end of its head
  unsigned body_ms = 20'000;       // for a body; longer ones earn time at bytes_per_second_min
  unsigned write_ms = 20'000;      // for an answer or a piece of one; longer ones likewise
  unsigned linger_ms = 1'000;      // after the last answer, for the client to close
  unsigned drain_ms = 10'000;      // in stop(), for requests under way
  std::size_t bytes_per_second_min = 32u << 10;

  /// Names that Host may have, without port, IPv6 in brackets; empty takes any. The default keeps
  /// out pages whose name was made to point at this machine (DNS rebinding).
  std::vector<std::string> hosts = {"localhost", "127.0.0.1", "[::1]"};

  /// Origins taken beside our own (that of Host), such as "https://desk.example".
  std::vector<std::string> origins;

  /// Called when a request's head is read and its route found, before its body is: what refuses it,
  /// or nothing, with `request.user` filled. On the event loops, so from several threads; must not
  /// block. Empty: everybody may call every route.
  std::function<std::optional<Response>(Request& request, std::string_view access)> admit;

  /// Called for every answer on its event loop, so from several threads; must not block. May be
  /// empty.
  std::function<void(Answered const&)> answered;
};

}  // namespace heed::http
