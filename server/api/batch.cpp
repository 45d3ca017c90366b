// POST /v1/decisions as application/x-ndjson: a case a line in, a decision a line out, in order.
#include "server/api/admission.hpp"
#include "server/api/answer_lines.hpp"
#include "server/api/deciding.hpp"
#include "server/api/together.hpp"
#include "server/api/wanted.hpp"

namespace heed::api {
namespace {

using http::Reply;
using http::Request;

/// A batch: what holds for each of its lines.
struct Batch {
  std::shared_ptr<ActivePolicy const> policy;
  Wanted wanted;
  Asker asker;
  std::string key, head;  // of the whole; see key_of_line and fingerprint_of
};

/// A line and its place, from 1.
struct Line {
  std::string_view text;
  std::size_t number;
};

void answer(Service& service, Batch const& batch, Line const& line, Fill const& fill) {
  auto const& policy = *batch.policy;
  auto subject = read_subject(policy, line.text, batch.wanted.source);
  if (!subject) {
    service.metrics.count(Metrics::Outcome::refused);
    return fill(refuse_case(subject.error()).body);
  }
  auto decided =
      decide_for_log(service, policy, *subject.value(), batch.wanted.explain, batch.asker);
  if (!decided) {
    service.metrics.count(Metrics::Outcome::not_logged);
    return fill(refuse_unlogged(decided.error()).body);
  }
  auto& entry = decided.value().entry;
  entry.key = key_of_line(batch.key, line.number);
  if (!entry.key.empty()) entry.request = fingerprint_of(batch.head, line.text);
  auto logged = [&service, fill, answer = std::move(decided.value().answer)](
                    Expected<store::Appended, Error> const& appended) mutable {
    auto body = settle(service, appended, std::move(answer));
    fill(body ? std::move(body).value() : refuse_unlogged(body.error()).body);
  };
  append_together(service.log, std::move(entry), std::move(logged));
}

void post_batch(Service& service, Request& request, Reply const& reply) {
  auto policy = service.policies.current();
  auto wanted = read_wanted(request, *policy);
  if (!wanted) return reply(wanted.error());
  auto key = read_key(request);
  if (!key) return reply(key.error());
  Batch batch{std::move(policy), std::move(wanted).value(), asker_of(request),
              std::move(key).value(), head_of(request)};
  reply(answer_lines(std::move(request.body),
                     [&service, batch = std::move(batch)](std::string_view text, std::size_t number,
                                                          Fill const& fill) {
                       answer(service, batch, {text, number}, fill);
                     }));
}

}  // namespace

void add_batch_route(http::Router& router, Service& service) {
  router.add(
      http::Method::post, "/v1/decisions",
      [&service](Request& request, Reply const& reply) { post_batch(service, request, reply); },
      {.body_bytes_max = limits::http_batch_bytes_max,
       .content_types = {"application/x-ndjson"},
       .access = std::string{may_call::caller},
       .lane = service.decisions,
       .lane_weight = lines_in_a_piece});
}

}  // namespace heed::api
