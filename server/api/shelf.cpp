// GET and PUT /v1/policies, GET /v1/policies/{revision} and /v1/policies/active: the store's
// policies, drafts among them.
#include <charconv>

#include "server/api/admission.hpp"
#include "server/api/deciding.hpp"
#include "server/api/policy_sources.hpp"
#include "server/api/policy_text.hpp"
#include "server/api/query.hpp"
#include "server/http/problem.hpp"
#include "server/store/policy_list.hpp"
#include "server/store/revision.hpp"

namespace heed::api {
namespace {

using http::Reply;
using http::Request;
using http::Response;

struct Asked {
  std::size_t limit = 50;
  std::int64_t before = 0;
};

std::optional<std::int64_t> read_cursor(std::string_view text) {
  std::int64_t place = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), place);
  bool const whole = code == std::errc{} && end == text.data() + text.size();
  return whole && place > 0 ? std::optional{place} : std::nullopt;
}

Expected<Asked, Response> read_asked(Request const& request) {
  if (auto const once = check_asked_once(request); !once) return Failure<Response>{once.error()};
  Asked asked;
  for (auto const& [name, value] : request.query) {
    auto const limit = name == "limit" ? read_limit(value) : std::nullopt;
    auto const cursor = name == "cursor" ? read_cursor(value) : std::nullopt;
    if (limit)
      asked.limit = *limit;
    else if (cursor)
      asked.before = *cursor;
    else
      return Failure<Response>{bad_query("`" + name + "=" + value +
                                         "`: what can be asked for is the `cursor` that a page "
                                         "ended with, and `limit` from 1 to " +
                                         std::to_string(limits::log_page_records_max))};
  }
  return asked;
}

Response list(store::Reader& reader, Asked const& asked) {
  auto const held = reader.hold();
  auto const page = store::list_policies(held.database, asked.before, asked.limit);
  if (!page) return refuse(503, page.error());
  std::string body = "{\"policies\":[";
  for (auto const& listed : page.value().policies) {
    if (body.back() != '[') body += ',';
    body += open_policy_json(listed) + '}';
  }
  auto const next = page.value().next;
  body += "],\"next\":" + (next == 0 ? "null" : '"' + std::to_string(next) + '"') + '}';
  return {.body = std::move(body)};
}

Expected<store::ListedPolicy, Response> find(store::Reader& reader, std::string const& revision) {
  auto const held = reader.hold();
  auto found = store::show_policy(held.database, revision);
  if (!found) return Failure<Response>{refuse(503, found.error())};
  if (!found.value())
    return Failure<Response>{
        refuse(404, {"policies.unknown", "no policy of revision `" + revision + "` is stored",
                     "`GET /v1/policies` lists those that are"})};
  return std::move(*found.value());
}

Response show(store::Reader& reader, std::string const& revision) {
  auto const found = find(reader, revision);
  if (!found) return found.error();
  return {.headers = {{"ETag", etag_of(revision)}}, .body = open_policy_json(found.value()) + '}'};
}

void get_policy(Service& service, Request const& request, std::string revision,
                Reply const& reply) {
  if (!request.query.empty()) return reply(bad_query("there is nothing to ask for here"));
  reply_later(service, reply, [&service, revision = std::move(revision)] {
    return show(service.reader, revision);
  });
}

/// Checks a policy whole and stores it as a draft; it decides nothing until it is activated.
Response put(Service& service, std::vector<SourceText> const& sources, std::string const& by) {
  auto const revision = store::revision_of(sources);
  auto const loaded = load_whole(sources, revision, Analyses::run);
  auto const members = findings_members(loaded, revision, sources);
  if (!loaded.rules)
    return refuse_mistakes("nothing was stored; `findings` tells every mistake", members);
  if (!decides_something(*loaded.rules))
    return refuse(422, {"policies.no-rules",
                        "there is no rule in the policy: each decision by it would be empty",
                        "put the files of the whole policy together"});
  auto const known = service.reader.policy(revision);
  if (!known) return refuse(503, known.error());
  auto const stored = service.log.put_policy(revision, loaded.rules->policy.name, sources, by);
  if (!stored) return refuse_unlogged(stored.error());
  auto found = find(service.reader, revision);
  if (!found) return found.error();
  auto listed = std::move(found).value();
  listed.policy.sources.clear();
  return {.status = known.value() ? 200 : 201,
          .headers = {{"ETag", etag_of(revision)}, {"Location", "/v1/policies/" + revision}},
          .body = open_policy_json(listed) + members.substr(members.find(",\"findings\":")) + '}'};
}

void put_policy(Service& service, Request const& request, Reply const& reply) {
  if (!request.query.empty()) return reply(bad_query("there is nothing to ask for here"));
  auto sources = read_sources(request);
  if (!sources) return reply(sources.error());
  if (auto const named = check_names(sources.value()); !named)
    return reply(refuse(422, named.error()));
  bool const taken = service.desk.worker->run(
      [&service, reply, by = request.user, sources = std::move(sources).value()] {
        reply(put(service, sources, by));
      },
      reply.client());
  if (!taken) reply(http::busy("too-many-checks", "Many policies are being checked", {}, 1));
}

}  // namespace

void add_shelf_routes(http::Router& router, Service& service) {
  http::RouteOptions const reading{.access = std::string{may_call::owner_or_auditor}};
  router.add(
      http::Method::get, "/v1/policies",
      [&service](Request& request, Reply const& reply) {
        auto asked = read_asked(request);
        if (!asked) return reply(asked.error());
        reply_later(service, reply,
                    [&service, asked = asked.value()] { return list(service.reader, asked); });
      },
      reading);
  router.add(
      http::Method::get, "/v1/policies/active",
      [&service](Request& request, Reply const& reply) {
        get_policy(service, request, service.policies.current()->rules->revision, reply);
      },
      reading);
  router.add(
      http::Method::get, "/v1/policies/{revision}",
      [&service](Request& request, Reply const& reply) {
        get_policy(service, request, std::string{http::parameter(request, "revision")}, reply);
      },
      reading);
  router.add(
      http::Method::put, "/v1/policies",
      [&service](Request& request, Reply const& reply) { put_policy(service, request, reply); },
      {.body_bytes_max = limits::file_bytes_max, .access = std::string{may_call::owner}});
}

}  // namespace heed::api
