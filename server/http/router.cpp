#include "server/http/router.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "engine/base/ensure.hpp"
#include "engine/base/expected.hpp"
#include "server/http/problem.hpp"

namespace heed::http {
namespace {

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.starts_with('{') && segment.ends_with('}');
}

std::vector<std::string> split(std::string_view pattern) {
  std::vector<std::string> segments;
  pattern.remove_prefix(1);
  while (!pattern.empty()) {
    auto const end = std::min(pattern.find('/'), pattern.size());
    segments.emplace_back(pattern.substr(0, end));
    pattern.remove_prefix(std::min(end + 1, pattern.size()));
  }
  return segments;
}

bool matches(Route const& route, Request const& request) {
  if (request.path == "*") return false;
  return std::ranges::equal(route.segments, request.segments,
                            [](std::string const& pattern, std::string const& given) {
                              return is_parameter(pattern) ? !given.empty() : pattern == given;
                            });
}

/// True where a pattern is more special than another: the first place where they differ in kind.
bool goes_before(Route const& left, Route const& right) {
  return std::ranges::lexicographical_compare(left.segments, right.segments, {}, is_parameter,
                                              is_parameter);
}

bool serves(Route const& route, Method method) {
  return route.method == method || (method == Method::head && route.method == Method::get);
}

bool names(Route const& route, std::string_view type) {
  return std::ranges::any_of(route.options.content_types,
                             [&](std::string const& own) { return equal_folded(own, type); });
}

void fill_parameters(Route const& route, Request& request) {
  request.parameters.clear();
  for (std::size_t i = 0; i < route.segments.size(); ++i) {
    std::string_view const pattern = route.segments[i];
    if (!is_parameter(pattern)) continue;
    request.parameters.push_back(
        {std::string{pattern.substr(1, pattern.size() - 2)}, request.segments[i]});
  }
}

std::string allowed(std::vector<Route const*> const& routes) {
  std::vector<Method> methods;
  for (auto const* route : routes) {
    methods.push_back(route->method);
    if (route->method == Method::get) methods.push_back(Method::head);
  }
  methods.push_back(Method::options);
  std::ranges::sort(methods);
  methods.erase(std::unique(methods.begin(), methods.end()), methods.end());
  std::string text;
  for (auto const method : methods) {
    if (!text.empty()) text += ", ";
    text += name_of(method);
  }
  return text;
}

Response with_allow(Response response, std::string allow) {
  response.headers.emplace_back("Allow", std::move(allow));
  return response;
}

Response no_content() {
  Response response;
  response.status = 204;
  response.content_type.clear();
  return response;
}

std::string quoted(std::string_view before, std::string_view text) {
  return std::string{before}.append(" `").append(text).append("`");
}

/// The routes of this path, of any method: of those that match the most special ones.
std::vector<Route const*> routes_here(Request const& request, std::vector<Route> const& routes) {
  std::vector<Route const*> here;
  for (auto const& route : routes)
    if (matches(route, request) && (here.empty() || !goes_before(*here.front(), route)))
      here.push_back(&route);
  return here;
}

bool takes(Route const& route, std::string_view type) {
  if (!route.options.content_types.empty()) return names(route, type);
  return route.options.takes == Bodies::any || may_be_json(type);
}

/// Nothing where the body is sent as it is.
std::optional<Response> refuse_coding(Request const& request) {
  auto const coding = request.headers.find("Content-Encoding");
  if (!coding || coding->empty() || equal_folded(*coding, "identity")) return std::nullopt;
  auto refusal =
      problem(415, "unsupported-media-type", "the body is of a type that is not taken here",
              quoted("send it as it is, not in the coding", *coding));
  refusal.headers.emplace_back("Accept-Encoding", "identity");
  return refusal;
}

/// The answer where no route takes the request.
Response refuse(Request const& request, std::vector<Route const*> const& here) {
  if (request.method == Method::options && request.path == "*") {
    return with_allow(no_content(), "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  }
  if (here.empty()) {
    return problem(404, "not-found", "nothing is here", quoted("there is no", request.path));
  }
  if (request.method == Method::options) return with_allow(no_content(), allowed(here));
  auto const takes_method = [&](Route const* route) { return serves(*route, request.method); };
  if (std::ranges::none_of(here, takes_method)) {
    return with_allow(problem(405, "method-not-allowed", "the method does not work here",
                              quoted("another method is needed at", request.path)),
                      allowed(here));
  }
  return problem(415, "unsupported-media-type", "the body is of a type that is not taken here",
                 quoted("the content type was", media_type(request)));
}

}  // namespace

bool may_be_json(std::string_view media_type) {
  constexpr std::array<std::string_view, 6> types{
      "",           "application/json",         "text/json",
      "text/plain", "application/octet-stream", "application/x-www-form-urlencoded"};
  constexpr std::string_view suffix = "+json";
  auto const end =
      media_type.substr(media_type.size() - std::min(suffix.size(), media_type.size()));
  return equal_folded(end, suffix) || std::ranges::any_of(types, [&](std::string_view type) {
           return equal_folded(type, media_type);
         });
}

void Router::add(Method method, std::string_view pattern, Handler handle, RouteOptions options) {
  ensure(pattern.starts_with('/') && handle != nullptr && method != Method::other);
  Route route{method, std::string{pattern}, split(pattern), std::move(handle), std::move(options)};
  routes_.insert(std::ranges::upper_bound(routes_, route, goes_before), std::move(route));
}

std::variant<Route const*, Response> Router::find(Request& request) const {
  auto const here = routes_here(request, routes_);
  Route const* best = nullptr;
  auto const type = media_type(request);
  auto const fit = [&](Route const& route) {
    return std::pair{route.method == request.method, names(route, type)};
  };
  for (auto const* route : here) {
    if (!serves(*route, request.method) || !takes(*route, type)) continue;
    if (best == nullptr || fit(*best) < fit(*route)) best = route;
  }
  if (best == nullptr) return refuse(request, here);
  if (auto refusal = refuse_coding(request)) return *std::move(refusal);
  fill_parameters(*best, request);
  return best;
}

void handle(Router const& router, Request& request, Reply const& reply) {
  auto found = router.find(request);
  std::visit(overloaded{[&](Route const* route) { route->handle(request, reply); },
                        [&](Response& refusal) { reply(std::move(refusal)); }},
             found);
}

}  // namespace heed::http
