#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "server/http/message.hpp"
#include "server/http/options.hpp"
#include "server/http/router.hpp"

/// What is to become of a request, decided when its head is read and before its body is.
namespace heed::http {

enum class Version { http_1_0, http_1_1 };

/// What the parser knows of a head beside its fields.
struct Head {
  Version version = Version::http_1_1;
  std::string_view method;
  std::string_view target;
  bool chunked = false;  // the body comes in chunks
  std::optional<std::uint64_t> content_length;
};

/// Read the body and call the route, or refuse.
struct Judgement {
  Route const* route = nullptr;
  std::optional<Response> refusal;  // where there is no route
  bool close = false;               // the refusal is the connection's last answer
  bool wants_continue = false;      // the client waits for 100 before it sends the body
  std::size_t body_bytes_max = 0;   // of a body that goes to the route, or is read and dropped
};

/// Fills method, path, query and parameters of `request`, whose headers are there, and decides.
///
/// In this order: the body's framing, target, Host (RFC 9112: exactly one in HTTP/1.1), Origin,
/// route, who may call it, announced length, Expect.
Judgement judge(Request& request, Head const& head, Options const& options, Router const& router);

}  // namespace heed::http
