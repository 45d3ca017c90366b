#include "server/http/refusals.hpp"

#include <string>

#include "server/http/problem.hpp"

namespace heed::http {

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

bool names_other_version(std::string_view bytes) {
  auto const line = bytes.substr(0, bytes.find_first_of("\r\n"));
  auto const at = line.rfind(" HTTP/");
  if (at == std::string_view::npos) return false;
  auto const number = line.substr(at + 6);
  return number.size() == 3 && number[0] != '1' && number[0] >= '0' && number[0] <= '9' &&
         number[1] == '.' && number[2] >= '0' && number[2] <= '9';
}

}  // namespace heed::http
