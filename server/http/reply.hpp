#pragma once
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "server/http/message.hpp"

namespace heed::http {

/// Where an answer goes. Destroyed before it was given one, it answers 500 by itself.
struct AnswerSink {
  virtual ~AnswerSink() = default;
  virtual std::string client() const { return {}; }
  virtual void answer(Response response) = 0;
};

/// Answers one request, once; further answers are passed over.
///
/// May be called from any thread, now or later, also after the client or the server has gone. The
/// server carries the answer to the connection's event loop. When the last copy goes without a
/// call, the client gets a 500.
class Reply {
 public:
  explicit Reply(std::shared_ptr<AnswerSink> sink) : sink_{std::move(sink)} {}
  void operator()(Response response) const { sink_->answer(std::move(response)); }

  /// Who is to be answered: a user, else an address; for queues that serve clients in turns. Only
  /// while the handler runs.
  std::string client() const { return sink_->client(); }

 private:
  std::shared_ptr<AnswerSink> sink_;
};

/// A reply that hands every answer to `take`: for calling handlers without a connection.
Reply reply_to(std::function<void(Response)> take);

/// Answers one request. Runs on an event loop and must not block: what takes long replies later.
///
/// The request belongs to the handler until it replies: it may be moved from, and must not be
/// touched afterwards.
using Handler = std::function<void(Request& request, Reply reply)>;

}  // namespace heed::http
