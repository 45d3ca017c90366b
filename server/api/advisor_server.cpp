#include "server/api/advisor_server.hpp"

#include <optional>

#include "server/api/admission.hpp"
#include "server/api/journal.hpp"
#include "server/api/service.hpp"
#include "server/api/watch.hpp"
#include "server/http/server.hpp"

namespace heed::api {
namespace {

constexpr std::size_t worker_jobs_max = 256;  // reads of the log that may wait

Failure<NotLoaded> no_start(Error const& error) {
  return {{error, {}, {}}};
}

Expected<Done, Error> keep_sources(store::Log& log, ActivePolicy const& policy) {
  return log.put_policy(policy.rules->revision, policy.rules->policy.name, policy.sources);
}

}  // namespace

struct AdvisorServer::State {
  void watch_requests(ServerOptions& options);
  void tell_reload(Expected<http::Tls::Reload, Error> const& outcome);

  std::unique_ptr<store::Log> log;
  std::unique_ptr<store::Reader> reader, history;
  store::UuidSource ids;
  Metrics metrics;
  std::unique_ptr<PolicyHolder> policies;
  std::unique_ptr<access::Gate> gate;
  std::shared_ptr<http::Tls> tls;
  Watch watch;
  std::optional<Worker> worker;
  std::optional<Service> service;
  std::optional<http::Server> server;

  Gauges gauges() const {
    auto const status = log->status();
    auto counts = server ? server->counts() : http::Counts{};
    auto const policy = policies->current();
    Gauges gauges;
    gauges.log_waiting = status.waiting;
    gauges.log_records = static_cast<std::uint64_t>(status.last_sequence);
    gauges.log_events = status.events;
    gauges.log_failures = status.failures;
    gauges.log_failing = status.failing.has_value();
    gauges.decisions_written = status.records;
    gauges.decisions_under_way = service->decisions->under_way.load(std::memory_order_relaxed);
    gauges.connections_open = counts.connections_open;
    gauges.connections = counts.connections;
    gauges.requests = counts.requests;
    gauges.requests_under_way = counts.requests_under_way;
    gauges.requests_refused = counts.requests_refused;
    gauges.timeouts = counts.timeouts;
    gauges.bytes_received = counts.bytes_received;
    gauges.bytes_sent = counts.bytes_sent;
    gauges.handshakes = counts.handshakes;
    gauges.handshakes_failed = counts.handshakes_failed;
    gauges.over = std::move(counts.over);
    if (tls) gauges.tls_not_after = tls->certificate().not_after;
    gauges.policy = policy->rules->policy.name;
    gauges.revision = policy->rules->revision;
    gauges.version = service->engine.version;
    return gauges;
  }
};

/// Who is let in, and what is counted and told of each answer.
void AdvisorServer::State::watch_requests(ServerOptions& options) {
  options.http.admit = [this](http::Request& request, std::string_view access) {
    auto refusal = refuse_stranger(*gate, request, access, system_now());
    if (refusal) watch.tell_refused(request, *refusal, metrics);
    return refusal;
  };
  options.http.answered = [this, slow_us = std::int64_t{options.slow_ms} *
                                           1'000](http::Answered const& answered) {
    metrics.observe_request(answered.route, answered.status,
                            static_cast<double>(answered.taken_us));
    watch.tell_answered(answered, slow_us);
  };
}

void AdvisorServer::State::tell_reload(Expected<http::Tls::Reload, Error> const& outcome) {
  if (outcome && outcome.value() == http::Tls::Reload::unchanged) return;
  metrics.count_reload(Metrics::Reread::tls, static_cast<bool>(outcome));
  if (!outcome) {
    auto const& error = outcome.error();
    return say(Level::error, "tls_kept",
               "the certificate in use stays: " + error.message + "; " + error.help,
               {{"code", error.code}});
  }
  auto const certificate = tls->certificate();
  say(Level::info, "tls_loaded", "certificate loaded",
      {{"subject", certificate.subject}, {"sha256", certificate.sha256}});
}

AdvisorServer::AdvisorServer(std::unique_ptr<State> state) : state_{std::move(state)} {}

AdvisorServer::~AdvisorServer() {
  stop();
}

Expected<std::unique_ptr<AdvisorServer>, NotLoaded> AdvisorServer::start(ServerOptions options) {
  auto policy = load_active(options.policy);
  if (!policy) return Failure<NotLoaded>{policy.error()};
  auto log = store::Log::open({.path = options.store, .key_path = options.key});
  if (!log) return no_start(log.error());
  auto state = std::make_unique<State>();
  state->log = std::move(log).value();
  auto const kept = keep_sources(*state->log, *policy.value());
  if (!kept) return no_start(kept.error());
  for (auto* reader : {&state->reader, &state->history}) {
    auto opened = store::Reader::open({.path = options.store});
    if (!opened) return no_start(opened.error());
    *reader = std::move(opened).value();
  }
  state->policies = std::make_unique<PolicyHolder>(
      options.policy, policy.value(),
      [log = state->log.get()](ActivePolicy const& fresh) { return keep_sources(*log, fresh); });
  state->worker.emplace(worker_jobs_max);
  state->service.emplace(Service{*state->policies, *state->log, *state->reader, *state->history,
                                 state->ids, state->metrics, *state->worker, engine_version(),
                                 [raw = state.get()] { return raw->gauges(); }, system_now});
  state->service->decisions->max = options.decisions_max;
  auto gate = options.tokens.empty()
                  ? Expected<std::unique_ptr<access::Gate>, Error>{std::make_unique<access::Gate>()}
                  : access::Gate::open(options.tokens);
  if (!gate) return no_start(gate.error());
  state->gate = std::move(gate).value();
  if (!options.tls.certificate.empty()) {
    auto tls = http::Tls::open(options.tls);
    if (!tls) return no_start(tls.error());
    options.http.tls = state->tls = std::move(tls).value();
  }
  state->watch_requests(options);
  auto server = http::Server::start(std::move(options.http), make_router(*state->service));
  if (!server) return no_start(server.error());
  state->server.emplace(std::move(server).value());
  say(Level::info, "started", "heed " + state->service->engine.version + " decides",
      {{"policy", policy.value()->rules->policy.name},
       {"revision", policy.value()->rules->revision}});
  return std::unique_ptr<AdvisorServer>{new AdvisorServer{std::move(state)}};
}

std::uint16_t AdvisorServer::port() const {
  return state_->server->port();
}

void AdvisorServer::reload_policy() {
  auto const outcome = state_->policies->reload();
  if (!outcome) {
    state_->metrics.count_reload(Metrics::Reread::policy, false);
    auto const& [error, diagnostics, sources] = outcome.error();
    std::string message = "the policy in use stays: " + error.message;
    for (auto const& diagnostic : diagnostics)
      if (diagnostic.severity == Severity::error) message += "\n" + render(diagnostic, sources);
    return say(Level::error, "policy_kept", message, {{"code", error.code}});
  }
  if (outcome.value() == PolicyHolder::Outcome::unchanged) return;
  state_->metrics.count_reload(Metrics::Reread::policy, true);
  say(Level::info, "policy_loaded", "policy loaded",
      {{"revision", state_->policies->current()->rules->revision}});
}

void AdvisorServer::reload_changed_policy() {
  if (state_->policies->has_changed()) reload_policy();
}

void AdvisorServer::reload_changed_tokens() {
  auto const outcome = state_->gate->reload();
  if (outcome && !outcome.value()) return;
  state_->metrics.count_reload(Metrics::Reread::tokens, static_cast<bool>(outcome));
  if (outcome) return say(Level::info, "tokens_loaded", "tokens read again");
  say(Level::error, "tokens_kept", "the tokens in use stay: " + outcome.error().message,
      {{"code", outcome.error().code}});
}

void AdvisorServer::reload_tls() {
  if (state_->tls) state_->tell_reload(state_->tls->reload());
}

void AdvisorServer::reload_changed_tls() {
  if (state_->tls) state_->tell_reload(state_->tls->reload_changed());
}

void AdvisorServer::watch() {
  state_->watch.look_at_log(state_->log->status());
  if (state_->tls) state_->watch.look_at_certificate(state_->tls->certificate(), system_now());
}

bool AdvisorServer::responds_within(std::chrono::milliseconds time) const {
  return state_->server && state_->server->responds_within(time);
}

void AdvisorServer::stop() {
  if (!state_->server) return;
  state_->server->stop();
  state_->worker.reset();
  state_->log->close();
  state_->server.reset();
}

}  // namespace heed::api
