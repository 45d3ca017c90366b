#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a server counts, for Prometheus. docs/operator/metrics.md says what each figure means; a
/// test holds the two against each other.
namespace heed::api {

/// Figures that another part keeps, read when they are asked for.
struct Gauges {
  std::uint64_t log_waiting = 0, log_records = 0, log_events = 0, log_failures = 0;
  std::uint64_t decisions_written = 0;  // records that are on disk since the start
  bool log_failing = false;
  std::uint64_t decisions_under_way = 0;
  std::uint64_t connections_open = 0, connections = 0, requests = 0, requests_under_way = 0;
  std::uint64_t requests_refused = 0, timeouts = 0, bytes_received = 0, bytes_sent = 0;
  std::uint64_t handshakes = 0, handshakes_failed = 0;
  std::vector<std::pair<std::string_view, std::uint64_t>> over;  // refused, by the limit's name
  std::optional<std::int64_t> tls_not_after;                     // seconds since 1970 UTC
  std::string policy, revision, version;
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

  enum class Reread { policy, tokens, tls };
  /// Something was read again: taken, or not, so that what was in use stays.
  void count_reload(Reread what, bool taken);

  enum class Stranger { no_token, unknown_token, not_allowed };
  void count_refused(Stranger reason);

  /// The text format of Prometheus.
  std::string render(std::function<Gauges()> const& gauges) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace heed::api
