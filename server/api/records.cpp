// GET /v1/decisions and /v1/decisions/{id}: the log.
#include "server/api/admission.hpp"
#include "server/api/deciding.hpp"
#include "server/api/query.hpp"
#include "server/api/record_text.hpp"
#include "server/http/problem.hpp"

namespace heed::api {
namespace {

using http::Reply;
using http::Request;
using http::Response;

struct Asked {
  store::Filter filter;
  store::PageRequest page;
};

/// The filter's text of this name; null where it is none.
std::string* text_of(store::Filter& filter, std::string_view name) {
  if (name == "subject") return &filter.subject;
  if (name == "need") return &filter.need;
  if (name == "need_state") return &filter.need_state;
  if (name == "rule") return &filter.rule;
  if (name == "action") return &filter.action;
  if (name == "escalation") return &filter.role;
  if (name == "revision") return &filter.revision;
  return nullptr;
}

Expected<Asked, Response> read_asked(Request const& request) {
  Asked asked;
  for (auto const& [name, value] : request.query) {
    if (auto* const text = text_of(asked.filter, name)) {
      *text = value;
    } else if (name == "from" || name == "until") {
      auto const at = Zone::utc().parse(value);
      if (!at)
        return Failure<Response>{bad_query("`" + name +
                                           "` wants a time such as "
                                           "2026-11-22T10:15:00+02:00, not `" +
                                           value + "`")};
      (name == "from" ? asked.filter.from_us : asked.filter.until_us) = at->micros;
    } else if (name == "limit") {
      auto const limit = read_limit(value);
      if (!limit)
        return Failure<Response>{bad_query("`limit` wants a number from 1 to " +
                                           std::to_string(limits::log_page_records_max))};
      asked.page.limit = *limit;
    } else if (name == "cursor") {
      asked.page.cursor = value;
    } else if (name == "order" && (value == "newest" || value == "oldest")) {
      asked.page.order =
          value == "newest" ? store::Order::newest_first : store::Order::oldest_first;
    } else {
      return Failure<Response>{bad_query("`" + name + "=" + value +
                                         "`: what can be asked for is subject, need, need_state, "
                                         "rule, action, escalation, revision, "
                                         "from, until, limit, cursor and order=newest|oldest")};
    }
  }
  return asked;
}

Response list_records(store::Reader& reader, Asked const& asked) {
  auto const page = reader.list(asked.filter, asked.page);
  if (!page) return refuse(page.error().code == "log.bad-cursor" ? 400 : 503, page.error());
  std::string body = "{\"records\":[";
  for (auto const& record : page.value().records) {
    if (body.back() != '[') body += ',';
    body += record_json(record);
  }
  body += "],\"next\":";
  if (page.value().next.empty())
    body += "null";
  else
    http::append_json(body, page.value().next);
  return {.body = body + "}"};
}

Response show_record(store::Reader& reader, std::string const& id) {
  auto const record = reader.find(id);
  if (!record) return refuse(503, record.error());
  if (!record.value())
    return http::problem(404, "no-such-decision", "There is no such decision",
                         "no decision in the log has the id `" + id + "`");
  return {.body = record_json(*record.value())};
}

}  // namespace

void add_record_routes(http::Router& router, Service& service) {
  router.add(http::Method::get, "/v1/decisions",
             [&service](Request& request, Reply const& reply) {
               auto asked = read_asked(request);
               if (!asked) return reply(asked.error());
               reply_later(service, reply, [&service, asked = std::move(asked).value()] {
                 return list_records(service.reader, asked);
               });
             },
             {.access = std::string{may_call::auditor}});
  router.add(http::Method::get, "/v1/decisions/{id}",
             [&service](Request& request, Reply const& reply) {
               reply_later(service, reply,
                           [&service, id = std::string{http::parameter(request, "id")}] {
                             return show_record(service.reader, id);
                           });
             },
             {.access = std::string{may_call::auditor}});
}

}  // namespace heed::api
