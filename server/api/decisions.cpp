// POST /v1/decisions and /v1/preview: one case in, one decision out.
#include "server/api/admission.hpp"
#include "server/api/deciding.hpp"
#include "server/api/policy_text.hpp"
#include "server/api/query.hpp"
#include "server/api/together.hpp"
#include "server/api/wanted.hpp"
#include "server/http/problem.hpp"

namespace heed::api {
namespace {

using http::Reply;
using http::Request;
using http::Response;

/// Replies once the record is on disk.
void log_and_reply(Service& service, Decided decided, Reply const& reply) {
  auto answered = [&service, reply, answer = std::move(decided.answer)](
                      Expected<store::Appended, Error> const& appended) mutable {
    auto body = settle(service, appended, std::move(answer));
    if (!body) return reply(refuse_unlogged(body.error()));
    Response response{.body = std::move(body).value()};
    response.headers.emplace_back("Heed-Sequence", std::to_string(appended.value().sequence));
    if (appended.value().written == store::Written::before)
      response.headers.emplace_back("Idempotency-Replayed", "true");
    reply(std::move(response));
  };
  append_together(service.log, std::move(decided.entry), std::move(answered));
}

void post_decision(Service& service, Request& request, Reply const& reply) {
  auto const policy = service.policies.current();
  auto const wanted = read_wanted(request, *policy);
  if (!wanted) return reply(wanted.error());
  auto key = read_key(request);
  if (!key) return reply(key.error());
  auto subject = read_subject(*policy, request.body, wanted.value().source);
  if (!subject) {
    service.metrics.count(Metrics::Outcome::refused);
    return reply(refuse_case(subject.error()));
  }
  auto decided =
      decide_for_log(service, *policy, *subject.value(), wanted.value().explain, asker_of(request));
  if (!decided) {
    service.metrics.count(Metrics::Outcome::not_logged);
    return reply(refuse_unlogged(decided.error()));
  }
  if (!key.value().empty()) {
    decided.value().entry.key = std::move(key).value();
    decided.value().entry.request = fingerprint_of(head_of(request), request.body);
  }
  log_and_reply(service, std::move(decided).value(), reply);
}

Response preview(Service& service, ActivePolicy const& policy, Request const& request) {
  auto const wanted = read_wanted(request, policy);
  if (!wanted) return wanted.error();
  auto subject = read_subject(policy, request.body, wanted.value().source);
  if (!subject) return refuse_case(subject.error());
  auto decided = decide_for_preview(service, policy, *subject.value(), wanted.value().explain);
  if (!decided) return refuse_unlogged(decided.error());
  return {.body = std::move(decided).value()};
}

/// Takes `revision` out of the query: the policy to decide by; empty where it is the active one.
std::string take_revision(Request& request, ActivePolicy const& active) {
  std::string revision;
  std::erase_if(request.query, [&](http::Item const& item) {
    if (item.name == "revision") revision = item.value;
    return item.name == "revision";
  });
  bool const is_active = revision == "active" || revision == active.rules->revision;
  return is_active ? std::string{} : revision;
}

void post_preview(Service& service, Request& request, Reply const& reply) {
  if (auto const once = check_asked_once(request); !once) return reply(once.error());
  auto const active = service.policies.current();
  auto const revision = take_revision(request, *active);
  if (revision.empty()) return reply(preview(service, *active, request));
  bool const taken = service.desk.worker->run(
      [&service, reply, revision, &request] {
        auto const policy = service.desk.shelf.find(revision);
        reply(policy ? preview(service, *policy.value(), request) : refuse_policy(policy.error()));
      },
      reply.client());
  if (!taken) reply(http::busy("too-many-checks", "Many policies are being checked", {}, 1));
}

}  // namespace

void add_decision_routes(http::Router& router, Service& service) {
  router.add(
      http::Method::post, "/v1/decisions",
      [&service](Request& request, Reply const& reply) { post_decision(service, request, reply); },
      {.takes = http::Bodies::json,
       .access = std::string{may_call::caller},
       .lane = service.decisions});
  router.add(
      http::Method::post, "/v1/preview",
      [&service](Request& request, Reply const& reply) { post_preview(service, request, reply); },
      {.takes = http::Bodies::json, .access = std::string{may_call::any_token}});
}

}  // namespace heed::api
