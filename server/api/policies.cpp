// POST /v1/policies/check and GET /v1/schema.
#include "server/api/admission.hpp"
#include "server/api/deciding.hpp"
#include "server/http/problem.hpp"
#include "server/json/diagnostics.hpp"
#include "server/json/document.hpp"
#include "server/store/revision.hpp"

namespace heed::api {
namespace {

using http::Reply;
using http::Request;
using http::Response;

Failure<Response> bad_sources(std::string const& detail) {
  return {http::problem(400, "bad-policy", "The body holds no policy", detail)};
}

/// `{"files": [{"name": "needs.heed", "text": "…"}]}`, or the text of one file.
Expected<std::vector<SourceText>, Response> read_sources(Request const& request) {
  if (http::media_type(request) != "application/json")
    return std::vector<SourceText>{{"policy.heed", request.body}};
  auto const document = json::read_document(request.body, limits::http_batch_bytes_max);
  if (!document) return bad_sources(document.error().message);
  auto const* const files = json::find_member(document.value(), "files");
  if (files == nullptr || files->form != json::Node::Form::list || files->items.empty())
    return bad_sources(
        "expected `{\"files\": [{\"name\": \"…\", \"text\": \"…\"}]}`, or the text of one "
        "file as text/plain");
  std::vector<SourceText> sources;
  for (auto const& file : files->items) {
    auto const* const name = json::find_member(file, "name");
    auto const* const text = json::find_member(file, "text");
    bool const whole = name != nullptr && text != nullptr && name->form == json::Node::Form::text &&
                       text->form == json::Node::Form::text;
    if (!whole) return bad_sources("each of `files` has a `name` and a `text`");
    if (text->text.size() > limits::file_bytes_max) return bad_sources("a file is too large");
    sources.push_back({name->text, text->text});
  }
  return sources;
}

Response check(std::vector<SourceText> const& sources) {
  auto const revision = store::revision_of(sources);
  auto const loaded = load(sources, revision, Analyses::run);
  std::string body = "{\"valid\":";
  body += loaded.rules ? "true" : "false";
  body += ",\"revision\":";
  http::append_json(body, revision);
  body += ",\"findings\":";
  json::write_diagnostics(body, loaded.diagnostics, sources, loaded.silenced);
  body += '}';
  return {.body = std::move(body)};
}

}  // namespace

void add_policy_routes(http::Router& router, Service& service) {
  router.add(
      http::Method::post, "/v1/policies/check",
      [&service](Request& request, Reply const& reply) {
        auto sources = read_sources(request);
        if (!sources) return reply(sources.error());
        bool const taken = service.worker.run(
            [reply, sources = std::move(sources).value()] { reply(check(sources)); });
        if (!taken) reply(http::busy("too-many-checks", "Many policies are being checked", {}, 1));
      },
      {.body_bytes_max = limits::http_batch_bytes_max, .access = std::string{may_call::owner}});
  router.add(http::Method::get, "/v1/schema",
             [&service](Request&, Reply const& reply) {
               auto const policy = service.policies.current();
               reply({.content_type = "application/schema+json",
                      .headers = {{"ETag", "\"" + policy->rules->revision + "\""}},
                      .body = policy->schema});
             },
             {.access = std::string{may_call::any_token}});
}

}  // namespace heed::api
