#include "server/api/wanted.hpp"

#include <optional>

#include "engine/base/limits.hpp"
#include "server/api/query.hpp"
#include "server/http/problem.hpp"
#include "server/json/source.hpp"
#include "server/store/key_scope.hpp"

namespace heed::api {
namespace {

using http::Request;
using http::Response;

Response unknown_source(std::string const& name, ActivePolicy const& policy) {
  std::string known;
  for (auto const& source : policy.rules->policy.sources)
    known += (known.empty() ? "" : ", ") + source.name;
  return http::problem(
      400, "unknown-source", "The policy has no such source",
      "`" + name + "` is no source of the policy; it has " + (known.empty() ? "none" : known));
}

Failure<Response> bad_key(std::string const& what) {
  return {http::problem(400, "bad-key", "The Idempotency-Key is none",
                        what + "; a key is a text of 1 to " + std::to_string(key_bytes_max) +
                            " bytes that names this request, such as `ticket-81-article-104`, in "
                            "one header")};
}

}  // namespace

Expected<Wanted, Response> read_wanted(Request const& request, ActivePolicy const& policy) {
  if (auto const once = check_asked_once(request); !once) return Failure<Response>{once.error()};
  Wanted wanted;
  for (auto const& [name, value] : request.query) {
    if (name == "source" && json::find_source(policy.rules->policy, value) != nullptr) {
      wanted.source = value;
    } else if (name == "source") {
      return Failure<Response>{unknown_source(value, policy)};
    } else if (name == "explain" && value == "full") {
      wanted.explain = Explain::full;
    } else if (name == "explain" && value == "none") {
      wanted.explain = Explain::no;
    } else {
      return Failure<Response>{bad_query("`" + name + "=" + value +
                                         "`: what can be asked for is `explain=full` and "
                                         "`source=NAME`")};
    }
  }
  return wanted;
}

Expected<std::string, Response> read_key(Request const& request) {
  auto const key = request.headers.find("Idempotency-Key");
  if (!key) return std::string{};
  if (request.headers.count("Idempotency-Key") > 1) return bad_key("it came more than once");
  if (key->empty()) return bad_key("it is empty");
  if (key->size() > key_bytes_max)
    return bad_key("it has " + std::to_string(key->size()) + " bytes");
  return store::scoped_key(request.user, *key);
}

std::string key_of_line(std::string const& key, std::size_t line) {
  return key.empty() ? key : key + "#" + std::to_string(line);
}

}  // namespace heed::api
