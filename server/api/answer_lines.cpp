#include "server/api/answer_lines.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <vector>

namespace heed::api {
namespace {

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

/// A body under way: what is left of it.
class Lines {
 public:
  Lines(std::string body, AnswerLine answer) : body_{std::move(body)}, answer_{std::move(answer)} {}

  /// Answers the next lines and hands them on together.
  void produce(http::Next next) {
    std::vector<std::pair<std::size_t, std::string_view>> lines;
    while (lines.size() < lines_in_a_piece && at_ < body_.size()) {
      auto const line = take_line();
      if (!line.empty()) lines.emplace_back(number_, line);
    }
    auto const end = at_ < body_.size() ? http::End::no : http::End::yes;
    if (lines.empty()) return next({}, end);
    auto const piece = std::make_shared<Piece>(std::move(next), end, lines.size());
    for (std::size_t place = 0; place < lines.size(); ++place) {
      auto const& [number, line] = lines[place];
      answer_(line, number,
              [piece, place](std::string text) { piece->fill(place, std::move(text)); });
    }
  }

 private:
  std::string_view take_line() {
    auto const end = std::min(body_.find('\n', at_), body_.size());
    std::string_view line{body_.data() + at_, end - at_};
    at_ = end + 1;
    ++number_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  std::string body_;
  AnswerLine answer_;
  std::size_t at_ = 0, number_ = 0;
};

}  // namespace

http::Response answer_lines(std::string body, AnswerLine answer) {
  auto lines = std::make_shared<Lines>(std::move(body), std::move(answer));
  return {.content_type = "application/x-ndjson",
          .more = [lines](http::Next next) { lines->produce(std::move(next)); }};
}

}  // namespace heed::api
