#include "server/api/figures.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include "server/api/process_figures.hpp"

namespace heed::api {
namespace {

using prometheus::BuildCounter;
using prometheus::BuildGauge;

/// Families of one figure each.
class Sheet {
 public:
  template <class Number>
  void gauge(char const* name, char const* help, Number value) {
    BuildGauge().Name(name).Help(help).Register(registry_).Add({}).Set(static_cast<double>(value));
  }
  template <class Number>
  void counter(char const* name, char const* help, Number value) {
    BuildCounter().Name(name).Help(help).Register(registry_).Add({}).Increment(
        static_cast<double>(value));
  }
  prometheus::Registry& registry() { return registry_; }

 private:
  prometheus::Registry registry_;
};

void add_log(Sheet& sheet, Gauges const& now, double decisions_not_written) {
  sheet.counter("heed_decisions_not_written_total",
                "Decisions answered whose record is not on disk: stays 0", decisions_not_written);
  sheet.gauge("heed_decisions_under_way", "Decisions that wait for the log, a batch as 64",
              now.decisions_under_way);
  sheet.gauge("heed_log_waiting", "Records that wait to be written", now.log_waiting);
  sheet.gauge("heed_log_records", "Sequence of the newest record", now.log_records);
  sheet.gauge("heed_log_failing", "1 while the log cannot be written", now.log_failing ? 1 : 0);
  sheet.counter("heed_log_events_total", "Events taken from callers since the start",
                now.log_events);
  sheet.counter("heed_log_failures_total", "Records that could not be written since the start",
                now.log_failures);
}

void add_http(Sheet& sheet, Gauges const& now) {
  sheet.gauge("heed_http_connections_open", "Connections that are open", now.connections_open);
  sheet.counter("heed_http_connections_total", "Connections that were taken", now.connections);
  sheet.gauge("heed_http_requests_under_way", "Requests that wait for their answer",
              now.requests_under_way);
  sheet.counter("heed_http_requests_total", "Requests that were read to their end", now.requests);
  sheet.counter("heed_http_requests_refused_total", "Requests that the server refused by itself",
                now.requests_refused);
  sheet.counter("heed_http_timeouts_total", "Handshakes, requests and answers that took too long",
                now.timeouts);
  sheet.counter("heed_http_received_bytes_total", "Bytes of requests", now.bytes_received);
  sheet.counter("heed_http_sent_bytes_total", "Bytes of answers", now.bytes_sent);
  auto& over = BuildCounter()
                   .Name("heed_http_over_limit_total")
                   .Help("Refused with 503 or 429 because a limit was reached, by limit")
                   .Register(sheet.registry());
  for (auto const& [limit, count] : now.over)
    over.Add({{"limit", std::string{limit}}}).Increment(static_cast<double>(count));
  auto& handshakes = BuildCounter()
                         .Name("heed_tls_handshakes_total")
                         .Help("TLS handshakes: completed, or given up")
                         .Register(sheet.registry());
  handshakes.Add({{"outcome", "completed"}}).Increment(static_cast<double>(now.handshakes));
  handshakes.Add({{"outcome", "failed"}}).Increment(static_cast<double>(now.handshakes_failed));
  if (now.tls_not_after)
    sheet.gauge("heed_tls_certificate_not_after_seconds",
                "When the certificate expires, in seconds since 1970", *now.tls_not_after);
}

void add_process(Sheet& sheet, Gauges const& now) {
  BuildGauge()
      .Name("heed_build_info")
      .Help("1; the labels say what runs")
      .Register(sheet.registry())
      .Add({{"version", now.version}})
      .Set(1);
  BuildGauge()
      .Name("heed_policy_info")
      .Help("1; the labels say which policy decides")
      .Register(sheet.registry())
      .Add({{"policy", now.policy}, {"revision", now.revision}})
      .Set(1);
  auto const process = process_figures();
  sheet.counter("process_cpu_seconds_total", "Processor time", process.cpu_seconds);
  sheet.gauge("process_start_time_seconds", "When the process started, in seconds since 1970",
              process.started_at);
  sheet.gauge("process_resident_memory_bytes", "Memory in use", process.resident_bytes);
  sheet.gauge("process_virtual_memory_bytes", "Memory mapped", process.virtual_bytes);
  sheet.gauge("process_threads", "Threads", process.threads);
  sheet.gauge("process_open_fds", "Open files, connections among them", process.open_files);
  sheet.gauge("process_max_fds", "How many may be open", process.open_files_max);
}

}  // namespace

std::vector<prometheus::MetricFamily> collect(Gauges const& now, double decisions_not_written) {
  Sheet sheet;
  add_log(sheet, now, decisions_not_written);
  add_http(sheet, now);
  add_process(sheet, now);
  return sheet.registry().Collect();
}

}  // namespace heed::api
