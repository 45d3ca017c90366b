#include "server/cli/watch.hpp"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "server/api/policy_folder.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/terminal.hpp"

namespace heed::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto look_every = 200ms;

volatile std::sig_atomic_t is_asked_to_end = 0;

void ask_to_end(int) {
  is_asked_to_end = 1;
}

std::string fingerprint_of(std::vector<std::string> const& policies) {
  std::string text;
  for (auto const& policy : policies) text += policy + "\n" + api::fingerprint_of(policy) + "\n";
  return text;
}

/// Waits until something has changed and stays as it is; false where the process is asked to end.
bool wait_for_change(std::vector<std::string> const& policies, std::string& seen) {
  auto last = seen;
  while (is_asked_to_end == 0) {
    std::this_thread::sleep_for(look_every);
    auto const now = fingerprint_of(policies);
    if (now == last && now != seen) {
      seen = now;
      return true;
    }
    last = now;
  }
  return false;
}

/// Each run begins on an empty screen; in a file, behind a line.
void begin_run() {
  put(stdout, isatty(STDOUT_FILENO) == 1 ? "\x1b[2J\x1b[3J\x1b[H" : "\n----\n");
  std::fflush(stdout);  // before what comes on standard error
}

}  // namespace

int watch(std::vector<std::string> const& policies, std::function<void()> const& work) {
  is_asked_to_end = 0;
  struct sigaction action {};
  action.sa_handler = ask_to_end;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  auto seen = fingerprint_of(policies);
  for (bool is_first = true;; is_first = false) {
    if (!is_first || isatty(STDOUT_FILENO) == 1) begin_run();
    work();
    if (std::fflush(stdout) != 0) return cannot;
    put(stderr, "watching; Ctrl-C ends\n");
    if (!wait_for_change(policies, seen)) return done;
  }
}

}  // namespace heed::cli
