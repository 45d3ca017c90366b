#include "server/http/refusals.hpp"

#include <string>

#include "server/http/problem.hpp"

namespace heed::http {
namespace {

Response slow_down(std::string_view kind, std::string_view title, std::string_view detail,
                   int seconds) {
  auto response = problem(429, kind, title, detail);
  response.headers.emplace_back("Retry-After", std::to_string(seconds));
  return response;
}

}  // namespace

Response malformed(std::string_view detail) {
  return problem(400, "bad-request", "the request is malformed", detail);
}

Response too_slow() {
  return problem(408, "too-slow", "the request took too long to arrive");
}

Response head_too_large(std::size_t bytes_max) {
  return problem(431, "head-too-large", "the request's line and fields are too large",
                 "at most " + std::to_string(bytes_max) + " bytes are taken");
}

Response unknown_version() {
  return problem(505, "http-version", "this version of HTTP is not spoken here", "use HTTP/1.1");
}

Response plain_http() {
  return problem(400, "plain-http", "this port speaks HTTPS", "ask again with https://");
}

Response over_limit(Over over, int retry_seconds) {
  switch (over) {
    case Over::connections:
      return busy("too-many-connections", "too many connections are open",
                  "one more may be taken when others have ended", retry_seconds);
    case Over::address_connections:
      return busy("too-many-connections", "too many connections are open",
                  "this address has as many as one may have", retry_seconds);
    case Over::requests:
      return busy("too-many-requests", "too many requests are under way",
                  "the request may be answered when others are", retry_seconds);
    case Over::lane:
      return busy("too-many-decisions", "too many decisions are under way",
                  "the request may be answered when others are", retry_seconds);
    case Over::bodies:
      return busy("too-many-bodies", "too many large bodies are being read",
                  "the body may be taken when others are done", retry_seconds);
    case Over::client_requests:
      return slow_down("client-requests", "this client has too many requests under way",
                       "wait for answers before you ask more", retry_seconds);
    case Over::client_rate:
      return slow_down("client-rate", "this client asks too fast",
                       "ask again after the time in Retry-After", retry_seconds);
    case Over::count:
      break;
  }
  return problem(500, "internal", "something of ours went wrong");
}

bool names_other_version(std::string_view bytes) {
  auto const line = bytes.substr(0, bytes.find_first_of("\r\n"));
  auto const at = line.rfind(" HTTP/");
  if (at == std::string_view::npos) return false;
  auto const number = line.substr(at + 6);
  return number.size() == 3 && number[0] != '1' && number[0] >= '0' && number[0] <= '9' &&
         number[1] == '.' && number[2] >= '0' && number[2] <= '9';
}

}  // namespace heed::http
