// Connection: from a complete request to its answer's last byte. The rest is in connection.cpp.
#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include "engine/base/expected.hpp"
#include "server/http/connection.hpp"
#include "server/http/refusals.hpp"
#include "server/http/sinks.hpp"

namespace heed::http {

namespace asio = boost::asio;
using Code = boost::system::error_code;

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
  if (auto const over = take_place()) {
    count(loop_->tally.requests_refused);
    loop_->shared->note(*over);
    return answer(over_limit(*over));
  }
  try {
    judgement_.route->handle(request_, Reply{answer_sink(loop_, shared_from_this())});
  } catch (...) {  // the reply went without an answer: that is a 500 already
  }
}

/// Counts the request as under way; or says where there is no place for it.
std::optional<Over> Connection::take_place() {
  auto& under_way = loop_->shared->requests_under_way;
  under_way_ = true;
  if (under_way.fetch_add(1, std::memory_order_relaxed) >= options_.requests_max)
    return Over::requests;
  auto const& route = judgement_.route->options;
  if (!route.lane) return std::nullopt;
  lane_ = route.lane.get();
  lane_weight_ = std::min(route.lane_weight, lane_->max);
  if (enter_lane() > lane_->max) return Over::lane;
  return std::nullopt;
}

/// How much is in the lane then.
std::size_t Connection::enter_lane() {
  in_lane_ = true;
  return lane_->under_way.fetch_add(lane_weight_, std::memory_order_relaxed) + lane_weight_;
}

/// While a piece is written nothing of the request is under way: who reads slowly takes no place
/// from others.
void Connection::leave_lane() {
  if (in_lane_) lane_->under_way.fetch_sub(lane_weight_, std::memory_order_relaxed);
  in_lane_ = false;
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
  append_response(out_, response, delivery(framing_, after, head_only));
  if (streaming_) {
    leave_lane();
    source_ = std::move(response.more);
  } else {
    release_counts();
  }
  auto const taken = std::chrono::duration_cast<std::chrono::microseconds>(now_ - began_);
  tell_answered(response.status, taken.count());
  write();
}

Delivery Connection::delivery(Framing framing, After after, bool head_only) {
  Delivery delivery{framing, after, head_only, loop_->date(), request_id_};
  trace_text_ = trace_ ? traceresponse(*trace_, loop_->ids.next_span()) : std::string{};
  delivery.trace = trace_text_;
  delivery.sealed = channel_.is_sealed();
  return delivery;
}

void Connection::tell_answered(int status, std::int64_t taken_us) {
  if (!options_.answered) return;
  Answered answered;
  if (judgement_.route != nullptr) answered.route = judgement_.route->pattern;
  answered.method = name_of(request_.method);
  answered.status = status;
  answered.body_bytes = body_bytes_;
  answered.taken_us = taken_us;
  answered.request_id = request_id_;
  if (trace_) answered.trace_id = trace_->trace_id;
  answered.client = client_;
  answered.user = user_;
  options_.answered(answered);
}

void Connection::refuse(Response response) {
  count(loop_->tally.requests_refused);
  release_counts();
  timed_out_ = false;
  keeps_ = false;
  out_.clear();
  if (request_id_.empty()) request_id_ = loop_->ids.next();
  append_response(out_, response, delivery(Framing::by_length, After::close, false));
  tell_answered(response.status, 0);
  write();
}

void Connection::ask_for_piece() {
  phase_ = Phase::waiting;
  deadline_ = Clock::time_point::max();
  if (lane_ != nullptr) enter_lane();
  auto source = std::move(source_);
  source_ = nullptr;
  try {
    source(Next{piece_sink(loop_, shared_from_this())});
  } catch (...) {  // the piece went missing: the connection is closed already
  }
  if (streaming_ && phase_ != Phase::finished) source_ = std::move(source);
}

void Connection::take_piece(Piece const& piece) {
  leave_lane();
  streaming_ = piece.end == End::no;
  if (!streaming_) {
    source_ = nullptr;
    release_counts();
  }
  append_piece(out_, piece.text, piece.end, framing_);
  if (!out_.empty() || !streaming_) return write();
  asio::post(channel_.executor(), [self = shared_from_this()] {
    if (self->phase_ == Phase::waiting && self->source_) self->ask_for_piece();
  });
}

void Connection::write() {
  phase_ = Phase::writing;
  deadline_ = due(now_, options_.write_ms, out_.size());
  channel_.write(asio::const_buffer{out_.data(), out_.size()},
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

}  // namespace heed::http
