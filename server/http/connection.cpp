#include "server/http/connection.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>

#include "engine/base/expected.hpp"
#include "server/http/problem.hpp"
#include "server/http/refusals.hpp"
#include "server/http/sinks.hpp"

namespace heed::http {
namespace {

namespace asio = boost::asio;
using Code = boost::system::error_code;
using ParserError = boost::beast::http::error;

constexpr std::size_t read_bytes_min = 4u << 10;
constexpr std::size_t read_bytes_max = 64u << 10;
constexpr std::size_t chunks_end_bytes = 5;  // "0", two line ends: Beast asserts to see all of it
constexpr std::size_t kept_bytes_max = 64u << 10;  // of a buffer between requests

std::string client_of(Socket const& socket) {
  Code failure;
  auto const peer = socket.remote_endpoint(failure);
  return failure ? std::string{} : peer.address().to_string();
}

std::string_view bytes_of(boost::beast::flat_buffer const& buffer) {
  return {static_cast<char const*>(buffer.data().data()), buffer.size()};
}

}  // namespace

Connection::Connection(std::shared_ptr<Loop> loop, Socket socket, std::size_t its_place)
    : place{its_place},
      loop_{std::move(loop)},
      options_{loop_->shared->options},
      socket_{std::move(socket)},
      client_{client_of(socket_)},
      now_{Clock::now()},
      began_{now_} {}

void Connection::start() {
  read();
}

// Deadlines

Clock::time_point Connection::due(Clock::time_point from, unsigned wait_ms,
                                  std::size_t bytes) const {
  auto const earned_ms = bytes * 1'000 / std::max<std::size_t>(options_.bytes_per_second_min, 1);
  return from + std::chrono::milliseconds{wait_ms} +
         std::chrono::milliseconds{static_cast<std::int64_t>(earned_ms)};
}

void Connection::check_deadline(Clock::time_point now) {
  if (now < deadline_) return;
  switch (phase_) {
    case Phase::idle:
    case Phase::lingering:
      finish();
      return;
    case Phase::head:
    case Phase::body:
      count(loop_->tally.timeouts);
      timed_out_ = true;
      deadline_ = Clock::time_point::max();
      socket_.cancel();
      return;
    case Phase::writing:
      count(loop_->tally.timeouts);
      finish();
      return;
    case Phase::waiting:
    case Phase::finished:
      return;
  }
}

// Reading

void Connection::read() {
  auto room = read_bytes_min;
  switch (phase_) {
    case Phase::idle:
      deadline_ = due(began_, options_.idle_ms, 0);
      break;
    case Phase::head:
      deadline_ = due(began_, options_.head_ms, 0);
      break;
    case Phase::body:
      deadline_ = due(began_, options_.body_ms, body_bytes_);
      room = static_cast<std::size_t>(std::clamp<std::uint64_t>(
          parser_->content_length_remaining().value_or(read_bytes_max / 4), read_bytes_min,
          read_bytes_max));
      break;
    case Phase::lingering:
    case Phase::waiting:
    case Phase::writing:
    case Phase::finished:
      break;
  }
  socket_.async_read_some(in_.prepare(room),
                          [self = shared_from_this()](Code const& failure, std::size_t bytes) {
                            self->on_read(failure, bytes);
                          });
}

void Connection::on_read(Code const& failure, std::size_t bytes) {
  if (phase_ == Phase::finished) return;
  now_ = Clock::now();
  count(loop_->tally.bytes_received, bytes);
  in_.commit(bytes);
  if (timed_out_) {
    refuse(too_slow());
  } else if (failure) {
    finish();
  } else if (phase_ == Phase::lingering) {
    in_.clear();
    read();
  } else {
    parse();
  }
}

void Connection::parse() {
  for (;;) {
    if (in_.size() == 0) return read();
    if (phase_ == Phase::idle) {
      if (!skip_empty_lines()) return read();
      begin_request();
    }
    if (phase_ == Phase::body && parser_->chunked() && in_.size() < chunks_end_bytes) return read();
    Code failure;
    auto const used = parser_->put(in_.data(), failure);
    in_.consume(used);
    (phase_ == Phase::head ? head_bytes_ : body_bytes_) += used;
    if (failure && failure != ParserError::need_more) return on_parser_failure(failure);
    if (!keeps_limits(failure)) return;
    if (phase_ == Phase::head && parser_->is_header_done() && !on_head()) return;
    if (parser_->is_done()) return dispatch();
    if (failure) return read();
  }
}

/// Some clients end a body with an empty line of their own. False where nothing else has come yet.
bool Connection::skip_empty_lines() {
  while (bytes_of(in_).starts_with("\r\n")) in_.consume(2);
  return !bytes_of(in_).empty() && bytes_of(in_) != "\r";
}

void Connection::begin_request() {
  phase_ = Phase::head;
  began_ = now_;
  head_bytes_ = 0;
  body_bytes_ = 0;
  parser_.emplace(request_);
  parser_->header_limit(static_cast<std::uint32_t>(options_.head_bytes_max));
}

bool Connection::keeps_limits(Code const& failure) {
  if (phase_ == Phase::head) {
    auto const unfinished = parser_->is_header_done() ? 0 : in_.size();
    if (head_bytes_ + unfinished <= options_.head_bytes_max) return true;
    refuse(head_too_large(options_.head_bytes_max));
    return false;
  }
  if (failure && in_.size() > options_.head_bytes_max) {  // the head of a chunk, or a trailer
    refuse(malformed("a chunk's head or the trailer is too long"));
    return false;
  }
  return bodies_have_room();
}

bool Connection::bodies_have_room() {
  auto const bytes = request_.body.size();
  if (bytes <= kept_bytes_max) return true;
  auto const more = bytes - body_bytes_counted_;
  body_bytes_counted_ = bytes;
  if (loop_->shared->bodies_bytes.fetch_add(more) + more <= options_.bodies_bytes_max) return true;
  refuse(busy("too-many-bodies", "too many large bodies are being read",
              "the body may be taken when others are done", 1));
  return false;
}

bool Connection::on_head() {
  judgement_ = judge(request_, parser_->head(), options_, loop_->shared->router);
  if (judgement_.close) {
    refuse(std::move(*judgement_.refusal));
    return false;
  }
  parser_->body_limit(judgement_.body_bytes_max);
  parser_->keep_body(judgement_.refusal ? Keep::nothing : Keep::all);
  phase_ = Phase::body;
  began_ = now_;
  if (!judgement_.wants_continue || in_.size() > 0 || parser_->is_done()) return true;
  continuing_ = true;
  out_ = "HTTP/1.1 100 Continue\r\n\r\n";
  write();
  return false;
}

void Connection::on_parser_failure(Code const& failure) {
  if (phase_ == Phase::body && judgement_.refusal) {
    refuse(std::move(*judgement_.refusal));
  } else if (failure == ParserError::body_limit) {
    refuse(body_too_large(judgement_.body_bytes_max));
  } else if (failure == ParserError::header_limit) {
    refuse(head_too_large(options_.head_bytes_max));
  } else if (failure == ParserError::bad_version && names_other_version(bytes_of(in_))) {
    refuse(unknown_version());
  } else {
    refuse(malformed(failure.message()));
  }
}

// Answering

void Connection::dispatch() {
  phase_ = Phase::waiting;
  deadline_ = Clock::time_point::max();
  began_ = now_;
  keeps_ = parser_->keep_alive();
  count(loop_->tally.requests);
  if (judgement_.refusal) {
    count(loop_->tally.requests_refused);
    return answer(std::move(*judgement_.refusal));
  }
  auto& under_way = loop_->shared->requests_under_way;
  under_way_ = true;
  if (under_way.fetch_add(1, std::memory_order_relaxed) >= options_.requests_max) {
    count(loop_->tally.requests_refused);
    return answer(busy("too-many-requests", "too many requests are under way",
                       "the request may be answered when others are", 1));
  }
  request_.client = client_;
  try {
    judgement_.route->handle(request_, Reply{answer_sink(loop_, shared_from_this())});
  } catch (...) {  // the reply went without an answer: that is a 500 already
  }
}

void Connection::take(Parcel parcel) {
  if (phase_ != Phase::waiting) return;
  now_ = Clock::now();
  std::visit(overloaded{[&](Response& response) {
                          if (!streaming_) answer(std::move(response));
                        },
                        [&](Piece const& piece) {
                          if (streaming_) take_piece(piece);
                        },
                        [&](CutOff const&) {
                          if (streaming_) finish();
                        }},
             parcel);
}

void Connection::answer(Response response) {
  bool const is_1_0 = parser_->head().version == Version::http_1_0;
  bool const head_only = request_.method == Method::head;
  bool const has_more = response.more != nullptr;
  streaming_ = has_more && !head_only && response.status != 204 && response.status != 304;
  framing_ = !has_more ? Framing::by_length : is_1_0 ? Framing::by_close : Framing::by_chunks;
  keeps_ = keeps_ && !loop_->draining() && framing_ != Framing::by_close;
  auto const after = !keeps_ ? After::close : is_1_0 ? After::keep_and_say_so : After::keep;
  append_response(out_, response, {framing_, after, head_only, loop_->date()});
  if (streaming_) {
    source_ = std::move(response.more);
  } else {
    release_counts();
  }
  if (options_.answered) {
    auto const taken = std::chrono::duration_cast<std::chrono::microseconds>(now_ - began_);
    auto const route = judgement_.route != nullptr ? std::string_view{judgement_.route->pattern}
                                                   : std::string_view{};
    options_.answered(
        {route, name_of(request_.method), response.status, body_bytes_, taken.count()});
  }
  write();
}

void Connection::refuse(Response response) {
  count(loop_->tally.requests_refused);
  release_counts();
  timed_out_ = false;
  keeps_ = false;
  out_.clear();
  append_response(out_, response, {Framing::by_length, After::close, false, loop_->date()});
  if (options_.answered) options_.answered({{}, {}, response.status, body_bytes_, 0});
  write();
}

void Connection::ask_for_piece() {
  phase_ = Phase::waiting;
  deadline_ = Clock::time_point::max();
  auto source = std::move(source_);
  source_ = nullptr;
  try {
    source(Next{piece_sink(loop_, shared_from_this())});
  } catch (...) {  // the piece went missing: the connection is closed already
  }
  if (streaming_ && phase_ != Phase::finished) source_ = std::move(source);
}

void Connection::take_piece(Piece const& piece) {
  streaming_ = piece.end == End::no;
  if (!streaming_) {
    source_ = nullptr;
    release_counts();
  }
  append_piece(out_, piece.text, piece.end, framing_);
  if (!out_.empty() || !streaming_) return write();
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    if (self->phase_ == Phase::waiting && self->source_) self->ask_for_piece();
  });
}

void Connection::write() {
  phase_ = Phase::writing;
  deadline_ = due(now_, options_.write_ms, out_.size());
  asio::async_write(socket_, asio::const_buffer{out_.data(), out_.size()},
                    [self = shared_from_this()](Code const& failure, std::size_t bytes) {
                      self->on_written(failure, bytes);
                    });
}

void Connection::on_written(Code const& failure, std::size_t bytes) {
  if (phase_ == Phase::finished) return;
  now_ = Clock::now();
  count(loop_->tally.bytes_sent, bytes);
  out_.clear();
  if (failure) {
    finish();
  } else if (continuing_) {
    continuing_ = false;
    phase_ = Phase::body;
    began_ = now_;
    read();
  } else if (streaming_) {
    ask_for_piece();
  } else if (keeps_) {
    next_request();
  } else {
    linger();
  }
}

// Between requests, and the end

void Connection::next_request() {
  let_request_go();
  phase_ = Phase::idle;
  began_ = now_;
  if (loop_->draining() && in_.size() == 0) return linger();
  parse();
}

/// Buffers are kept for the next request, but not at the size that one large request needed.
void Connection::let_request_go() {
  if (request_.body.capacity() > kept_bytes_max) request_.body = std::string{};
  if (out_.capacity() > kept_bytes_max) out_ = std::string{};
  if (in_.size() == 0 && in_.capacity() > 4 * read_bytes_min) in_ = boost::beast::flat_buffer{};
}

/// Says that nothing more comes and waits for the client to close. Closing with bytes unread would
/// reset the connection, and the client might lose the answer.
void Connection::linger() {
  Code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
  let_request_go();
  phase_ = Phase::lingering;
  deadline_ = due(now_, options_.linger_ms, 0);
  in_.clear();
  read();
}

void Connection::release_counts() {
  if (under_way_) loop_->shared->requests_under_way.fetch_sub(1, std::memory_order_relaxed);
  under_way_ = false;
  if (body_bytes_counted_ > 0) loop_->shared->bodies_bytes.fetch_sub(body_bytes_counted_);
  body_bytes_counted_ = 0;
}

void Connection::drain() {
  Code ignored;
  if (phase_ == Phase::idle && socket_.available(ignored) == 0) finish();
}

void Connection::finish() {
  if (phase_ == Phase::finished) return;
  phase_ = Phase::finished;
  release_counts();
  source_ = nullptr;
  Code ignored;
  socket_.shutdown(Socket::shutdown_both, ignored);
  socket_.close(ignored);
  loop_->release(*this);
}

}  // namespace heed::http
