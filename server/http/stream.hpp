#pragma once
#include <functional>
#include <memory>
#include <string>
#include <utility>

/// Bodies of answers that come piece by piece.
namespace heed::http {

enum class End { no, yes };

/// Where a piece goes. Destroyed before it was given one, it cuts the answer short.
struct PieceSink {
  virtual ~PieceSink() = default;
  virtual void put(std::string piece, End end) = 0;
};

/// Takes the next piece of one streamed answer, once; further pieces are passed over.
///
/// May be called from any thread, now or later, also after the client or the server has gone.
/// When the last copy goes without a call, the connection is closed in the middle of the answer, so
/// that the client sees it is incomplete.
class Next {
 public:
  explicit Next(std::shared_ptr<PieceSink> sink) : sink_{std::move(sink)} {}
  void operator()(std::string piece, End end) const { sink_->put(std::move(piece), end); }

 private:
  std::shared_ptr<PieceSink> sink_;
};

/// Called for one piece after the other: the next one is asked for when the one before is with the
/// operating system, so a slow reader holds its producer back and costs no memory. An empty piece
/// that is not the end is asked again. Runs on the connection's event loop and must not block.
/// It is destroyed at the end of the answer, or when the client has gone.
using BodySource = std::function<void(Next)>;

}  // namespace heed::http
