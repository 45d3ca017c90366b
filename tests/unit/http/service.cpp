#include "tests/unit/http/service.hpp"

#include <stdexcept>

namespace heed::http::testing {
namespace {

Response text(std::string body) {
  Response response;
  response.content_type = "text/plain";
  response.body = std::move(body);
  return response;
}

void stream(Worker& worker, Reply const& reply) {
  auto response = text("first\n");
  response.more = [&worker, count = 0](Next next) mutable {
    ++count;
    if (count == 2) return next("", End::no);  // nothing yet: asked again
    worker.add([next, piece = count] {
      next("piece " + std::to_string(piece) + "\n", piece == 4 ? End::yes : End::no);
    });
  };
  reply(std::move(response));
}

void cut(Reply const& reply) {
  auto response = text("first\n");
  response.more = [](Next const&) {};
  reply(std::move(response));
}

void endless(Reply const& reply) {
  auto response = text({});
  response.more = [](Next const& next) { next(std::string(65536, 'x'), End::no); };
  reply(std::move(response));
}

void add_bodies(Router& router, Worker& worker) {
  auto const echo = [](Request& request, Reply const& reply) {
    reply(text(std::move(request.body)));
  };
  auto const length = [](Request& request, Reply const& reply) {
    reply(text(std::to_string(request.body.size())));
  };
  router.add(Method::post, "/echo", echo);
  router.add(Method::post, "/later", [&worker](Request& request, Reply reply) {
    worker.add([reply, body = std::move(request.body)] { reply(text(body)); });
  });
  router.add(Method::post, "/small", echo, {.body_bytes_max = 16, .content_types = {}});
  router.add(Method::post, "/batch", length,
             {.body_bytes_max = 16, .content_types = {"application/json"}});
  router.add(Method::post, "/batch", length,
             {.body_bytes_max = 8u << 20, .content_types = {"application/x-ndjson"}});
}

}  // namespace

Worker::Worker() : thread_{[this] { run(); }} {}

Worker::~Worker() {
  {
    std::lock_guard const lock{mutex_};
    ended_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Worker::add(std::function<void()> work) {
  {
    std::lock_guard const lock{mutex_};
    work_.push_back(std::move(work));
  }
  changed_.notify_all();
}

void Worker::hold() {
  std::lock_guard const lock{mutex_};
  held_ = true;
}

void Worker::let_go() {
  {
    std::lock_guard const lock{mutex_};
    held_ = false;
  }
  changed_.notify_all();
}

std::size_t Worker::waiting() {
  std::lock_guard const lock{mutex_};
  return work_.size();
}

void Worker::run() {
  for (;;) {
    std::vector<std::function<void()>> now;
    {
      std::unique_lock lock{mutex_};
      changed_.wait(lock, [this] { return ended_ || (!held_ && !work_.empty()); });
      if (ended_) return;
      now.swap(work_);
    }
    for (auto const& work : now) work();
  }
}

Options quick() {
  Options options;
  options.idle_ms = 2'000;
  options.head_ms = 1'000;
  options.body_ms = 1'000;
  options.write_ms = 1'000;
  options.linger_ms = 400;
  options.drain_ms = 2'000;
  return options;
}

Router routes(Worker& worker) {
  Router router;
  add_bodies(router, worker);
  router.add(Method::get, "/hello", [](Request&, Reply const& reply) { reply(text("hello")); });
  router.add(Method::get, "/health", [](Request&, Reply const& reply) { reply(text("alive")); },
             {.ration = Ration::free});
  router.add(Method::get, "/trace", [](Request& request, Reply const& reply) {
    reply(text(request.trace_id.empty() ? "none" : request.trace_id));
  });
  router.add(Method::get, "/page", [](Request&, Reply const& reply) {
    reply({.content_type = "text/html; charset=utf-8", .body = "<p>hello"});
  });
  router.add(Method::get, "/items/{id}", [](Request& request, Reply const& reply) {
    reply(text("item " + std::string{parameter(request, "id")}));
  });
  router.add(Method::get, "/items/fixed",
             [](Request&, Reply const& reply) { reply(text("fixed")); });
  router.add(Method::get, "/query", [](Request& request, Reply const& reply) {
    reply(text(std::string{query_value(request, "q").value_or("none")}));
  });
  router.add(Method::get, "/client",
             [](Request& request, Reply const& reply) { reply(text(request.client)); });
  router.add(Method::get, "/stream",
             [&worker](Request&, Reply const& reply) { stream(worker, reply); });
  router.add(Method::get, "/cut", [](Request&, Reply const& reply) { cut(reply); });
  router.add(Method::get, "/endless", [](Request&, Reply const& reply) { endless(reply); });
  router.add(Method::get, "/never", [](Request&, Reply const&) {});
  router.add(Method::get, "/throws",
             [](Request&, Reply const&) { throw std::runtime_error{"a bug"}; });
  return router;
}

Server serve(Worker& worker, Options options) {
  return Server::start(std::move(options), routes(worker)).value();
}

}  // namespace heed::http::testing
