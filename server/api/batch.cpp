// POST /v1/decisions as application/x-ndjson: a case a line in, a decision a line out, in order.
#include "server/api/admission.hpp"
#include "server/api/answer_lines.hpp"
#include "server/api/deciding.hpp"
#include "server/api/together.hpp"

namespace heed::api {
namespace {

using http::Reply;
using http::Request;

void answer(Service& service, ActivePolicy const& policy, Asker const& asker, std::string_view line,
            Fill const& fill) {
  auto subject = read_subject(policy, line, {});
  if (!subject) {
    service.metrics.count(Metrics::Outcome::refused);
    return fill(refuse_case(subject.error()).body);
  }
  auto decided = decide_for_log(service, policy, *subject.value(), Explain::no, asker);
  if (!decided) {
    service.metrics.count(Metrics::Outcome::not_logged);
    return fill(refuse_unlogged(decided.error()).body);
  }
  auto logged = [&service, fill, answer = std::move(decided.value().answer)](
                    Expected<store::Appended, Error> const& appended) mutable {
    service.metrics.count(appended ? Metrics::Outcome::decided : Metrics::Outcome::not_logged);
    fill(appended ? std::move(answer) : refuse_unlogged(appended.error()).body);
  };
  append_together(service.log, std::move(decided.value().entry), std::move(logged));
}

void post_batch(Service& service, Request& request, Reply const& reply) {
  reply(answer_lines(std::move(request.body),
                     [&service, policy = service.policies.current(), asker = asker_of(request)](
                         std::string_view line, std::size_t, Fill const& fill) {
                       answer(service, *policy, asker, line, fill);
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
