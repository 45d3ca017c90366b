#include <csignal>
#include <ctime>

#include "server/api/advisor_server.hpp"
#include "server/api/journal.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/listening.hpp"
#include "server/cli/notify.hpp"
#include "server/cli/policy.hpp"
#include "server/cli/terminal.hpp"
#include "server/http/server.hpp"

namespace heed::cli {
namespace {

using api::Level;

constexpr std::chrono::seconds silence_max{
    10};  // of an event loop, before the watchdog is told no more

sigset_t signals_of_ours() {
  sigset_t signals;
  sigemptyset(&signals);
  for (int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  return signals;
}

/// Waits for a signal, at most a second; 0 where none came.
int wait_for_signal(sigset_t const& signals) {
  timespec const second{1, 0};
  int const signal = sigtimedwait(&signals, nullptr, &second);
  return signal < 0 ? 0 : signal;
}

void say_listening(std::string const& url, std::int64_t port) {
  api::say(Level::info, "listening", "listening on " + url, {{"url", url}, {"port", port}});
}

/// Serves constant bytes, to measure the server without the engine and the log.
int serve_constant(api::ServerOptions options, sigset_t const& signals) {
  http::Router router;
  std::string const body = "{\"constant\":\"" + std::string(1500, 'x') + "\"}";
  router.add(http::Method::post, "/v1/decisions",
             [body](http::Request&, http::Reply const& reply) { reply({.body = body}); });
  if (!options.tls.certificate.empty()) {
    auto tls = http::Tls::open(options.tls);
    if (!tls) {
      tell(tls.error());
      return cannot;
    }
    options.http.tls = std::move(tls).value();
  }
  auto server = http::Server::start(options.http, std::move(router));
  if (!server) {
    tell(server.error());
    return cannot;
  }
  say_listening(url_of(options, server.value().port()), server.value().port());
  int signal = 0;
  while (signal == 0 || signal == SIGHUP) signal = wait_for_signal(signals);
  return done;
}

/// Until a signal says to stop: what can be read again is, on SIGHUP and where it changes.
void serve_until_stopped(api::AdvisorServer& server, ServiceManager& manager,
                         sigset_t const& signals, std::string const& url) {
  manager.ready("listening on " + url);
  for (;;) {
    int const signal = wait_for_signal(signals);
    if (signal != 0 && signal != SIGHUP) break;
    if (signal == SIGHUP) {
      manager.reloading();
      server.reload_policy();
      server.reload_tls();
    }
    server.reload_changed_policy();
    server.reload_changed_tokens();
    server.reload_changed_tls();
    server.watch();
    server.retain();
    if (signal == SIGHUP) manager.ready("listening on " + url);
    if (server.responds_within(silence_max)) manager.alive();
  }
  manager.stopping();
  api::say(Level::info, "stopping", "stopping: what is under way is answered");
  server.stop();
  api::say(Level::info, "stopped", "stopped");
}

Level level_of(std::string const& name) {
  if (name == "error") return Level::error;
  if (name == "warning") return Level::warning;
  return name == "debug" ? Level::debug : Level::info;
}

}  // namespace

int run(Serve const& options) {
  auto wanted = server_options(options);
  if (!wanted) {
    tell(wanted.error());
    return cannot;
  }
  sigset_t const signals = signals_of_ours();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread: they go to this one alone
  ServiceManager manager;
  api::set_up_journal(options.log_format == "json" ? api::LogFormat::json : api::LogFormat::text,
                      level_of(options.log_level));
  if (options.constant) return serve_constant(wanted.value(), signals);
  auto server = api::AdvisorServer::start(wanted.value());
  if (!server) {
    tell(server.error().error);
    print_diagnostics(stderr, server.error().diagnostics, server.error().sources);
    return cannot;
  }
  auto const port = server.value()->port();
  auto const url = url_of(wanted.value(), port);
  server.value()->watch();
  say_listening(url, port);
  serve_until_stopped(*server.value(), manager, signals, url);
  return done;
}

}  // namespace heed::cli
