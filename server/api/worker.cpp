#include "server/api/worker.hpp"

#include <algorithm>
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

bool Worker::run(std::function<void()> job, std::string_view client) {
  {
    std::lock_guard const lock{mutex_};
    if (closing_ || waiting_ >= jobs_max_) return false;
    auto found = std::ranges::find(clients_, client, &Client::name);
    if (found == clients_.end()) found = clients_.insert(found, Client{std::string{client}, {}});
    bool const has_share =
        client.empty() || found->jobs.size() < std::max<std::size_t>(jobs_max_ / 4, 1);
    if (!has_share) return false;
    found->jobs.push_back(std::move(job));
    ++waiting_;
  }
  arrived_.notify_one();
  return true;
}

std::function<void()> Worker::take_job() {
  auto client = std::move(clients_.front());
  clients_.pop_front();
  auto job = std::move(client.jobs.front());
  client.jobs.pop_front();
  if (!client.jobs.empty()) clients_.push_back(std::move(client));
  --waiting_;
  return job;
}

void Worker::work() {
  std::unique_lock lock{mutex_};
  for (;;) {
    arrived_.wait(lock, [this] { return closing_ || waiting_ > 0; });
    if (waiting_ == 0) return;
    auto const job = take_job();
    lock.unlock();
    job();
    lock.lock();
  }
}

}  // namespace heed::api
