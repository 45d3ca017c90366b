#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "server/http/server.hpp"

/// A server with one route for each thing that the tests look at.
namespace heed::http::testing {

/// Does work on a thread of its own, one after the other, as the log's writer will.
class Worker {
 public:
  Worker();
  ~Worker();
  Worker(Worker const&) = delete;
  Worker& operator=(Worker const&) = delete;

  void add(std::function<void()> work);

  void hold();    // work waits...
  void let_go();  // ...until now, and is then done at once
  std::size_t waiting();

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::function<void()>> work_;
  bool held_ = false;
  bool ended_ = false;
  std::thread thread_;
};

/// Options with times short enough for tests.
Options quick();

/// GET /hello; POST /echo (body), /later (body, from the worker), /small (16 bytes at most), /batch
/// (JSON at most 16 bytes, application/x-ndjson at most 8 MiB, answers the length); GET
/// /items/{id}, /items/fixed, /query, /client, /trace (its id), /page (HTML), /health (for
/// everyone, always); GET /stream (pieces from the worker), /cut,
/// /endless, /never (no answer), /throws.
Router routes(Worker& worker);

Server serve(Worker& worker, Options options = quick());

}  // namespace heed::http::testing
