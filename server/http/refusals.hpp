#pragma once
#include <cstddef>
#include <string_view>

#include "server/http/message.hpp"
#include "server/http/over.hpp"

/// What the server itself answers to requests that it cannot read.
namespace heed::http {

Response malformed(std::string_view detail);
Response too_slow();
Response head_too_large(std::size_t bytes_max);
Response unknown_version();
Response plain_http();
Response over_limit(Over over, int retry_seconds = 1);

/// True where `bytes` begin with a request line of another major version, as HTTP/2 does.
bool names_other_version(std::string_view bytes);

}  // namespace heed::http
