// POST /v1/policies/{revision}/activate: another policy decides from here on.
#include <algorithm>

#include "server/api/admission.hpp"
#include "server/api/deciding.hpp"
#include "server/api/journal.hpp"
#include "server/api/policy_text.hpp"
#include "server/api/query.hpp"
#include "server/http/problem.hpp"
#include "server/json/write.hpp"

namespace heed::api {
namespace {

using http::Reply;
using http::Request;
using http::Response;

constexpr std::size_t failures_told = 100;

struct Asked {
  std::string revision;
  std::vector<std::string> instead_of;
  bool untested = false;
  Asker asker;
};

Failure<Response> bad_if_match(std::string_view field) {
  return {refuse(
      400, {"policies.bad-if-match", "If-Match is `" + std::string{field} + "`, which is no ETag",
            "send the ETag of `GET /v1/policies/active` with its quotes"})};
}

/// The revisions of an If-Match field: `"a"`, `"b"`. Weak ETags match nothing (RFC 9110, 13.1.1).
Expected<std::vector<std::string>, Response> read_if_match(std::string_view field) {
  std::vector<std::string> revisions;
  for (auto rest = field; !rest.empty();) {
    auto const comma = std::min(rest.find(','), rest.size());
    auto tag = rest.substr(0, comma);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    while (tag.starts_with(' ') || tag.starts_with('\t')) tag.remove_prefix(1);
    while (tag.ends_with(' ') || tag.ends_with('\t')) tag.remove_suffix(1);
    bool const is_weak = tag.starts_with("W/");
    if (is_weak) tag.remove_prefix(2);
    bool const is_tag = tag.size() >= 2 && tag.starts_with('"') && tag.ends_with('"');
    if (!is_tag) return bad_if_match(field);
    revisions.emplace_back(is_weak ? "weak" : tag.substr(1, tag.size() - 2));
  }
  if (revisions.empty()) return bad_if_match(field);
  return revisions;
}

Expected<Asked, Response> read_asked(Request const& request) {
  if (auto const once = check_asked_once(request); !once) return Failure<Response>{once.error()};
  Asked asked{.revision = std::string{http::parameter(request, "revision")},
              .instead_of = {},
              .asker = asker_of(request)};
  for (auto const& [name, value] : request.query) {
    if (name != "untested" || (value != "yes" && value != "no"))
      return Failure<Response>{
          bad_query("`" + name + "=" + value + "`: what can be said is `untested=yes`")};
    asked.untested = value == "yes";
  }
  auto const field = request.headers.find("If-Match");
  if (!field || *field == "*")
    return Failure<Response>{
        refuse(428, {"policies.if-match-missing",
                     "If-Match has to name the policy in whose place this one comes",
                     "send the ETag of `GET /v1/policies/active`, so that nobody's activation is "
                     "undone unseen"})};
  auto revisions = read_if_match(*field);
  if (!revisions) return Failure<Response>{revisions.error()};
  asked.instead_of = std::move(revisions).value();
  return asked;
}

std::string found_instead(TestResult const& test) {
  std::string text;
  for (auto const& expectation : test.expectations) {
    if (expectation.holds) continue;
    text += (text.empty() ? "expected " : "; expected ") + expectation.text;
    if (!expectation.found.empty()) text += ", found " + expectation.found;
  }
  return text;
}

Response refuse_failed(TestRun const& run, ActivePolicy const& policy, std::uint64_t failed) {
  std::vector<TestResult> failures;
  for (auto const& test : run.tests)
    if (!test.passed && failures.size() < failures_told) failures.push_back(test);
  std::string members = "\"passed\":" + std::to_string(run.tests.size() - failed) +
                        ",\"failed\":" + std::to_string(failed) + ",\"failures\":";
  json::append_each(members, failures, [&](TestResult const& test) {
    auto const& source = policy.sources.at(static_cast<std::size_t>(test.where.file));
    members += "{\"test\":";
    json::append_text(members, test.name);
    members += ",\"file\":";
    json::append_text(members, source.name);
    members +=
        ",\"line\":" + std::to_string(find_line_column(source.text, test.where.span.begin).line) +
        ",\"detail\":";
    json::append_text(members, found_instead(test));
    members += '}';
  });
  return http::problem(422, "policies-tests-failed", "The policy's own tests do not hold",
                       std::to_string(failed) +
                           " of its tests failed; mend the policy or its tests, or activate it "
                           "with `?untested=yes`, which the log records",
                       members);
}

Response refuse_activation(Error const& error) {
  if (error.code == "policies.four-eyes") return refuse(403, error);
  if (error.code == "policies.changed") return refuse(412, error);
  if (error.code == "policies.unknown") return refuse(404, error);
  return refuse_unlogged(error);
}

Response activate(Service& service, Asked const& asked) {
  auto const policy = service.desk.shelf.find(asked.revision);
  if (!policy) return refuse_policy(policy.error());
  auto const run = run_tests(*policy.value()->rules);
  auto const failed =
      static_cast<std::uint64_t>(std::ranges::count(run.tests, false, &TestResult::passed));
  if (failed > 0 && !asked.untested) return refuse_failed(run, *policy.value(), failed);
  store::ActivationRecord record;
  auto const taken = service.policies.take(policy.value(), [&](ActivePolicy const&) {
    auto activated = service.log.activate(
        {.id = service.ids.next(service.clock().micros),
         .revision = asked.revision,
         .instead_of = asked.instead_of,
         .way = store::ActivationWay::http,
         .tests = store::TestCounts{run.tests.size() - failed, failed, !asked.untested},
         .by = asked.asker.by,
         .trace = asked.asker.trace,
         .four_eyes = service.desk.four_eyes});
    if (!activated) return Expected<Done, Error>{Failure<Error>{activated.error()}};
    record = std::move(activated).value().record;
    return Expected<Done, Error>{Done{}};
  });
  if (!taken) return refuse_activation(taken.error());
  service.metrics.count_reload(Metrics::Reread::policy, true);
  say(Level::info, "policy_activated", "another policy decides",
      {{"revision", asked.revision}, {"by", asked.asker.by}});
  return {.headers = {{"ETag", etag_of(asked.revision)}}, .body = activation_json(record)};
}

void post_activate(Service& service, Request const& request, Reply const& reply) {
  if (service.desk.by_folder)
    return reply(
        refuse(409, {"policies.folder-decides", "this server's policy is the one in its folder",
                     "change the folder, or have the server started without `--policy`, "
                     "so that the store's active policy decides"}));
  auto asked = read_asked(request);
  if (!asked) return reply(asked.error());
  bool const taken = service.desk.worker->run(
      [&service, reply, asked = std::move(asked).value()] { reply(activate(service, asked)); },
      reply.client());
  if (!taken) reply(http::busy("too-many-checks", "Many policies are being checked", {}, 1));
}

}  // namespace

void add_activation_route(http::Router& router, Service& service) {
  router.add(
      http::Method::post, "/v1/policies/{revision}/activate",
      [&service](Request& request, Reply const& reply) { post_activate(service, request, reply); },
      {.access = std::string{may_call::owner}});
}

}  // namespace heed::api
