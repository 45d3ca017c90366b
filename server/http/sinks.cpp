#include "server/http/sinks.hpp"

#include <atomic>

#include "server/http/connection.hpp"
#include "server/http/loop.hpp"
#include "server/http/problem.hpp"

namespace heed::http {
namespace {

/// The way back to a connection, good for one parcel.
///
/// INVARIANT: the loop is let go last, since the connection's socket belongs to it.
class Way {
 public:
  Way(std::shared_ptr<Loop> loop, std::shared_ptr<Connection> connection)
      : loop_{std::move(loop)}, connection_{std::move(connection)} {}

  std::string client() const { return connection_ ? connection_->client() : std::string{}; }

  template <class MakeParcel>
  void send(MakeParcel make_parcel) {
    if (used_.test_and_set()) return;
    loop_->deliver(std::move(connection_), make_parcel());
  }

 private:
  std::shared_ptr<Loop> loop_;
  std::shared_ptr<Connection> connection_;
  std::atomic_flag used_;
};

class ConnectionAnswer final : public AnswerSink {
 public:
  explicit ConnectionAnswer(std::shared_ptr<Loop> loop, std::shared_ptr<Connection> connection)
      : way_{std::move(loop), std::move(connection)} {}
  ~ConnectionAnswer() override {
    way_.send([]() -> Parcel {
      return problem(500, "internal", "the request could not be answered",
                     "its handler ended without an answer");
    });
  }
  std::string client() const override { return way_.client(); }
  void answer(Response response) override {
    way_.send([&]() -> Parcel { return std::move(response); });
  }

 private:
  Way way_;
};

class ConnectionPiece final : public PieceSink {
 public:
  explicit ConnectionPiece(std::shared_ptr<Loop> loop, std::shared_ptr<Connection> connection)
      : way_{std::move(loop), std::move(connection)} {}
  ~ConnectionPiece() override {
    way_.send([]() -> Parcel { return CutOff{}; });
  }
  void put(std::string piece, End end) override {
    way_.send([&]() -> Parcel { return Piece{std::move(piece), end}; });
  }

 private:
  Way way_;
};

}  // namespace

std::shared_ptr<AnswerSink> answer_sink(std::shared_ptr<Loop> loop,
                                        std::shared_ptr<Connection> connection) {
  return std::make_shared<ConnectionAnswer>(std::move(loop), std::move(connection));
}

std::shared_ptr<PieceSink> piece_sink(std::shared_ptr<Loop> loop,
                                      std::shared_ptr<Connection> connection) {
  return std::make_shared<ConnectionPiece>(std::move(loop), std::move(connection));
}

}  // namespace heed::http
