#include "server/api/worker.hpp"

#include <utility>

namespace heed::api {

Worker::Worker(std::size_t jobs_max) : jobs_max_{jobs_max}, thread_{[this] { work(); }} {}

Worker::~Worker() {
  {
    std::lock_guard const lock{mutex_};
    closing_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

bool Worker::run(std::function<void()> job) {
  {
    std::lock_guard const lock{mutex_};
    if (closing_ || jobs_.size() >= jobs_max_) return false;
    jobs_.push_back(std::move(job));
  }
  arrived_.notify_one();
  return true;
}

void Worker::work() {
  std::unique_lock lock{mutex_};
  for (;;) {
    arrived_.wait(lock, [this] { return closing_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    auto const job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job();
    lock.lock();
  }
}

}  // namespace heed::api
