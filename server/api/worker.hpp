#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace heed::api {

/// A thread for work that would hold up an event loop: reading the log, checking a policy. Jobs run
/// one after the other: each client's in order, one of each client's in turn.
class Worker {
 public:
  explicit Worker(std::size_t jobs_max);
  ~Worker();  // runs what waits, then ends

  /// False, and `job` is not run, where too much waits already, or where a quarter of what may wait
  /// is this client's. Any thread.
  bool run(std::function<void()> job, std::string_view client = {});

 private:
  struct Client {
    std::string name;
    std::deque<std::function<void()>> jobs;  // INVARIANT: not empty
  };

  void work();
  std::function<void()> take_job();

  std::size_t const jobs_max_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Client> clients_;  // who has jobs that wait; the first has its turn
  std::size_t waiting_ = 0;     // jobs of all of them
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace heed::api
