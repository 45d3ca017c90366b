#include "server/http/reply.hpp"

namespace heed::http {
namespace {

struct Taker : AnswerSink {
  explicit Taker(std::function<void(Response)> receiver) : take{std::move(receiver)} {}
  void answer(Response response) override { take(std::move(response)); }
  std::function<void(Response)> take;
};

}  // namespace

Reply reply_to(std::function<void(Response)> take) {
  return Reply{std::make_shared<Taker>(std::move(take))};
}

}  // namespace heed::http
