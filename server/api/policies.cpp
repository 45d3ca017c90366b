// POST /v1/policies/check and GET /v1/schema.
#include "server/api/admission.hpp"
#include "server/api/policy_shelf.hpp"
#include "server/api/policy_sources.hpp"
#include "server/api/query.hpp"
#include "server/api/service.hpp"
#include "server/http/problem.hpp"
#include "server/store/revision.hpp"

namespace heed::api {
namespace {

using http::Reply;
using http::Request;
using http::Response;

Response check(std::vector<SourceText> const& sources) {
  auto const revision = store::revision_of(sources);
  auto const loaded = load_whole(sources, revision, Analyses::run);
  return {.body = '{' + findings_members(loaded, revision, sources) + '}'};
}

}  // namespace

void add_policy_routes(http::Router& router, Service& service) {
  router.add(
      http::Method::post, "/v1/policies/check",
      [&service](Request& request, Reply const& reply) {
        if (!request.query.empty()) return reply(bad_query("there is nothing to ask for here"));
        auto sources = read_sources(request);
        if (!sources) return reply(sources.error());
        bool const taken = service.desk.worker->run(
            [reply, sources = std::move(sources).value()] { reply(check(sources)); },
            reply.client());
        if (!taken) reply(http::busy("too-many-checks", "Many policies are being checked", {}, 1));
      },
      {.body_bytes_max = limits::http_batch_bytes_max, .access = std::string{may_call::owner}});
  router.add(http::Method::get, "/v1/schema",
             [&service](Request& request, Reply const& reply) {
               if (!request.query.empty())
                 return reply(bad_query("there is nothing to ask for here"));
               auto const policy = service.policies.current();
               reply({.content_type = "application/schema+json",
                      .headers = {{"ETag", "\"" + policy->rules->revision + "\""}},
                      .body = policy->schema});
             },
             {.access = std::string{may_call::any_token}});
}

}  // namespace heed::api
