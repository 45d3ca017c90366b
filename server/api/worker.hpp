#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace heed::api {

/// A thread for work that would hold up an event loop: reading the log, checking a policy. Jobs run
/// one after the other, in order.
class Worker {
 public:
  explicit Worker(std::size_t jobs_max);
  ~Worker();  // runs what waits, then ends

  /// False, and `job` is not run, where too much waits already. Any thread.
  bool run(std::function<void()> job);

 private:
  void work();

  std::size_t const jobs_max_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> jobs_;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace heed::api
