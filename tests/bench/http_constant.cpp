// Answers POST /v1/advise with a constant of 1.5 KB: what the HTTP room costs by itself.
//
//     http_constant PORT THREADS [late]
//
// With `late`, answers come from another thread, all that wait at once, as they do from the log.
#include <charconv>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "server/http/server.hpp"

namespace {

using namespace heed::http;

std::string const answer = "{\"advice\":\"" + std::string(1'487, 'x') + "\"}";

Response constant() {
  Response response;
  response.body = answer;
  return response;
}

/// Answers everything that waits, then waits for more.
class Writer {
 public:
  void add(Reply reply) {
    {
      std::lock_guard const lock{mutex_};
      waiting_.push_back(std::move(reply));
    }
    changed_.notify_one();
  }

  [[noreturn]] void run() {
    for (;;) {
      std::vector<Reply> now;
      {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [this] { return !waiting_.empty(); });
        now.swap(waiting_);
      }
      for (auto const& reply : now) reply(constant());
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Reply> waiting_;
};

template <class Number>
Number number(std::string_view text) {
  Number value{};
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string_view> const given(arguments + 1, arguments + count);
  if (given.size() < 2) {
    std::fputs("usage: http_constant PORT THREADS [late]\n", stderr);
    return 2;
  }
  Options options;
  options.port = number<std::uint16_t>(given[0]);
  options.threads = number<unsigned>(given[1]);
  bool const late = given.size() > 2;
  Writer writer;
  Router router;
  router.add(Method::post, "/v1/advise", [&](Request&, Reply reply) {
    if (late) {
      writer.add(std::move(reply));
    } else {
      reply(constant());
    }
  });
  auto const server = Server::start(std::move(options), std::move(router));
  if (!server) {
    std::fprintf(stderr, "%s\n", server.error().message.c_str());
    return 2;
  }
  writer.run();
}
