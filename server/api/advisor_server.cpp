#include "server/api/advisor_server.hpp"

#include <spdlog/spdlog.h>

#include <optional>

#include "server/api/admission.hpp"
#include "server/api/service.hpp"
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
  std::unique_ptr<store::Log> log;
  std::unique_ptr<store::Reader> reader, history;
  store::UuidSource ids;
  Metrics metrics;
  std::unique_ptr<PolicyHolder> policies;
  std::unique_ptr<access::Gate> gate;
  std::optional<Worker> worker;
  std::optional<Service> service;
  std::optional<http::Server> server;

  Gauges gauges() const {
    auto const status = log->status();
    auto const counts = server ? server->counts() : http::Counts{};
    return {.log_waiting = status.waiting,
            .log_records = static_cast<std::uint64_t>(status.last_sequence),
            .log_events = status.events,
            .log_failures = status.failures,
            .connections_open = counts.connections_open,
            .requests = counts.requests,
            .requests_refused = counts.requests_refused,
            .timeouts = counts.timeouts};
  }
};

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
  auto gate = options.tokens.empty()
                  ? Expected<std::unique_ptr<access::Gate>, Error>{std::make_unique<access::Gate>()}
                  : access::Gate::open(options.tokens);
  if (!gate) return no_start(gate.error());
  state->gate = std::move(gate).value();
  options.http.admit = [gate = state->gate.get()](http::Request& request, std::string_view access) {
    return refuse_stranger(*gate, request, access, system_now());
  };
  options.http.answered = [metrics = &state->metrics](http::Answered const& answered) {
    metrics->observe_request(answered.route, answered.status,
                             static_cast<double>(answered.taken_us));
  };
  auto server = http::Server::start(std::move(options.http), make_router(*state->service));
  if (!server) return no_start(server.error());
  state->server.emplace(std::move(server).value());
  spdlog::info("policy {} revision {}", policy.value()->rules->policy.name,
               policy.value()->rules->revision);
  return std::unique_ptr<AdvisorServer>{new AdvisorServer{std::move(state)}};
}

std::uint16_t AdvisorServer::port() const {
  return state_->server->port();
}

void AdvisorServer::reload_policy() {
  auto const outcome = state_->policies->reload();
  if (!outcome) {
    state_->metrics.count_reload(false);
    auto const& [error, diagnostics, sources] = outcome.error();
    spdlog::error("the policy in use stays: {}", error.message);
    for (auto const& diagnostic : diagnostics)
      if (diagnostic.severity == Severity::error) spdlog::error("{}", render(diagnostic, sources));
    return;
  }
  if (outcome.value() == PolicyHolder::Outcome::unchanged) return;
  state_->metrics.count_reload(true);
  spdlog::info("policy loaded, revision {}", state_->policies->current()->rules->revision);
}

void AdvisorServer::reload_changed_policy() {
  if (state_->policies->has_changed()) reload_policy();
}

void AdvisorServer::reload_changed_tokens() {
  auto const outcome = state_->gate->reload();
  if (!outcome)
    spdlog::error("the tokens in use stay: {}", outcome.error().message);
  else if (outcome.value())
    spdlog::info("tokens read again");
}

void AdvisorServer::stop() {
  if (!state_->server) return;
  state_->server->stop();
  state_->worker.reset();
  state_->log->close();
  state_->server.reset();
}

}  // namespace heed::api
