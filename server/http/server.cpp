#include "server/http/server.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <mutex>
#include <thread>
#include <vector>

#include "server/http/listener.hpp"
#include "server/http/loop.hpp"

namespace heed::http {
namespace {

// In the order of Over.
constexpr std::array<std::string_view, static_cast<std::size_t>(Over::count)> over_names{
    "connections", "address_connections", "requests",   "decisions",
    "bodies",      "client_requests",     "client_rate"};

constexpr std::size_t files_for_others = 64;  // the store, logs, policies

std::size_t connections_possible() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == RLIM_INFINITY) return SIZE_MAX;
  auto const all = static_cast<std::size_t>(files.rlim_cur);
  return all > 2 * files_for_others ? all - files_for_others : files_for_others;
}

/// Threads started while this lives leave all signals to the others.
class SignalsHeldBack {
 public:
  SignalsHeldBack() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsHeldBack() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsHeldBack(SignalsHeldBack const&) = delete;
  SignalsHeldBack& operator=(SignalsHeldBack const&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

struct Server::State {
  std::shared_ptr<Shared> shared = std::make_shared<Shared>();
  std::vector<std::shared_ptr<Loop>> loops;
  std::shared_ptr<Listener> listener;
  std::vector<std::thread> threads;
  std::mutex stopping;
  std::uint16_t port = 0;
};

Server::Server(std::unique_ptr<State> state) : state_{std::move(state)} {}
Server::Server(Server&&) noexcept = default;
Server::~Server() {
  if (state_) stop();
}

Expected<Server, Error> Server::start(Options options, Router router) {
  auto state = std::make_unique<State>();
  options.connections_max = std::min(options.connections_max, connections_possible());
  options.threads = std::max(options.threads, 1u);
  state->shared->allowance =
      Allowance::of(options.client_requests_max, options.client_rate, options.client_burst);
  state->shared->options = std::move(options);
  state->shared->router = std::move(router);
  for (unsigned i = 0; i < state->shared->options.threads; ++i) {
    state->loops.push_back(std::make_shared<Loop>(state->shared));
  }
  state->listener = std::make_shared<Listener>(state->loops);
  auto port = state->listener->open();
  if (!port) return Failure{port.error()};
  state->port = port.value();
  state->listener->start();
  SignalsHeldBack const held;
  for (auto const& loop : state->loops) {
    state->threads.emplace_back([loop] { loop->run(); });
  }
  return Server{std::move(state)};
}

std::uint16_t Server::port() const {
  return state_->port;
}

void Server::stop() {
  std::lock_guard const lock{state_->stopping};
  if (state_->threads.empty()) return;
  state_->listener->stop();
  auto const wait = std::chrono::milliseconds{state_->shared->options.drain_ms};
  for (auto const& loop : state_->loops) loop->stop(Clock::now() + wait);
  for (auto& thread : state_->threads) thread.join();
  state_->threads.clear();
  state_->listener.reset();
}

Counts Server::counts() const {
  Counts counts;
  counts.connections_open = state_->shared->connections_open.load(std::memory_order_relaxed);
  counts.requests_under_way = state_->shared->requests_under_way.load(std::memory_order_relaxed);
  for (auto const& loop : state_->loops) {
    auto const read = [](auto const& counter) { return counter.load(std::memory_order_relaxed); };
    counts.connections += read(loop->tally.connections);
    counts.connections_refused += read(loop->tally.connections_refused);
    counts.requests += read(loop->tally.requests);
    counts.requests_refused += read(loop->tally.requests_refused);
    counts.bytes_received += read(loop->tally.bytes_received);
    counts.bytes_sent += read(loop->tally.bytes_sent);
    counts.timeouts += read(loop->tally.timeouts);
    counts.handshakes += read(loop->tally.handshakes);
    counts.handshakes_failed += read(loop->tally.handshakes_failed);
  }
  for (std::size_t i = 0; i < over_names.size(); ++i)
    counts.over.emplace_back(over_names.at(i), state_->shared->over.at(i).load());
  return counts;
}

bool Server::responds_within(std::chrono::milliseconds time) const {
  auto const now = Clock::now();
  return std::ranges::all_of(state_->loops,
                             [&](auto const& loop) { return now - loop->last_tick() <= time; });
}

}  // namespace heed::http
