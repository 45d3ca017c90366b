#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/stream.hpp"

/// What comes in and what goes out, as plain data.
namespace heed::http {

enum class Method { get, head, post, put, patch, remove, options, other };

/// `DELETE` for remove; `other` has no name of its own and answers an empty text.
std::string_view name_of(Method method);

/// `other` for a method that no route can have. Case matters, as the protocol says.
Method method_of(std::string_view name);

/// True where two ASCII texts are equal but for the case of letters.
bool equal_folded(std::string_view left, std::string_view right);

/// The fields of a request in the order in which they came; names are compared without case.
class Headers {
 public:
  void add(std::string_view name, std::string_view value);
  void clear();

  /// The first field of this name. The view holds as long as the headers are neither changed nor
  /// moved.
  std::optional<std::string_view> find(std::string_view name) const;

  std::size_t count(std::string_view name) const;

 private:
  struct Entry {
    std::uint32_t begin, name_end, value_end;  // in text_: name, then value
  };
  std::string text_;
  std::vector<Entry> entries_;
};

struct Item {
  std::string name;
  std::string value;
};

/// One request, complete. Path and query are decoded and valid UTF-8 without control characters.
struct Request {
  Method method = Method::get;
  std::string path;                   // starts with a slash; never the query
  std::vector<std::string> segments;  // of the path, decoded one by one: one may hold a slash
  std::vector<Item> query;            // in the order given; a name may come twice
  std::vector<Item> parameters;       // what stood at the route's {names}
  Headers headers;
  std::string body;      // without its transfer coding
  std::string client;    // the peer's address, "127.0.0.1"
  std::string user;      // whom Options::admit let in; empty where nobody was named
  std::string id;        // X-Request-Id where it is well-formed, else made here
  std::string trace_id;  // of a valid traceparent: 32 hexadecimal digits; else empty
};

/// The first value of `name` in the query; nothing where it is missing, empty where it has no
/// value.
std::optional<std::string_view> query_value(Request const& request, std::string_view name);

/// What stood at `{name}` in the route's pattern; empty where the pattern has no such name.
std::string_view parameter(Request const& request, std::string_view name);

/// The media type of a Content-Type without its parameters, as sent: "application/json".
std::string_view media_type(Request const& request);

/// One answer. The server adds Content-Length, Date, Connection, X-Request-Id, traceresponse where
/// the request had a traceparent, `X-Content-Type-Options: nosniff`, `Referrer-Policy:
/// no-referrer`, under TLS Strict-Transport-Security and, unless `headers` has its own,
/// `Cache-Control: no-store` and with HTML a Content-Security-Policy without scripts. A problem
/// gets an `instance`, which names the request.
///
/// `headers` must not repeat these or Content-Type. Control characters in a value become spaces.
/// With `more`, `body` is the first piece and the rest is asked for piece by piece.
struct Response {
  int status = 200;
  std::string content_type = "application/json";  // left out where empty
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  BodySource more;
};

}  // namespace heed::http
