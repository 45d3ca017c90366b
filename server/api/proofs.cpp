// GET /v1/decisions/{id}/proof, /v1/log/checkpoint and /v1/log/consistency: for who need not
// believe us.
#include <charconv>
#include <optional>

#include "server/api/admission.hpp"
#include "server/api/deciding.hpp"
#include "server/api/proof_text.hpp"
#include "server/api/query.hpp"
#include "server/http/problem.hpp"

namespace heed::api {
namespace {

using http::Reply;
using http::Request;
using http::Response;

/// The signed head over every record that was answered before.
Expected<store::SignedHead, Response> present_head(Service& service) {
  if (auto const is_signed = service.log.sign(); !is_signed)
    return Failure<Response>{refuse(503, is_signed.error())};
  auto head = service.reader.signed_head();
  if (!head) return Failure<Response>{refuse(503, head.error())};
  return std::move(head).value();
}

Response answer(Expected<std::string, Error> proof) {
  if (proof) return {.body = std::move(proof).value()};
  return refuse(proof.error().code == "log.shorter" ? 409 : 503, proof.error());
}

Response show_proof(Service& service, std::string const& id) {
  auto const record = service.reader.find(id);
  if (!record) return refuse(503, record.error());
  if (!record.value())
    return http::problem(404, "no-such-decision", "There is no such decision",
                         "no decision in the log has the id `" + id + "`");
  auto const head = present_head(service);
  if (!head) return head.error();
  auto const proved = find_proved(service.reader, record.value()->sequence);
  if (!proved || !proved.value())
    return refuse(503, proved ? Error{"log.corrupt", "the record is gone", ""} : proved.error());
  return answer(inclusion_json(service.reader, *proved.value(), head.value()));
}

Response show_checkpoint(Service& service) {
  auto const head = present_head(service);
  if (!head) return head.error();
  return {.content_type = "text/plain; charset=utf-8", .body = head.value().note};
}

std::optional<std::int64_t> read_size(std::string_view text) {
  std::int64_t size = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), size);
  bool const whole = code == std::errc{} && end == text.data() + text.size();
  return whole && size >= 0 ? std::optional{size} : std::nullopt;
}

Response show_consistency(Service& service, std::int64_t from) {
  auto const head = present_head(service);
  if (!head) return head.error();
  return answer(consistency_json(service.reader, from, head.value()));
}

}  // namespace

void add_proof_routes(http::Router& router, Service& service) {
  router.add(http::Method::get, "/v1/decisions/{id}/proof",
             [&service](Request& request, Reply const& reply) {
               reply_later(service, reply,
                           [&service, id = std::string{http::parameter(request, "id")}] {
                             return show_proof(service, id);
                           });
             },
             {.access = std::string{may_call::auditor}});
  router.add(http::Method::get, "/v1/log/checkpoint",
             [&service](Request&, Reply const& reply) {
               reply_later(service, reply, [&service] { return show_checkpoint(service); });
             },
             {.access = std::string{may_call::any_token}});
  router.add(http::Method::get, "/v1/log/consistency",
             [&service](Request& request, Reply const& reply) {
               std::optional<std::int64_t> from;
               if (request.query.size() == 1 && request.query[0].name == "from")
                 from = read_size(request.query[0].value);
               if (!from)
                 return reply(
                     bad_query("`from` wants the number of records under an earlier head, "
                               "and there is nothing else to ask for"));
               reply_later(service, reply,
                           [&service, from] { return show_consistency(service, *from); });
             },
             {.access = std::string{may_call::any_token}});
}

}  // namespace heed::api
