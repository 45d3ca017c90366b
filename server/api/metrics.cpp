#include "server/api/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <map>
#include <mutex>

namespace heed::api {
namespace {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::BuildHistogram;
using Buckets = prometheus::Histogram::BucketBoundaries;

// Seconds.
Buckets const decision_buckets{2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 5e-3};
Buckets const request_buckets{1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.5, 1};

}  // namespace

struct Metrics::State {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& decisions =
      BuildCounter()
          .Name("heed_decisions_total")
          .Help(
              "Cases by what became of them: decided, repeated (an idempotency key came again), "
              "refused (the case had mistakes), not_logged (decided, but not answered)")
          .Register(registry);
  std::array<prometheus::Counter*, 4> outcomes{
      &decisions.Add({{"outcome", "decided"}}), &decisions.Add({{"outcome", "repeated"}}),
      &decisions.Add({{"outcome", "refused"}}), &decisions.Add({{"outcome", "not_logged"}})};
  prometheus::Histogram& decision_seconds = BuildHistogram()
                                                .Name("heed_decision_seconds")
                                                .Help("Time the engine took for one case")
                                                .Register(registry)
                                                .Add({}, decision_buckets);
  prometheus::Family<prometheus::Histogram>& request_seconds =
      BuildHistogram()
          .Name("heed_http_request_seconds")
          .Help("Time from a complete request to its answer, by route")
          .Register(registry);
  prometheus::Family<prometheus::Counter>& reloads =
      BuildCounter()
          .Name("heed_policy_reloads_total")
          .Help("Times the policy was read again: loaded, or kept because the new one has mistakes")
          .Register(registry);
  prometheus::Counter& loaded = reloads.Add({{"outcome", "loaded"}});
  prometheus::Counter& kept = reloads.Add({{"outcome", "kept"}});

  mutable std::mutex mutex;
  std::map<std::string, prometheus::Histogram*, std::less<>> routes;  // under mutex
};

Metrics::Metrics() : state_{std::make_unique<State>()} {}
Metrics::~Metrics() = default;

void Metrics::count(Outcome outcome) {
  state_->outcomes.at(static_cast<std::size_t>(outcome))->Increment();
}

void Metrics::observe_decision_us(double micros) {
  state_->decision_seconds.Observe(micros * 1e-6);
}

void Metrics::observe_request(std::string_view route, int status, double micros) {
  std::string key{route.empty() ? "none" : route};
  key += ' ' + std::to_string(status / 100) + "xx";
  prometheus::Histogram* histogram = nullptr;
  {
    std::lock_guard const lock{state_->mutex};
    auto& found = state_->routes[key];
    if (found == nullptr)
      found = &state_->request_seconds.Add({{"route", route.empty() ? "none" : std::string{route}},
                                            {"status", std::to_string(status / 100) + "xx"}},
                                           request_buckets);
    histogram = found;
  }
  histogram->Observe(micros * 1e-6);
}

void Metrics::count_reload(bool loaded) {
  (loaded ? state_->loaded : state_->kept).Increment();
}

std::string Metrics::render(Gauges const& gauges) const {
  prometheus::Registry now;
  auto const add = [&](char const* name, char const* help, std::uint64_t value) {
    BuildGauge().Name(name).Help(help).Register(now).Add({}).Set(static_cast<double>(value));
  };
  add("heed_log_waiting", "Records that wait to be written", gauges.log_waiting);
  add("heed_log_records", "Sequence of the newest record", gauges.log_records);
  add("heed_log_events", "Events taken from callers since the start", gauges.log_events);
  add("heed_log_failures", "Records that could not be written since the start",
      gauges.log_failures);
  add("heed_http_connections_open", "Connections that are open", gauges.connections_open);
  add("heed_http_requests", "Requests that were read since the start", gauges.requests);
  add("heed_http_requests_refused", "Requests that the server refused by itself",
      gauges.requests_refused);
  add("heed_http_timeouts", "Requests and answers that took a client too long", gauges.timeouts);
  auto families = state_->registry.Collect();
  auto const more = now.Collect();
  families.insert(families.end(), more.begin(), more.end());
  return prometheus::TextSerializer{}.Serialize(families);
}

}  // namespace heed::api
