// POST /v1/decisions and /v1/preview: one case in, one decision out.
#include "server/api/admission.hpp"
#include "server/api/deciding.hpp"
#include "server/api/policy_text.hpp"
#include "server/api/together.hpp"
#include "server/http/problem.hpp"
#include "server/json/source.hpp"
#include "server/store/key_scope.hpp"
#include "server/store/sha256.hpp"

namespace heed::api {
namespace {

using http::Reply;
using http::Request;
using http::Response;

/// What the query asks for.
struct Wanted {
  std::string source;
  Explain explain = Explain::no;
};

/// A problem for what the query must not say; the policy's sources are named.
Expected<Wanted, Response> read_query(Request const& request, ActivePolicy const& policy) {
  Wanted wanted;
  for (auto const& [name, value] : request.query) {
    if (name == "source" && json::find_source(policy.rules->policy, value) != nullptr) {
      wanted.source = value;
    } else if (name == "source") {
      std::string known;
      for (auto const& source : policy.rules->policy.sources)
        known += (known.empty() ? "" : ", ") + source.name;
      return Failure<Response>{http::problem(400, "unknown-source", "The policy has no such source",
                                             "`" + value + "` is no source of the policy; it has " +
                                                 (known.empty() ? "none" : known))};
    } else if (name == "explain" && value == "full") {
      wanted.explain = Explain::full;
    } else if (name == "explain" && value == "none") {
      wanted.explain = Explain::no;
    } else {
      return Failure<Response>{http::problem(400, "bad-query", "The query is not understood",
                                             "`" + name + "=" + value +
                                                 "`: what can be asked for is `explain=full` and "
                                                 "`source=NAME`")};
    }
  }
  return wanted;
}

/// What tells one request with a key from another: path, query and body.
std::string fingerprint_of(Request const& request) {
  store::Sha256 hash;
  hash.add(request.path).add("\n");
  for (auto const& [name, value] : request.query) hash.add(name).add("=").add(value).add("&");
  hash.add("\n").add(request.body);
  auto const digest = hash.finish();
  return std::string{store::as_bytes(digest)};
}

/// Replies once the record is on disk.
void log_and_reply(Service& service, Decided decided, Reply const& reply) {
  auto answered = [&service, reply, answer = std::move(decided.answer)](
                      Expected<store::Appended, Error> const& appended) mutable {
    if (!appended) {
      bool const refused = appended.error().code == "log.key-reused";
      service.metrics.count(refused ? Metrics::Outcome::refused : Metrics::Outcome::not_logged);
      reply(refuse_unlogged(appended.error()));
      return;
    }
    bool const again = appended.value().written == store::Written::before;
    auto first =
        again ? first_answer(appended.value()) : Expected<std::string, Error>{std::move(answer)};
    if (!first) {
      service.metrics.count(Metrics::Outcome::refused);
      return reply(refuse_unlogged(first.error()));
    }
    service.metrics.count(again ? Metrics::Outcome::repeated : Metrics::Outcome::decided);
    Response response{.body = std::move(first).value()};
    response.headers.emplace_back("Heed-Sequence", std::to_string(appended.value().sequence));
    if (again) response.headers.emplace_back("Idempotency-Replayed", "true");
    reply(std::move(response));
  };
  append_together(service.log, std::move(decided.entry), std::move(answered));
}

void post_decision(Service& service, Request& request, Reply const& reply) {
  auto const policy = service.policies.current();
  auto const wanted = read_query(request, *policy);
  if (!wanted) return reply(wanted.error());
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
  if (auto const key = request.headers.find("Idempotency-Key")) {
    decided.value().entry.key = store::scoped_key(request.user, *key);
    decided.value().entry.request = fingerprint_of(request);
  }
  log_and_reply(service, std::move(decided).value(), reply);
}

Response preview(Service& service, ActivePolicy const& policy, Request const& request) {
  auto const wanted = read_query(request, policy);
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
      {.access = std::string{may_call::caller}, .lane = service.decisions});
  router.add(
      http::Method::post, "/v1/preview",
      [&service](Request& request, Reply const& reply) { post_preview(service, request, reply); },
      {.access = std::string{may_call::any_token}});
}

}  // namespace heed::api
