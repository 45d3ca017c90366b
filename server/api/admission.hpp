#pragma once
#include <optional>
#include <string_view>

#include "engine/base/time.hpp"
#include "server/access/gate.hpp"
#include "server/http/message.hpp"

/// Who may call which route. A route names it in RouteOptions::access: one of the words below. One
/// that names nothing is for admins.
namespace heed::api {

namespace may_call {
inline constexpr std::string_view caller = "caller", owner = "owner", auditor = "auditor",
                                  admin = "admin";
inline constexpr std::string_view owner_or_auditor = "owner or auditor";
inline constexpr std::string_view any_token = "token";  // whatever its roles
inline constexpr std::string_view anyone = "anyone";    // also without a token
}  // namespace may_call

/// The 401 or 403 that a request earns; or nothing, and `request.user` is the id of its token.
std::optional<http::Response> refuse_stranger(access::Gate const& gate, http::Request& request,
                                              std::string_view access, Instant now);

}  // namespace heed::api
