// GET /v1/subjects/{subject}: one view of a customer; DELETE: what is sealed of them is erased.
#include "engine/base/expected.hpp"
#include "server/api/admission.hpp"
#include "server/api/deciding.hpp"
#include "server/api/query.hpp"
#include "server/api/record_text.hpp"
#include "server/api/sealing.hpp"
#include "server/http/problem.hpp"

namespace heed::api {
namespace {

using http::Reply;
using http::Request;
using http::Response;

struct Asked {
  std::string subject;
  std::size_t limit = 50;
  std::string cursor;
};

Expected<Asked, Response> read_asked(Request const& request) {
  if (auto const once = check_asked_once(request); !once) return Failure<Response>{once.error()};
  Asked asked{std::string{http::parameter(request, "subject")}};
  for (auto const& [name, value] : request.query) {
    auto const limit = name == "limit" ? read_limit(value) : std::nullopt;
    if (limit)
      asked.limit = *limit;
    else if (name == "cursor")
      asked.cursor = value;
    else
      return Failure<Response>{bad_query("`" + name + "=" + value +
                                         "`: what can be asked for is cursor, and limit from "
                                         "1 to " +
                                         std::to_string(limits::log_page_records_max))};
  }
  return asked;
}

std::string entry_json(store::StoredEvent const& stored) {
  auto const& event = stored.event;
  std::string out = "{\"kind\":\"event\",\"sequence\":" + std::to_string(stored.sequence);
  auto const add = [&out](std::string_view name, std::string_view text) {
    out.append(",\"").append(name).append("\":");
    http::append_json(out, text);
  };
  add("id", event.id);
  add("event", event.event);
  add("subject", event.subject);
  add("at", Zone::utc().to_text(Instant{event.at_us}));
  add("recorded_at", Zone::utc().to_text(Instant{stored.recorded_at_us}));
  add("origin", event.origin);
  return out + ",\"fields\":" + (event.fields.empty() ? "null" : event.fields) + "}";
}

Response show_subject(Service& service, Asked const& asked, Sight sight) {
  auto page = service.reader.subject(asked.subject, asked.limit, asked.cursor);
  if (!page) return refuse(page.error().code == "log.bad-cursor" ? 400 : 503, page.error());
  std::string body = "{\"subject\":";
  http::append_json(body, asked.subject);
  body += ",\"entries\":[";
  for (auto& entry : page.value().entries) {
    if (body.back() != '[') body += ',';
    body += std::visit(overloaded{[&](store::StoredEvent& event) {
                                    if (sight == Sight::opened) open_event(event);
                                    return entry_json(event);
                                  },
                                  [&](store::Record& record) {
                                    if (sight == Sight::opened) open_record(record);
                                    return record_json(record);
                                  }},
                       entry);
  }
  body += "],\"next\":";
  if (page.value().next.empty())
    body += "null";
  else
    http::append_json(body, page.value().next);
  return {.body = body + "}"};
}

Response erase_subject(Service& service, store::Erasure const& erasure) {
  auto const erased = service.log.erase(erasure);
  if (!erased) {
    bool const is_nothing = erased.error().code == "erase.nothing";
    return refuse(is_nothing ? 404 : 503, erased.error());
  }
  std::string body = "{\"subject\":";
  http::append_json(body, erasure.subject);
  body += ",\"id\":\"" + erasure.id + "\",\"sequence\":" + std::to_string(erased.value().sequence) +
          ",\"records\":" + std::to_string(erased.value().records) +
          ",\"events\":" + std::to_string(erased.value().events) + ",\"cleared\":";
  return {.body = body + (erased.value().is_cleared ? "true}" : "false}")};
}

}  // namespace

void add_subject_routes(http::Router& router, Service& service) {
  router.add(http::Method::get, "/v1/subjects/{subject}",
             [&service](Request& request, Reply const& reply) {
               auto asked = read_asked(request);
               if (!asked) return reply(asked.error());
               auto const sight = sight_of(service, request);
               reply_later(service, reply, [&service, asked = std::move(asked).value(), sight] {
                 return show_subject(service, asked, sight);
               });
             },
             {.access = std::string{may_call::caller}});
  router.add(http::Method::remove, "/v1/subjects/{subject}",
             [&service](Request& request, Reply const& reply) {
               if (!request.query.empty()) return reply(bad_query("there is nothing to ask for"));
               store::Erasure erasure{.subject = std::string{http::parameter(request, "subject")},
                                      .record = {},
                                      .by = request.user,
                                      .trace = request.trace_id,
                                      .id = service.ids.next(service.clock().micros)};
               reply_later(service, reply, [&service, erasure = std::move(erasure)] {
                 return erase_subject(service, erasure);
               });
             },
             {.access = std::string{may_call::admin}});
}

}  // namespace heed::api
