#include "server/api/retaining.hpp"

#include <string>

#include "server/api/journal.hpp"

namespace heed::api {

Retaining::~Retaining() {
  if (thread_.joinable()) thread_.join();
}

void Retaining::look(Instant now) {
  if (now.micros < due_us_ || is_busy_) return;
  if (thread_.joinable()) thread_.join();
  due_us_ = now.micros + store::day_us;
  is_busy_ = true;
  thread_ = std::thread{[this, before_us = now.micros - age_us_] {
    retain(before_us);
    is_busy_ = false;
  }};
}

void Retaining::retain(std::int64_t before_us) {
  auto const retained = log_.retain({.before_us = before_us,
                                     .by = std::string{store::by_server},
                                     .trace = {},
                                     .id = ids_.next(store::system_now_us())});
  if (!retained) {
    return say(Level::error, "retention_failed",
               "what is old was not dropped: " + retained.error().message,
               {{"code", std::string{retained.error().code}}});
  }
  auto const& [sequence, records, events] = retained.value();
  if (records == 0 && events == 0) return;
  say(Level::info, "retained", "what old records held was dropped",
      {{"records", std::to_string(records)}, {"events", std::to_string(events)}});
}

}  // namespace heed::api
