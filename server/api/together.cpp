#include "server/api/together.hpp"

#include <chrono>
#include <utility>
#include <vector>

#include "engine/base/limits.hpp"
#include "server/http/round.hpp"

namespace heed::api {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds wait_max{4};  // where deciding is slow
constexpr std::size_t enough = 16;                // for a log that has nothing to do

/// Of the calling thread.
struct Round {
  store::Log* log = nullptr;
  std::vector<store::Log::Submission> submissions;
  Clock::time_point began;

  void end() {
    if (!submissions.empty()) log->append(std::exchange(submissions, {}));
  }
};

}  // namespace

void append_together(store::Log& log, store::Entry entry, store::Log::Callback callback) {
  thread_local Round round;
  if (round.log != &log) round.end();
  round.log = &log;
  round.submissions.push_back({std::move(entry), std::move(callback)});
  if (round.submissions.size() == 1) {
    round.began = Clock::now();
    return http::after_round([&of_thread = round] { of_thread.end(); });
  }
  bool const is_full = round.submissions.size() >= limits::log_batch_records_max;
  bool const is_enough = round.submissions.size() >= enough && log.is_idle();
  if (is_full || is_enough || Clock::now() - round.began >= wait_max) round.end();
}

}  // namespace heed::api
