#pragma once
#include <atomic>
#include <cstdint>
#include <thread>

#include "engine/base/time.hpp"
#include "server/store/log.hpp"
#include "server/store/uuid.hpp"

namespace heed::api {

/// Drops what old records hold once a day, on a thread of its own, and says so.
class Retaining {
 public:
  /// What is older than `age_us` is dropped; both others must outlive this.
  Retaining(store::Log& log, store::UuidSource& ids, std::int64_t age_us)
      : log_{log}, ids_{ids}, age_us_{age_us} {}
  ~Retaining();  // after the log was closed it does not wait long

  /// To be called about once a second, on one thread.
  void look(Instant now);

 private:
  void retain(std::int64_t before_us);

  store::Log& log_;
  store::UuidSource& ids_;
  std::int64_t const age_us_;
  std::int64_t due_us_ = 0;
  std::atomic<bool> is_busy_ = false;
  std::thread thread_;
};

}  // namespace heed::api
