#include "server/http/judge.hpp"

#include <algorithm>
#include <string>

#include "engine/base/expected.hpp"
#include "server/http/problem.hpp"
#include "server/http/target.hpp"

namespace heed::http {
namespace {

Judgement refuse_and_close(Response refusal) {
  Judgement judgement;
  judgement.refusal = std::move(refusal);
  judgement.close = true;
  return judgement;
}

/// A coding that we do not undo, or one that hides where the body ends, must not pass: a proxy
/// before us could see another request than we do.
std::optional<Response> refuse_framing(Request const& request, Head const& head) {
  auto const length = request.headers.find("Content-Length");
  if (length &&
      (request.headers.count("Content-Length") > 1 || length->find(',') != length->npos)) {
    return problem(400, "bad-request", "the request is malformed",
                   "there must be one Content-Length");
  }
  auto const coding = request.headers.find("Transfer-Encoding");
  if (!coding) return std::nullopt;
  if (head.version == Version::http_1_0) {
    return problem(400, "bad-request", "the request is malformed",
                   "HTTP/1.0 has no Transfer-Encoding");
  }
  if (request.headers.count("Transfer-Encoding") == 1 && head.chunked &&
      equal_folded(*coding, "chunked")) {
    return std::nullopt;
  }
  return problem(501, "transfer-coding", "the body is coded in a way that is not supported",
                 "the only transfer coding is `chunked`");
}

/// The name in an authority, without its port: "[::1]:8080" has "[::1]". Empty where what follows
/// the name is no port: `localhost:80@evil.example` must not be taken for localhost.
std::string_view host_name(std::string_view authority) {
  auto const end = authority.starts_with('[') ? authority.find(']') + 1
                                              : std::min(authority.find(':'), authority.size());
  auto const name = authority.substr(0, end);
  auto const rest = authority.substr(name.size());
  bool const is_port = rest.empty() || (rest.starts_with(':') &&
                                        rest.find_first_not_of("0123456789", 1) == rest.npos);
  return is_port ? name : std::string_view{};
}

std::optional<Response> refuse_host(Request const& request, Head const& head,
                                    std::string_view authority, Options const& options) {
  auto const count = request.headers.count("Host");
  if (count > 1 || (count == 0 && head.version == Version::http_1_1)) {
    return problem(400, "bad-host", "the request must have one Host field",
                   count == 0 ? "there is none" : "there are several");
  }
  if (count == 0 && authority.empty()) return std::nullopt;
  auto const name = host_name(authority);
  auto const is_name = [&](std::string const& host) { return equal_folded(host, name); };
  if (options.hosts.empty() ? !name.empty() : std::ranges::any_of(options.hosts, is_name)) {
    return std::nullopt;
  }
  return problem(421, "wrong-host", "this server does not answer for that host",
                 std::string{"the host was `"}.append(authority).append("`"));
}

/// A browser tells the page's origin with whatever could change something. Only our own pages,
/// those of the host that was asked, and those named by the operator may.
std::optional<Response> refuse_origin(Request const& request, std::string_view authority,
                                      Options const& options) {
  auto const origin = request.headers.find("Origin");
  if (!origin) return std::nullopt;
  auto const scheme_end = origin->find("://");
  bool const is_ours = scheme_end != std::string_view::npos && !authority.empty() &&
                       equal_folded(origin->substr(scheme_end + 3), authority) &&
                       (!options.tls || equal_folded(origin->substr(0, scheme_end), "https"));
  auto const is_origin = [&](std::string const& own) { return equal_folded(own, *origin); };
  if (request.headers.count("Origin") == 1 &&
      (is_ours || std::ranges::any_of(options.origins, is_origin))) {
    return std::nullopt;
  }
  return problem(403, "foreign-origin", "pages of other origins may not ask here",
                 std::string{"the origin was `"}.append(*origin).append("`"));
}

void judge_access(Judgement& judgement, Request& request, Options const& options) {
  if (judgement.route == nullptr || !options.admit) return;
  judgement.refusal = options.admit(request, judgement.route->options.access);
  if (!judgement.refusal) return;
  judgement.route = nullptr;
  judgement.body_bytes_max = limits::http_body_bytes_max;
}

void judge_expectation(Judgement& judgement, Request const& request, Head const& head) {
  auto const expect = request.headers.find("Expect");
  if (!expect || head.version == Version::http_1_0) return;
  if (!equal_folded(*expect, "100-continue")) {
    judgement = refuse_and_close(problem(417, "expectation", "the expectation cannot be met",
                                         "the only one is `100-continue`"));
    return;
  }
  bool const has_body = head.chunked || head.content_length.value_or(0) > 0;
  judgement.wants_continue = has_body && judgement.route != nullptr;
  if (has_body && judgement.refusal) judgement.close = true;
}

}  // namespace

Judgement judge(Request& request, Head const& head, Options const& options, Router const& router) {
  request.method = method_of(head.method);
  if (auto refusal = refuse_framing(request, head)) return refuse_and_close(std::move(*refusal));
  auto const finding = read_target(request, head.target);
  if (!finding.mistake.empty()) {
    return refuse_and_close(
        problem(400, "bad-request", "the request is malformed", finding.mistake));
  }
  std::string_view authority = finding.authority;
  if (authority.empty()) authority = request.headers.find("Host").value_or(std::string_view{});
  if (auto refusal = refuse_host(request, head, authority, options)) {
    return refuse_and_close(std::move(*refusal));
  }
  Judgement judgement;
  judgement.body_bytes_max = limits::http_body_bytes_max;
  if (auto refusal = refuse_origin(request, authority, options)) {
    judgement.refusal = std::move(*refusal);
  } else if (request.method == Method::other) {
    judgement.refusal = problem(501, "unknown-method", "the method is not known here");
  } else {
    auto found = router.find(request);
    std::visit(overloaded{[&](Route const* route) { judgement.route = route; },
                          [&](Response& answer) { judgement.refusal = std::move(answer); }},
               found);
  }
  if (judgement.route != nullptr) {
    judgement.body_bytes_max = judgement.route->options.body_bytes_max;
  }
  judge_access(judgement, request, options);
  if (head.content_length.value_or(0) > judgement.body_bytes_max) {
    if (judgement.refusal) {
      judgement.close = true;
    } else {
      return refuse_and_close(body_too_large(judgement.body_bytes_max));
    }
  }
  judge_expectation(judgement, request, head);
  return judgement;
}

}  // namespace heed::http
