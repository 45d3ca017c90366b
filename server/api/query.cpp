#include "server/api/query.hpp"

#include <algorithm>
#include <charconv>

#include "server/http/problem.hpp"

namespace heed::api {

http::Response bad_query(std::string const& detail) {
  return http::problem(400, "bad-query", "The query is not understood", detail);
}

Expected<Done, http::Response> check_asked_once(http::Request const& request) {
  auto const& query = request.query;
  for (auto item = query.begin(); item != query.end(); ++item)
    if (std::ranges::any_of(query.begin(), item,
                            [&](http::Item const& other) { return other.name == item->name; }))
      return Failure<http::Response>{
          bad_query("`" + item->name + "` stands twice; ask for one thing under each name")};
  return Done{};
}

std::optional<std::size_t> read_limit(std::string_view text) {
  std::size_t limit = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), limit);
  bool const whole = code == std::errc{} && end == text.data() + text.size();
  if (!whole || limit == 0 || limit > limits::log_page_records_max) return std::nullopt;
  return limit;
}

Sight sight_of(Service const& service, http::Request const& request) {
  return !service.may_open || service.may_open(request) ? Sight::opened : Sight::sealed;
}

void reply_later(Service& service, http::Reply const& reply,
                 std::function<http::Response()> answer) {
  bool const taken =
      service.worker.run([reply, answer = std::move(answer)] { reply(answer()); }, reply.client());
  if (!taken) reply(http::busy("too-many-readers", "The log is being read by many", {}, 1));
}

}  // namespace heed::api
