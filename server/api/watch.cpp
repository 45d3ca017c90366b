#include "server/api/watch.hpp"

#include <string>

namespace heed::api {
namespace {

constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t warned_days = 30, alarmed_days = 7;

void say_request(Level level, std::string_view event, std::string_view message,
                 http::Answered const& answered) {
  say(level, event, message,
      {{"request", answered.request_id},
       {"trace", answered.trace_id},
       {"method", answered.method},
       {"route", answered.route},
       {"status", std::int64_t{answered.status}},
       {"taken_us", answered.taken_us},
       {"client", answered.client},
       {"token", answered.user}});
}

}  // namespace

void Watch::tell_refused(http::Request const& request, http::Response const& refusal,
                         Metrics& metrics) {
  using Stranger = Metrics::Stranger;
  auto const reason = refusal.status == 403                   ? Stranger::not_allowed
                      : request.headers.find("Authorization") ? Stranger::unknown_token
                                                              : Stranger::no_token;
  metrics.count_refused(reason);
  if (!is_told(Level::warning) || !refused_.take()) return;
  auto const words = reason == Stranger::not_allowed     ? "a token may not do what it asked for"
                     : reason == Stranger::unknown_token ? "a token is not known, or no longer"
                                                         : "a request came without a token";
  say(Level::warning, "token_refused", words,
      {{"request", request.id},
       {"trace", request.trace_id},
       {"status", std::int64_t{refusal.status}},
       {"client", request.client}});
}

void Watch::tell_answered(http::Answered const& answered, std::int64_t slow_us) {
  if (answered.taken_us > slow_us && is_told(Level::warning) && slow_.take())
    say_request(Level::warning, "request_slow", "a request took long", answered);
  if (answered.status >= 500 && is_told(Level::warning) && failed_.take())
    say_request(Level::warning, "request_failed", "a request could not be answered as it should",
                answered);
  if (is_told(Level::debug)) say_request(Level::debug, "request", "answered", answered);
}

void Watch::look_at_log(store::LogStatus const& status) {
  if (status.failing && !failing_) {
    say(Level::error, "log_failing",
        "the decision log cannot be written: " + status.failing->message,
        {{"code", status.failing->code}});
  } else if (!status.failing && failing_) {
    say(Level::info, "log_recovered", "the decision log can be written again");
  }
  failing_ = status.failing.has_value();
}

void Watch::look_at_certificate(http::Certificate const& certificate, Instant now) {
  auto const seconds = now.micros / 1'000'000;
  auto const days = (certificate.not_after - seconds) / day_seconds;
  bool const is_other = certificate.not_after != certificate_not_after_;
  if (days >= warned_days || (!is_other && seconds < certificate_told_at_ + day_seconds)) return;
  certificate_told_at_ = seconds;
  certificate_not_after_ = certificate.not_after;
  if (certificate.not_after <= seconds)
    return say(Level::error, "tls_expired", "the certificate has expired: clients refuse it",
               {{"subject", certificate.subject}});
  say(days < alarmed_days ? Level::error : Level::warning, "tls_expires_soon",
      "the certificate expires in " + std::to_string(days) + " days",
      {{"subject", certificate.subject}, {"days", days}});
}

}  // namespace heed::api
