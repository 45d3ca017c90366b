// POST /v1/decisions as application/x-ndjson: a case a line in, a decision a line out, in order.
#include <atomic>
#include <memory>
#include <mutex>

#include "server/api/deciding.hpp"
#include "server/http/problem.hpp"

namespace heed::api {
namespace {

using http::Reply;
using http::Request;

constexpr std::size_t lines_in_a_piece = 64;  // decided, logged in one commit and sent together

/// A piece of the answer: lines that wait until each of their records is on disk.
class Piece {
 public:
  Piece(http::Next next, http::End end, std::size_t lines)
      : next_{std::move(next)}, end_{end}, lines_(lines), waiting_{lines} {}

  /// Fills a line; the last one sends the piece.
  void fill(std::size_t line, std::string text) {
    lines_[line] = std::move(text);
    if (waiting_.fetch_sub(1) != 1) return;
    std::string all;
    for (auto const& each : lines_) all.append(each).append("\n");
    next_(std::move(all), end_);
  }

 private:
  http::Next next_;
  http::End end_;
  std::vector<std::string> lines_;
  std::atomic<std::size_t> waiting_;
};

/// A batch under way: what is left of its body.
class Batch {
 public:
  Batch(Service& service, std::string body)
      : service_{service}, policy_{service.policies.current()}, body_{std::move(body)} {}

  /// Decides the next lines and hands them on when they are on disk.
  void produce(http::Next next) {
    std::vector<std::string_view> lines;
    while (lines.size() < lines_in_a_piece && at_ < body_.size()) lines.push_back(take_line());
    std::erase_if(lines, [](std::string_view line) { return line.empty(); });
    auto const end = at_ < body_.size() ? http::End::no : http::End::yes;
    if (lines.empty()) return next({}, end);
    auto const piece = std::make_shared<Piece>(std::move(next), end, lines.size());
    for (std::size_t line = 0; line < lines.size(); ++line) answer(lines[line], line, piece);
  }

 private:
  std::string_view take_line() {
    auto const end = std::min(body_.find('\n', at_), body_.size());
    std::string_view line{body_.data() + at_, end - at_};
    at_ = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  void answer(std::string_view text, std::size_t line, std::shared_ptr<Piece> const& piece) {
    auto const subject = read_subject(*policy_, text, {});
    if (!subject) {
      service_.metrics.count(Metrics::Outcome::refused);
      return piece->fill(line, refuse_case(subject.error()).body);
    }
    auto decided = decide_for_log(service_, *policy_, subject.value(), Explain::no);
    auto logged = [&service = service_, piece, line, answer = std::move(decided.answer)](
                      Expected<store::Appended, Error> const& appended) {
      service.metrics.count(appended ? Metrics::Outcome::decided : Metrics::Outcome::not_logged);
      piece->fill(line, appended ? answer : refuse_unlogged(appended.error()).body);
    };
    auto const queued = service_.log.append(std::move(decided.entry), std::move(logged));
    if (queued) return;
    service_.metrics.count(Metrics::Outcome::not_logged);
    piece->fill(line, refuse_unlogged(queued.error()).body);
  }

  Service& service_;
  std::shared_ptr<ActivePolicy const> policy_;
  std::string body_;
  std::size_t at_ = 0;
};

void post_batch(Service& service, Request& request, Reply const& reply) {
  auto batch = std::make_shared<Batch>(service, std::move(request.body));
  reply({.content_type = "application/x-ndjson",
         .more = [batch](http::Next next) { batch->produce(std::move(next)); }});
}

}  // namespace

void add_batch_route(http::Router& router, Service& service) {
  router.add(
      http::Method::post, "/v1/decisions",
      [&service](Request& request, Reply const& reply) { post_batch(service, request, reply); },
      {.body_bytes_max = limits::http_batch_bytes_max, .content_types = {"application/x-ndjson"}});
}

}  // namespace heed::api
