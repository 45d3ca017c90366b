#pragma once
#include <boost/beast/core/flat_buffer.hpp>
#include <memory>
#include <optional>
#include <string>

#include "server/http/channel.hpp"
#include "server/http/judge.hpp"
#include "server/http/loop.hpp"
#include "server/http/parser.hpp"
#include "server/http/render.hpp"
#include "server/http/trace_context.hpp"

namespace heed::http {

/// One client: reads a request, waits for its answer, writes it, and again.
///
/// INVARIANT: at most one operation of the socket is under way. Everything runs on the loop's
/// thread; what a handler answers elsewhere comes through Loop::deliver.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::shared_ptr<Loop> loop, Socket socket, std::size_t its_place);
  ~Connection();

  /// Begins with the handshake under TLS, else to read the first request.
  void start();

  /// Answers that too many are there; under TLS, where an answer would take a handshake, closes.
  void turn_away(Over over);

  /// Sends `response` as the last answer.
  void refuse(Response response);

  /// Takes what a handler answered; passed over when nothing waits for it.
  void take(Parcel parcel);

  /// Gives up what has waited too long.
  void check_deadline(Clock::time_point now);

  /// Ends an idle connection, and lets the others end with their next answer.
  void drain();

  /// Closes at once.
  void finish();

  /// Who asks: the user of the present request, else the address.
  std::string const& client() const { return user_.empty() ? client_ : user_; }

  std::size_t place;  // in the loop's list

 private:
  enum class Phase { handshake, idle, head, body, waiting, writing, lingering, finished };

  void on_handshake(boost::system::error_code const& failure);
  void read();
  void on_read(boost::system::error_code const& failure, std::size_t bytes);
  void parse();
  bool skip_empty_lines();
  void begin_request();
  bool on_head();
  void identify();
  void ration();
  void on_parser_failure(boost::system::error_code const& failure);
  bool keeps_limits(boost::system::error_code const& failure);
  bool bodies_have_room();
  void dispatch();
  std::optional<Over> take_place();
  std::size_t enter_lane();
  void leave_lane();
  Delivery delivery(Framing framing, After after, bool head_only);
  void tell_answered(int status, std::int64_t taken_us);
  void answer(Response response);
  void ask_for_piece();
  void take_piece(Piece const& piece);
  void write();
  void on_written(boost::system::error_code const& failure, std::size_t bytes);
  void next_request();
  void linger();
  void let_request_go();
  void release_counts();
  Clock::time_point due(Clock::time_point from, unsigned wait_ms, std::size_t bytes) const;

  std::shared_ptr<Loop> loop_;  // INVARIANT: before channel_, which must not outlive it
  Options const& options_;
  Channel channel_;
  std::string client_;
  Phase phase_ = Phase::idle;
  Clock::time_point now_;    // when the event came that is being handled
  Clock::time_point began_;  // what the connection is waiting for
  Clock::time_point deadline_ = Clock::time_point::max();
  bool timed_out_ = false;
  bool leaving_ = false;  // idle under TLS, and told to end

  boost::beast::flat_buffer in_;
  std::optional<RequestParser> parser_;  // a new one for each request
  Request request_;
  Judgement judgement_;
  std::size_t head_bytes_ = 0;
  std::size_t body_bytes_ = 0;                // as received, with the framing of chunks
  std::size_t body_bytes_counted_ = 0;        // in Shared::bodies_bytes
  bool under_way_ = false;                    // in Shared::requests_under_way
  Lane* lane_ = nullptr;                      // the request's
  std::size_t lane_weight_ = 0;               // as which it counts there
  bool in_lane_ = false;                      // while its handler or its next piece is waited for
  std::shared_ptr<Account> address_, token_;  // of the client; token_ is that of token_user_
  std::string token_user_;
  Account* charged_ = nullptr;  // a request under way
  bool connected_ = false;      // in address_

  // Of the request; kept here because its handler may have moved it away.
  std::string request_id_, user_;
  std::optional<TraceContext> trace_;
  std::string trace_text_;

  std::string out_;
  bool continuing_ = false;  // what is being written is "100 Continue"
  bool keeps_ = false;       // the connection outlives the answer
  bool streaming_ = false;   // more pieces come
  Framing framing_ = Framing::by_length;
  BodySource source_;
};

}  // namespace heed::http
