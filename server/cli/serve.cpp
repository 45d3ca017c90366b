#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <charconv>
#include <csignal>
#include <ctime>
#include <optional>
#include <thread>

#include "server/api/advisor_server.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/policy.hpp"
#include "server/cli/terminal.hpp"
#include "server/http/server.hpp"

namespace heed::cli {
namespace {

struct Address {
  std::string host;
  std::uint16_t port = 0;
};

/// `127.0.0.1:8080`, `[::1]:8080`, `localhost:0`.
std::optional<Address> read_address(std::string_view text) {
  auto const colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  Address address{std::string{text.substr(0, colon)}};
  auto const digits = text.substr(colon + 1);
  auto const [end, code] =
      std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
  if (code != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (address.host.starts_with('[') && address.host.ends_with(']'))
    address.host = address.host.substr(1, address.host.size() - 2);
  return address;
}

/// Only this machine can reach these.
bool is_loopback(std::string const& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

Expected<Address, Error> choose_address(std::string const& listen) {
  auto const address = read_address(listen);
  if (!address)
    return Failure<Error>{{"usage.listen", "`" + listen + "` is no address to listen on",
                           "write it as 127.0.0.1:8080, with port 0 for any free one"}};
  if (!is_loopback(address->host))
    return Failure<Error>{
        {"serve.not-loopback",
         "the server listens on this machine alone, not on `" + address->host + "`",
         "listen on 127.0.0.1 and put a proxy that encrypts before it"}};
  return *address;
}

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

http::Options http_options(Serve const& options, Address const& address) {
  http::Options result;
  result.address = address.host;
  result.port = address.port;
  result.threads =
      options.threads != 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
  return result;
}

void say_listening(Address const& address, std::uint16_t port) {
  std::string const host =
      address.host.find(':') == std::string::npos ? address.host : "[" + address.host + "]";
  spdlog::info("listening on http://{}:{}", host, port);
}

/// Serves constant bytes, to measure the server without the engine and the log.
int serve_constant(Serve const& options, Address const& address, sigset_t const& signals) {
  http::Router router;
  std::string const body = "{\"constant\":\"" + std::string(1500, 'x') + "\"}";
  router.add(http::Method::post, "/v1/decisions",
             [body](http::Request&, http::Reply const& reply) { reply({.body = body}); });
  auto server = http::Server::start(http_options(options, address), std::move(router));
  if (!server) {
    tell(server.error());
    return cannot;
  }
  say_listening(address, server.value().port());
  int signal = 0;
  while (signal == 0 || signal == SIGHUP) signal = wait_for_signal(signals);
  return done;
}

/// Until a signal says to stop: the policy is read again on SIGHUP, and where its folder changes.
void serve_until_stopped(api::AdvisorServer& server, sigset_t const& signals) {
  for (;;) {
    int const signal = wait_for_signal(signals);
    if (signal != 0 && signal != SIGHUP) break;
    if (signal == SIGHUP) server.reload_policy();
    server.reload_changed_policy();
    server.reload_changed_tokens();
  }
  spdlog::info("stopping: what is under way is answered");
  server.stop();
  spdlog::info("stopped");
}

void set_up_logging() {
  auto logger = spdlog::stderr_color_mt("heed");
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %^%l%$ %v");
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace

int run(Serve const& options) {
  auto const address = choose_address(options.listen);
  if (!address) {
    tell(address.error());
    return cannot;
  }
  sigset_t const signals = signals_of_ours();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread: they go to this one alone
  set_up_logging();
  if (options.constant) return serve_constant(options, address.value(), signals);
  auto server = api::AdvisorServer::start({.policy = options.policy,
                                           .store = options.store,
                                           .key = options.key_file,
                                           .tokens = options.tokens,
                                           .http = http_options(options, address.value())});
  if (!server) {
    tell(server.error().error);
    print_diagnostics(stderr, server.error().diagnostics, server.error().sources);
    return cannot;
  }
  say_listening(address.value(), server.value()->port());
  serve_until_stopped(*server.value(), signals);
  return done;
}

}  // namespace heed::cli
