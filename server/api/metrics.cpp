#include "server/api/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <mutex>

#include "server/api/figures.hpp"

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
  using Pair = std::array<prometheus::Counter*, 2>;
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
          .Name("heed_reloads_total")
          .Help(
              "Times something was read again: loaded, or kept because the new one cannot be used")
          .Register(registry);
  Pair policy_reloads = pair_of("policy"), token_reloads = pair_of("tokens"),
       tls_reloads = pair_of("tls");
  prometheus::Family<prometheus::Counter>& strangers =
      BuildCounter()
          .Name("heed_tokens_refused_total")
          .Help("Requests refused for want of a token: no_token, unknown_token, not_allowed")
          .Register(registry);
  std::array<prometheus::Counter*, 3> stranger_reasons{
      &strangers.Add({{"reason", "no_token"}}), &strangers.Add({{"reason", "unknown_token"}}),
      &strangers.Add({{"reason", "not_allowed"}})};

  Pair pair_of(std::string const& what) {
    return {&reloads.Add({{"of", what}, {"outcome", "loaded"}}),
            &reloads.Add({{"of", what}, {"outcome", "kept"}})};
  }

  mutable std::mutex mutex;
  std::map<std::string, prometheus::Histogram*, std::less<>> routes;  // under mutex
  double not_written = 0;                                             // the most that was seen
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

void Metrics::count_reload(Reread what, bool taken) {
  auto& pair = what == Reread::policy   ? state_->policy_reloads
               : what == Reread::tokens ? state_->token_reloads
                                        : state_->tls_reloads;
  pair.at(taken ? 0 : 1)->Increment();
}

void Metrics::count_refused(Stranger reason) {
  state_->stranger_reasons.at(static_cast<std::size_t>(reason))->Increment();
}

std::string Metrics::render(std::function<Gauges()> const& gauges) const {
  auto const answered = state_->outcomes[0]->Value();  // before what was written, never after
  auto const now = gauges ? gauges() : Gauges{};
  double not_written = 0;
  if (gauges) {
    std::lock_guard const lock{state_->mutex};
    state_->not_written =
        std::max(state_->not_written, answered - static_cast<double>(now.decisions_written));
    not_written = state_->not_written;
  }
  auto families = state_->registry.Collect();
  auto more = collect(now, not_written);
  std::ranges::move(more, std::back_inserter(families));
  return prometheus::TextSerializer{}.Serialize(families);
}

}  // namespace heed::api
