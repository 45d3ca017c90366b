#include "server/api/advisor_server.hpp"

#include <atomic>
#include <filesystem>
#include <optional>

#include "server/api/admission.hpp"
#include "server/api/journal.hpp"
#include "server/api/retaining.hpp"
#include "server/api/service.hpp"
#include "server/api/watch.hpp"
#include "server/http/problem.hpp"
#include "server/http/server.hpp"

namespace heed::api {
namespace {

constexpr std::size_t worker_jobs_max = 256;  // reads of the log that may wait

Failure<NotLoaded> no_start(Error const& error) {
  return {{error, {}, {}}};
}

/// Stores a policy of a folder, and records that it decides from here on.
Expected<Done, Error> keep_folder(store::Log& log, store::UuidSource& ids,
                                  ActivePolicy const& policy) {
  auto const& revision = policy.rules->revision;
  auto stored = log.put_policy(revision, policy.rules->policy.name, policy.sources);
  if (!stored) return stored;
  auto const activated =
      log.activate({.id = ids.next(store::system_now_us()), .revision = revision});
  if (!activated) return Failure<Error>{activated.error()};
  return Done{};
}

/// Whether there is no file, or one without a byte: opening it would begin a log.
bool is_missing(std::string const& store) {
  std::error_code failed;
  auto const bytes = std::filesystem::file_size(store, failed);
  return failed ? !std::filesystem::exists(store, failed) : bytes == 0;
}

NotLoaded no_policy_in(std::string const& store) {
  return {
      {"policies.none-active",
       "there is no store `" + store + "` yet, so no policy is active in it",
       "look at the name, or begin one: `--first-policy FOLDER` names the policy to begin with"},
      {},
      {}};
}

/// What contradicts itself in the options.
std::optional<Error> objection_to(ServerOptions const& options) {
  if (!options.policy.empty() && !options.first_policy.empty())
    return Error{"serve.two-policies", "`--policy` and `--first-policy` exclude each other",
                 "with `--policy` the folder decides; with `--first-policy` the store does, and "
                 "the folder is read once, where no policy was ever active"};
  if (!options.four_eyes) return std::nullopt;
  if (options.tokens.empty())
    return Error{"serve.four-eyes", "`--four-eyes` needs to know who asks",
                 "give a file of tokens: `--tokens FILE`"};
  if (!options.policy.empty())
    return Error{"serve.four-eyes", "`--four-eyes` cannot hold while a folder decides",
                 "leave out `--policy`: then the store's active policy decides, and is changed "
                 "over HTTP alone"};
  return std::nullopt;
}

}  // namespace

struct AdvisorServer::State {
  void watch_requests(ServerOptions& options);
  void tell_reload(Expected<http::Tls::Reload, Error> const& outcome);
  Expected<Done, NotLoaded> open_store(ServerOptions const& options);
  Expected<Done, NotLoaded> take_policy(ServerOptions const& options);
  Expected<Done, Error> keep_first(ServerOptions const& options);

  std::unique_ptr<store::Log> log;
  std::unique_ptr<store::Reader> reader, history, drafts;
  store::UuidSource ids;
  Metrics metrics;
  std::unique_ptr<PolicyDesk> desk;
  std::unique_ptr<PolicyHolder> policies;
  std::unique_ptr<access::Gate> gate;
  std::shared_ptr<http::Tls> tls;
  Watch watch;
  std::unique_ptr<Retaining> retaining;
  std::optional<Worker> worker;
  std::optional<Service> service;
  std::atomic<bool> is_ready{false};  // the log says which policy decides
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
    if (!is_ready) return std::optional{http::busy("starting", "The server is starting", {}, 1)};
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

Expected<Done, NotLoaded> AdvisorServer::State::open_store(ServerOptions const& options) {
  auto opened_log = store::Log::open(
      {.path = options.store, .key_path = options.key, .master_path = options.master});
  if (!opened_log) return no_start(opened_log.error());
  log = std::move(opened_log).value();
  for (auto* const opening : {&reader, &history, &drafts}) {
    auto opened = store::Reader::open({.path = options.store, .master = log->master()});
    if (!opened) return no_start(opened.error());
    *opening = std::move(opened).value();
  }
  desk = std::make_unique<PolicyDesk>(*drafts);
  desk->by_folder = !options.policy.empty();
  desk->four_eyes = options.four_eyes;
  return Done{};
}

/// Finds the policy to decide by. A folder with mistakes leaves the store as it is.
Expected<Done, NotLoaded> AdvisorServer::State::take_policy(ServerOptions const& options) {
  auto const& folder = options.policy.empty() ? options.first_policy : options.policy;
  bool const by_folder = !options.policy.empty();
  bool const is_new = is_missing(options.store);
  if (is_new && folder.empty()) return Failure<NotLoaded>{no_policy_in(options.store)};
  auto found = by_folder || is_new
                   ? load_active(folder)
                   : Expected<std::shared_ptr<ActivePolicy const>, NotLoaded>{nullptr};
  if (!found) return Failure<NotLoaded>{found.error()};
  if (auto opened = open_store(options); !opened) return opened;
  if (!by_folder && !is_new) found = desk->shelf.find_active();
  bool const is_first = !found && found.error().error.code == "policies.none-active";
  if (is_first && !folder.empty()) found = load_active(folder);
  if (!found) return Failure<NotLoaded>{found.error()};
  auto const keep = [this](ActivePolicy const& fresh) {
    return desk->by_folder ? keep_folder(*log, ids, fresh) : Done{};
  };
  policies =
      std::make_unique<PolicyHolder>(by_folder ? folder_origin(folder) : store_origin(desk->shelf),
                                     std::move(found).value(), keep);
  return Done{};
}

/// Records that the first policy decides, where it does not already.
Expected<Done, Error> AdvisorServer::State::keep_first(ServerOptions const& options) {
  auto const first = policies->current();
  bool const is_the_stores = options.policy.empty() && !desk->shelf.active_revision().empty();
  auto kept = is_the_stores ? Done{} : keep_folder(*log, ids, *first);
  is_ready = static_cast<bool>(kept);
  return kept;
}

Expected<std::unique_ptr<AdvisorServer>, NotLoaded> AdvisorServer::start(ServerOptions options) {
  if (auto const objection = objection_to(options)) return no_start(*objection);
  auto state = std::make_unique<State>();
  if (auto const taken = state->take_policy(options); !taken)
    return Failure<NotLoaded>{taken.error()};
  state->worker.emplace(worker_jobs_max);
  state->service.emplace(Service{*state->policies, *state->log, *state->reader, *state->history,
                                 state->ids, state->metrics, *state->worker, *state->desk,
                                 engine_version(), [raw = state.get()] { return raw->gauges(); },
                                 system_now});
  state->service->decisions->max = options.decisions_max;
  auto gate = options.tokens.empty()
                  ? Expected<std::unique_ptr<access::Gate>, Error>{std::make_unique<access::Gate>()}
                  : access::Gate::open(options.tokens);
  if (!gate) return no_start(gate.error());
  state->gate = std::move(gate).value();
  state->service->may_open = [gate = state->gate.get()](http::Request const& request) {
    return static_cast<bool>(gate->admit(request.headers.find("Authorization").value_or(""),
                                         access::Role::admin, system_now().micros));
  };
  if (!options.tls.certificate.empty()) {
    auto tls = http::Tls::open(options.tls);
    if (!tls) return no_start(tls.error());
    options.http.tls = state->tls = std::move(tls).value();
  }
  if (options.retain_us > 0)
    state->retaining = std::make_unique<Retaining>(*state->log, state->ids, options.retain_us);
  state->watch_requests(options);
  auto http_options = std::move(options.http);
  auto server = http::Server::start(std::move(http_options), make_router(*state->service));
  if (!server) return no_start(server.error());
  state->server.emplace(std::move(server).value());
  // Once the address is ours: a server that cannot listen has activated nothing.
  if (auto const kept = state->keep_first(options); !kept) return no_start(kept.error());
  auto const policy = state->policies->current();
  say(Level::info, "started", "heed " + state->service->engine.version + " decides",
      {{"policy", policy->rules->policy.name},
       {"revision", policy->rules->revision},
       {"from", state->desk->by_folder ? "folder" : "store"}});
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

void AdvisorServer::retain() {
  if (state_->retaining) state_->retaining->look(system_now());
}

bool AdvisorServer::responds_within(std::chrono::milliseconds time) const {
  return state_->server && state_->server->responds_within(time);
}

void AdvisorServer::stop() {
  if (!state_->server) return;
  state_->server->stop();
  state_->worker.reset();
  state_->desk->worker.reset();
  state_->log->close();
  state_->retaining.reset();
  state_->server.reset();
}

}  // namespace heed::api
