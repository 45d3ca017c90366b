#pragma once
#include <cstdint>
#include <string>
#include <string_view>

/// Names of requests, by which a client's and the server's logs find each other.
namespace heed::http {

/// What is taken as X-Request-Id: 1 to 128 of A-Z, a-z, 0-9 and `.`, `_`, `~`, `:`, `+`, `/`, `=`,
/// `@`, `-`. All of these may stand in a URN, a field and a line of a log as they are.
bool is_request_id(std::string_view text);

/// Makes names that no other request has: unpredictable start, then a sequence without repetition.
/// One thread.
class RequestIds {
 public:
  RequestIds();

  std::string next();       // 32 lower-case hexadecimal digits, never all zeros
  std::string next_span();  // 16 of them

 private:
  std::uint64_t draw();
  std::uint64_t state_;
};

}  // namespace heed::http
