// GET /v1/decisions and /v1/decisions/{id}: the log.
#include <algorithm>

#include "server/api/admission.hpp"
#include "server/api/deciding.hpp"
#include "server/api/log_filter.hpp"
#include "server/api/query.hpp"
#include "server/api/record_text.hpp"
#include "server/api/sealing.hpp"
#include "server/api/shown_record.hpp"
#include "server/http/problem.hpp"
#include "server/store/kinds.hpp"

namespace heed::api {
namespace {

using http::Reply;
using http::Request;
using http::Response;

struct Asked {
  store::Filter filter;
  store::PageRequest page;
};

bool is_kind(std::string_view word) {
  return word == "all" || std::ranges::find(store::all_kinds(), word, &store::Kind::name) !=
                              store::all_kinds().end();
}

/// Decisions, unless other kinds of records are asked for.
Expected<Asked, Response> read_asked(Request const& request) {
  if (auto const once = check_asked_once(request); !once) return Failure<Response>{once.error()};
  Asked asked;
  asked.filter.kind = store::kinds::decision;
  for (auto const& [name, value] : request.query) {
    auto const taken = read_condition(asked.filter, name, value);
    if (!taken) return Failure<Response>{bad_query(taken.error())};
    if (taken.value()) continue;
    if (name == "kind" && is_kind(value)) {
      asked.filter.kind = value == "all" ? std::string{} : value;
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
      return Failure<Response>{bad_query("`" + name + "=" + value + "`: what can be asked for is " +
                                         std::string{filter_words} +
                                         ", limit, cursor, order=newest|oldest and kind: decision, "
                                         "policy, key, erasure, retention or all")};
    }
  }
  return asked;
}

Response list_records(store::Reader& reader, Asked const& asked, Sight sight) {
  auto page = reader.list(asked.filter, asked.page);
  if (!page) return refuse(page.error().code == "log.bad-cursor" ? 400 : 503, page.error());
  std::string body = "{\"records\":[";
  for (auto& record : page.value().records) {
    if (sight == Sight::opened) open_record(record);
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

/// The record's page in the language asked for, in both where none is.
Response page_of(store::Reader& reader, store::Record const& record, std::string const& language) {
  auto const shown = show_record(reader, record);
  if (!shown) return refuse(503, shown.error());
  Response response{.content_type = "text/html; charset=utf-8"};
  response.body = pages::record_page(shown.value(), page_languages(language, shown.value()));
  return response;
}

/// Whether an Accept header puts pages before JSON, as a browser's does.
bool wants_page(std::string_view accept) {
  auto const page = accept.find("text/html");
  auto const json = accept.find("application/json");
  return page != std::string_view::npos && (json == std::string_view::npos || page < json);
}

struct AskedRecord {
  std::string id, language = "both";
  bool as_page = false;
};

Expected<AskedRecord, Response> read_asked_record(Request const& request) {
  if (auto const once = check_asked_once(request); !once) return Failure<Response>{once.error()};
  AskedRecord asked{.id = std::string{http::parameter(request, "id")}};
  asked.as_page = wants_page(request.headers.find("Accept").value_or(""));
  for (auto const& [name, value] : request.query) {
    bool const is_language = value == "en" || value == "he" || value == "both";
    if (name != "lang" || !is_language)
      return Failure<Response>{
          bad_query("`" + name + "=" + value + "`: what can be asked for is lang=en|he|both")};
    asked.language = value;
  }
  return asked;
}

Response answer_record(store::Reader& reader, AskedRecord const& asked, Sight sight) {
  auto record = reader.find(asked.id);
  if (!record) return refuse(503, record.error());
  if (!record.value())
    return http::problem(404, "no-such-decision", "There is no such decision",
                         "no decision in the log has the id `" + asked.id + "`");
  if (sight == Sight::sealed) close_record(*record.value());
  if (!asked.as_page) open_record(*record.value());
  auto response = asked.as_page ? page_of(reader, *record.value(), asked.language)
                                : Response{.body = record_json(*record.value())};
  response.headers.emplace_back("Vary", "Accept");
  return response;
}

}  // namespace

void add_record_routes(http::Router& router, Service& service) {
  router.add(http::Method::get, "/v1/decisions",
             [&service](Request& request, Reply const& reply) {
               auto asked = read_asked(request);
               if (!asked) return reply(asked.error());
               auto const sight = sight_of(service, request);
               reply_later(service, reply, [&service, asked = std::move(asked).value(), sight] {
                 return list_records(service.reader, asked, sight);
               });
             },
             {.access = std::string{may_call::auditor}});
  router.add(http::Method::get, "/v1/decisions/{id}",
             [&service](Request& request, Reply const& reply) {
               auto asked = read_asked_record(request);
               if (!asked) return reply(asked.error());
               auto const sight = sight_of(service, request);
               reply_later(service, reply, [&service, asked = std::move(asked).value(), sight] {
                 return answer_record(service.reader, asked, sight);
               });
             },
             {.access = std::string{may_call::auditor}});
}

}  // namespace heed::api
