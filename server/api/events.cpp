// POST /v1/events: what happened to customers. One event as application/json, or one a line as
// application/x-ndjson.
#include "server/api/admission.hpp"
#include "server/api/answer_lines.hpp"
#include "server/api/deciding.hpp"
#include "server/api/query.hpp"
#include "server/api/sealing.hpp"
#include "server/api/wanted.hpp"
#include "server/http/problem.hpp"
#include "server/json/history.hpp"
#include "server/json/problem.hpp"
#include "server/json/write.hpp"
#include "server/store/sha256.hpp"

namespace heed::api {
namespace {

using http::Reply;
using http::Request;
using http::Response;

store::Event make_event(Service& service, ActivePolicy const& policy,
                        json::PostedEvent const& posted) {
  auto const& declared = policy.rules->policy;
  store::Event event{.id = service.ids.next(service.clock().micros),
                     .event = declared.events[index(posted.happened.event)].name,
                     .subject = posted.subject,
                     .at_us = posted.happened.at.micros,
                     .fields = json::event_fields(declared, posted.happened),
                     .origin = "caller"};
  seal_event(event, policy.sealed);
  return event;
}

std::string answer_of(store::Appended const& appended, std::vector<std::string> const& ignored) {
  std::string body = "{\"id\":";
  http::append_json(body, appended.id);
  body += ",\"sequence\":" + std::to_string(appended.sequence) + ",\"recorded_at\":";
  http::append_json(body, Zone::utc().to_text(Instant{appended.recorded_at_us}));
  body += ",\"ignored\":";
  json::append_list(body, ignored);
  return body + "}";
}

/// What is wrong with an event: as with a case, under a name of its own.
Response refuse_event(json::CaseMistakes const& mistakes) {
  auto problem = json::to_problem(mistakes);
  if (mistakes.is_json && problem.status == 422) {
    problem.name = "event";
    problem.title = "the event does not fit the policy's vocabulary";
  }
  Response response{.status = problem.status, .content_type = "application/problem+json"};
  json::write_problem(response.body, problem);
  return response;
}

/// Reads an event, keeps it and answers once it is on disk.
void keep_event(Service& service, std::string_view json, std::string const& key,
                std::function<void(Response)> const& done) {
  auto const policy = service.policies.current();
  auto const posted = json::read_posted_event(policy->rules->policy, json, service.clock());
  if (!posted) return done(refuse_event(posted.error()));
  store::EventKey event_key;
  if (!key.empty()) {
    auto const digest = store::Sha256{}.add("/v1/events\n").add(json).finish();
    event_key = {key, std::string{store::as_bytes(digest)}};
  }
  auto answered =
      [done, ignored = posted.value().ignored](Expected<store::Appended, Error> const& appended) {
        if (!appended) return done(refuse_unlogged(appended.error()));
        Response response{.body = answer_of(appended.value(), ignored)};
        if (appended.value().written == store::Written::before)
          response.headers.emplace_back("Idempotency-Replayed", "true");
        done(std::move(response));
      };
  auto const queued = service.log.append(make_event(service, *policy, posted.value()),
                                         std::move(event_key), std::move(answered));
  if (!queued) done(refuse_unlogged(queued.error()));
}

/// The key that came with the request, whose query must be empty.
Expected<std::string, Response> read_request(Request const& request) {
  if (!request.query.empty())
    return Failure<Response>{bad_query("there is nothing to ask for here")};
  return read_key(request);
}

void post_event(Service& service, Request& request, Reply const& reply) {
  auto const key = read_request(request);
  if (!key) return reply(key.error());
  keep_event(service, request.body, key.value(), reply);
}

/// Each line has a key of its own, so that a batch that broke off can be sent again whole.
void post_events(Service& service, Request& request, Reply const& reply) {
  auto read = read_request(request);
  if (!read) return reply(read.error());
  reply(answer_lines(std::move(request.body),
                     [&service, key = std::move(read).value()](
                         std::string_view line, std::size_t number, Fill const& fill) {
                       keep_event(service, line, key_of_line(key, number),
                                  [fill](Response const& response) { fill(response.body); });
                     }));
}

}  // namespace

void add_event_routes(http::Router& router, Service& service) {
  router.add(
      http::Method::post, "/v1/events",
      [&service](Request& request, Reply const& reply) { post_event(service, request, reply); },
      {.takes = http::Bodies::json, .access = std::string{may_call::caller}});
  router.add(
      http::Method::post, "/v1/events",
      [&service](Request& request, Reply const& reply) { post_events(service, request, reply); },
      {.body_bytes_max = limits::http_batch_bytes_max,
       .content_types = {"application/x-ndjson"},
       .access = std::string{may_call::caller}});
}

}  // namespace heed::api
