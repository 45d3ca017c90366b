#pragma once
#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/limits.hpp"
#include "server/http/message.hpp"
#include "server/http/reply.hpp"

/// Which handler answers which request.
namespace heed::http {

/// A bound on requests under way that several routes share. Beyond it: 503 with Retry-After. One
/// whose answer comes in pieces is under way while a piece is waited for, not while it is sent.
struct Lane {
  std::size_t max = limits::http_decisions_max;
  std::atomic<std::size_t> under_way{0};
};

/// Whether a request counts in what its client may have (Options::client_rate and others).
enum class Ration { counts, free };

/// Which bodies a route without content types takes.
enum class Bodies {
  any,
  json,  // not what says that it is something else, such as XML or a form with files: see
         // may_be_json
};

/// What a route takes beside its method and path.
struct RouteOptions {
  std::size_t body_bytes_max = limits::http_body_bytes_max;

  /// Media types of bodies that this route takes; empty takes what no other route of the same
  /// method and pattern names. Two routes may share a path: one for a case, one for a batch.
  std::vector<std::string> content_types;
  Bodies takes = Bodies::any;

  /// Who may call it, in the words of Options::admit.
  std::string access;

  std::shared_ptr<Lane> lane;   // empty: none
  std::size_t lane_weight = 1;  // what a request counts as in it
  Ration ration = Ration::counts;
};

struct Route {
  Method method = Method::get;
  std::string pattern;                // "/v1/decisions/{id}", as given
  std::vector<std::string> segments;  // "{id}" stands for any one that is not empty
  Handler handle;
  RouteOptions options;
};

/// The routes of a server. Filled once, then read by every event loop.
class Router {
 public:
  /// `pattern` starts with a slash; "{name}" as a whole segment takes any text.
  void add(Method method, std::string_view pattern, Handler handle, RouteOptions options = {});

  /// The route for a request whose head is read, with `request.parameters` filled; or the answer
  /// where there is none: 404, 405 with Allow, 415, or for OPTIONS 204 with Allow.
  ///
  /// A body in a coding of its own (Content-Encoding) is a 415, too. Fixed segments go before
  /// parameters: where they match, a route with parameters is not here. HEAD goes to the GET route
  /// where it has none of its own. The route lives as long as the router.
  std::variant<Route const*, Response> find(Request& request) const;

 private:
  std::vector<Route> routes_;  // INVARIANT: fixed segments before parameters
};

/// Whether a body of this media type may be JSON: it says so, says nothing, or says what clients
/// say that were not told what they send (`curl -d`: a form).
bool may_be_json(std::string_view media_type);

/// Finds the route and calls its handler, or replies with what find answered.
void handle(Router const& router, Request& request, Reply const& reply);

}  // namespace heed::http
