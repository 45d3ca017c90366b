#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

/// What a server counts, for Prometheus. docs/operator/operating.md says what each figure means.
namespace heed::api {

/// Where a figure that another part keeps is read when it is asked for.
struct Gauges {
  std::uint64_t log_waiting = 0, log_records = 0, log_events = 0, log_failures = 0;
  std::uint64_t connections_open = 0, requests = 0, requests_refused = 0, timeouts = 0;
};

/// Any thread.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  enum class Outcome { decided, repeated, refused, not_logged };
  /// A case was answered, or could not be.
  void count(Outcome outcome);
  /// How long the engine took for one case.
  void observe_decision_us(double micros);
  /// A request was answered: from its last byte to the answer.
  void observe_request(std::string_view route, int status, double micros);
  void count_reload(bool loaded);

  /// The text format of Prometheus.
  std::string render(Gauges const& gauges) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace heed::api
