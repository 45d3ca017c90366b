#include "server/api/admission.hpp"

#include <string>

#include "engine/base/expected.hpp"
#include "server/http/problem.hpp"

namespace heed::api {
namespace {

using access::Refusal;

/// What a client is told that has to show a token first (RFC 6750, section 3).
http::Response challenge(std::string_view kind, std::string_view title, std::string_view detail,
                         std::string_view parameters) {
  auto answer = http::problem(401, kind, title, detail);
  answer.headers.emplace_back("WWW-Authenticate",
                              std::string{"Bearer realm=\"heed\""}.append(parameters));
  return answer;
}

/// What `access` names, told in backticks: `owner` or `auditor`.
std::string told(std::string_view access) {
  auto const joint = access.find(" or ");
  if (joint == access.npos) return "the role `" + std::string{access} + '`';
  return told(access.substr(0, joint)) + " or `" + std::string{access.substr(joint + 4)} + '`';
}

/// Whom `authorization` speaks for, if one of the roles that `access` names will do.
Expected<access::Client, Refusal> admit(access::Gate const& gate, std::string_view authorization,
                                        std::string_view access, Instant now) {
  auto const joint = access.find(" or ");
  auto client = gate.admit(authorization, access::role_of(access.substr(0, joint)), now.micros);
  bool const may_try = !client && client.error() == Refusal::not_allowed && joint != access.npos;
  return may_try ? admit(gate, authorization, access.substr(joint + 4), now) : client;
}

http::Response refusal_of(Refusal refusal, std::string_view access) {
  switch (refusal) {
    case Refusal::no_token:
      return challenge("no-token", "a token is needed here",
                       "send it as `Authorization: Bearer heed_...`", "");
    case Refusal::unknown_token:
      return challenge("unknown-token", "this token is not known, was revoked or has expired",
                       "ask whoever runs this server for another", ", error=\"invalid_token\"");
    case Refusal::not_allowed:
      return http::problem(403, "not-allowed", "this token may not do that",
                           "it needs " + told(access));
  }
  return http::problem(500, "internal", "something of ours went wrong");
}

}  // namespace

std::optional<http::Response> refuse_stranger(access::Gate const& gate, http::Request& request,
                                              std::string_view access, Instant now) {
  if (access == may_call::anyone) return std::nullopt;
  if (access.empty()) access = may_call::admin;
  auto const client = admit(gate, request.headers.find("Authorization").value_or(""), access, now);
  if (!client) return refusal_of(client.error(), access);
  request.user = client.value().id;
  return std::nullopt;
}

}  // namespace heed::api
