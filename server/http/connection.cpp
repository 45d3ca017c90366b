#include "server/http/connection.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include "engine/base/expected.hpp"
#include "server/http/problem.hpp"
#include "server/http/refusals.hpp"
#include "server/http/tls.hpp"

namespace heed::http {
namespace {

namespace asio = boost::asio;
using Code = boost::system::error_code;
using ParserError = boost::beast::http::error;

constexpr std::size_t read_bytes_min = 4u << 10;
constexpr std::size_t read_bytes_max = 64u << 10;
constexpr std::size_t chunks_end_bytes = 5;  // "0", two line ends: Beast asserts to see all of it
constexpr std::size_t kept_bytes_max = 64u << 10;  // of a buffer between requests

std::shared_ptr<TlsContext> context_of(Options const& options) {
  return options.tls ? options.tls->context() : nullptr;
}

std::string_view bytes_of(boost::beast::flat_buffer const& buffer) {
  return {static_cast<char const*>(buffer.data().data()), buffer.size()};
}

}  // namespace

Connection::Connection(std::shared_ptr<Loop> loop, Socket socket, std::size_t its_place)
    : place{its_place},
      loop_{std::move(loop)},
      options_{loop_->shared->options},
      channel_{std::move(socket), context_of(options_)},
      client_{channel_.client()},
      now_{Clock::now()},
      began_{now_},
      address_{loop_->shared->accounts.of_address(client_, now_)} {}

Connection::~Connection() {
  if (connected_) address_->disconnect();
}

void Connection::start() {
  request_.method = Method::other;  // until one is read
  connected_ = address_->connect(options_.address_connections_max);
  if (!connected_) {
    count(loop_->tally.connections_refused);
    return turn_away(Over::address_connections);
  }
  if (!channel_.is_sealed()) return read();
  phase_ = Phase::handshake;
  deadline_ = due(began_, options_.handshake_ms, 0);
  channel_.shake_hands(
      [self = shared_from_this()](Code const& failure) { self->on_handshake(failure); });
}

void Connection::turn_away(Over over) {
  loop_->shared->note(over);
  if (channel_.is_sealed()) return finish();
  refuse(over_limit(over));
}

void Connection::on_handshake(Code const& failure) {
  if (phase_ == Phase::finished) return;
  now_ = Clock::now();
  if (!failure) {
    count(loop_->tally.handshakes);
    phase_ = Phase::idle;
    began_ = now_;
    return loop_->draining() ? linger() : read();
  }
  count(loop_->tally.handshakes_failed);
  channel_.unseal();
  if (Channel::heard_plain_http(failure)) return refuse(plain_http());
  linger();  // OpenSSL has said why it will not; closing at once might take that away
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
    case Phase::handshake:
      count(loop_->tally.handshakes_failed);
      count(loop_->tally.timeouts);
      finish();
      return;
    case Phase::head:
    case Phase::body:
      count(loop_->tally.timeouts);
      timed_out_ = true;
      deadline_ = Clock::time_point::max();
      channel_.cancel();
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
    case Phase::handshake:
    case Phase::lingering:
    case Phase::waiting:
    case Phase::writing:
    case Phase::finished:
      break;
  }
  channel_.read_some(in_.prepare(room),
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
  } else if (leaving_ && failure == asio::error::operation_aborted) {
    linger();
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
  judgement_ = {};
  request_.method = Method::other;
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
  loop_->shared->note(Over::bodies);
  refuse(over_limit(Over::bodies));
  return false;
}

/// Names the request as its client does, and finds the trace that it belongs to.
void Connection::identify() {
  auto const sent = request_.headers.find("X-Request-Id");
  bool const is_good = sent && is_request_id(*sent) && request_.headers.count("X-Request-Id") == 1;
  request_id_ = is_good ? std::string{*sent} : loop_->ids.next();
  trace_ = trace_of(request_.headers);
  request_.client = client_;
  request_.id = request_id_;
  request_.trace_id = trace_ ? trace_->trace_id : std::string{};
}

/// Refuses the request of a client that asks for more than its share, whatever it asks for.
void Connection::ration() {
  auto const* const route = judgement_.route;
  if (judgement_.close || (route != nullptr && route->options.ration == Ration::free)) return;
  auto& shared = *loop_->shared;
  auto* account = address_.get();
  if (!request_.user.empty()) {
    if (!token_ || token_user_ != request_.user) {
      token_ = shared.accounts.of_token(request_.user, now_);
      token_user_ = request_.user;
    }
    account = token_.get();
  }
  auto const verdict = account->begin(shared.allowance, now_);
  if (verdict.turn == Account::Turn::granted) {
    charged_ = account;
    return;
  }
  auto const over =
      verdict.turn == Account::Turn::too_fast ? Over::client_rate : Over::client_requests;
  shared.note(over);
  judgement_.refusal = over_limit(over, verdict.retry_seconds);
  judgement_.route = nullptr;
  judgement_.body_bytes_max = std::min(judgement_.body_bytes_max, limits::http_body_bytes_max);
  auto const announced = parser_->head().content_length.value_or(0);
  judgement_.close = judgement_.wants_continue || announced > judgement_.body_bytes_max;
  judgement_.wants_continue = false;
}

bool Connection::on_head() {
  identify();
  request_.user.clear();
  judgement_ = judge(request_, parser_->head(), options_, loop_->shared->router);
  user_ = request_.user;
  ration();
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
  request_id_.clear();
  user_.clear();
  trace_.reset();
}

/// Says that nothing more comes and waits for the client to close. Closing with bytes unread would
/// reset the connection, and the client might lose the answer.
void Connection::linger() {
  let_request_go();
  phase_ = Phase::lingering;
  deadline_ = due(now_, options_.linger_ms, 0);
  in_.clear();
  channel_.end_output([self = shared_from_this()] {
    if (self->phase_ == Phase::lingering) self->read();
  });
}

void Connection::release_counts() {
  if (under_way_) loop_->shared->requests_under_way.fetch_sub(1, std::memory_order_relaxed);
  under_way_ = false;
  leave_lane();
  lane_ = nullptr;
  if (charged_ != nullptr) charged_->end();
  charged_ = nullptr;
  if (body_bytes_counted_ > 0) loop_->shared->bodies_bytes.fetch_sub(body_bytes_counted_);
  body_bytes_counted_ = 0;
}

void Connection::drain() {
  if (phase_ != Phase::idle || channel_.has_unread()) return;
  if (!channel_.is_sealed()) return finish();
  leaving_ = true;  // with a word to the client, once the read has ended
  channel_.cancel();
}

void Connection::finish() {
  if (phase_ == Phase::finished) return;
  phase_ = Phase::finished;
  release_counts();
  source_ = nullptr;
  channel_.close();
  loop_->release(*this);
}

}  // namespace heed::http
