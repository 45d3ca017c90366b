#pragma once
#include <string>

#include "engine/base/expected.hpp"
#include "engine/base/limits.hpp"
#include "server/api/deciding.hpp"
#include "server/http/message.hpp"

/// What a request to decide or to keep says beside its body: its query and its key.
namespace heed::api {

/// What the query asks for.
struct Wanted {
  std::string source;  // one that the policy has; empty for a case
  Explain explain = Explain::no;
};

/// A 400 for what the query must not say; the policy's sources are named.
Expected<Wanted, http::Response> read_wanted(http::Request const& request,
                                             ActivePolicy const& policy);

/// With the number of a line behind it, a key is still a name that the log takes.
constexpr std::size_t key_bytes_max = limits::log_name_bytes_max - 24;

/// The Idempotency-Key as the log keeps it (store::scoped_key); empty where none came.
/// 400 bad-key where it is empty, longer than key_bytes_max or came twice.
Expected<std::string, http::Response> read_key(http::Request const& request);

/// The key of a line, from 1, of a batch that came with `key`, so that a batch whose answer was
/// lost can be sent again whole; empty where `key` is.
std::string key_of_line(std::string const& key, std::size_t line);

}  // namespace heed::api
