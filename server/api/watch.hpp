#pragma once
#include <cstdint>

#include "engine/base/time.hpp"
#include "server/api/journal.hpp"
#include "server/api/metrics.hpp"
#include "server/http/message.hpp"
#include "server/http/options.hpp"
#include "server/http/tls.hpp"
#include "server/store/log.hpp"

namespace heed::api {

/// Tells the operator what stands out: requests, the log, the certificate.
class Watch {
 public:
  /// A request that was not let in. Any thread.
  void tell_refused(http::Request const& request, http::Response const& refusal, Metrics& metrics);

  /// Every request at level debug; those that took longer than `slow_us` or that failed for a
  /// reason of ours as warnings. Any thread.
  void tell_answered(http::Answered const& answered, std::int64_t slow_us);

  // The rest is for one thread.

  /// Tells when the log begins to fail and when it can be written again.
  void look_at_log(store::LogStatus const& status);

  /// Tells once a day of a certificate that expires within 30 days, or that has.
  void look_at_certificate(http::Certificate const& certificate, Instant now);

 private:
  Sparing refused_{"token_refused"}, slow_{"request_slow"}, failed_{"request_failed"};
  bool failing_ = false;
  std::int64_t certificate_told_at_ = 0;  // seconds since 1970 UTC
  std::int64_t certificate_not_after_ = 0;
};

}  // namespace heed::api
