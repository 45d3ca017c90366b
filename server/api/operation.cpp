// GET /healthz, /readyz, /metrics and /openapi.json: for whoever runs the server.
#include "server/api/admission.hpp"
#include "server/api/openapi.hpp"
#include "server/api/service.hpp"
#include "server/http/problem.hpp"

namespace heed::api {
namespace {

using http::Reply;
using http::Request;
using http::Response;

/// Ready to decide: the log could be written when it was last tried.
Response readiness(Service& service) {
  auto const status = service.log.status();
  if (status.failing)
    return http::problem(503, "not-ready", "The decision log cannot be written",
                         status.failing->message);
  std::string body = "{\"status\":\"ready\",\"policy\":";
  auto const policy = service.policies.current();
  http::append_json(body, policy->rules->policy.name);
  body += ",\"revision\":";
  http::append_json(body, policy->rules->revision);
  body += ",\"engine\":";
  http::append_json(body, service.engine.version);
  return {.body = body + "}"};
}

}  // namespace

void add_operation_routes(http::Router& router, Service& service) {
  router.add(http::Method::get, "/healthz",
             [](Request&, Reply const& reply) { reply({.body = R"({"status":"alive"})"}); },
             {.access = std::string{may_call::anyone}, .ration = http::Ration::free});
  router.add(http::Method::get, "/readyz",
             [&service](Request&, Reply const& reply) { reply(readiness(service)); },
             {.access = std::string{may_call::anyone}, .ration = http::Ration::free});
  router.add(http::Method::get, "/metrics",
             [&service](Request&, Reply const& reply) {
               reply({.content_type = "text/plain; version=0.0.4; charset=utf-8",
                      .body = service.metrics.render(service.gauges)});
             },
             {.access = std::string{may_call::any_token}});
  router.add(http::Method::get, "/openapi.json",
             [](Request&, Reply const& reply) {
               reply({.content_type = "application/json", .body = std::string{openapi_text()}});
             },
             {.access = std::string{may_call::anyone}, .ration = http::Ration::free});
}

http::Router make_router(Service& service) {
  http::Router router;
  add_decision_routes(router, service);
  add_batch_route(router, service);
  add_event_routes(router, service);
  add_subject_routes(router, service);
  add_record_routes(router, service);
  add_proof_routes(router, service);
  add_policy_routes(router, service);
  add_shelf_routes(router, service);
  add_activation_route(router, service);
  add_compare_route(router, service);
  add_operation_routes(router, service);
  return router;
}

Instant system_now() {
  return Instant{store::system_now_us()};
}

}  // namespace heed::api
