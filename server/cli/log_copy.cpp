#include "server/cli/log_copy.hpp"

#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>

#include "server/cli/commands.hpp"

namespace heed::cli {
namespace {

constexpr std::array<char const*, 4> endings{".part", ".part-wal", ".part-shm", ".part-journal"};
constexpr std::array<int, 3> signals{SIGINT, SIGTERM, SIGHUP};

// A signal's handler may allocate nothing.
std::array<std::array<char, 4096>, endings.size()> names{};

void clear_and_end(int number) {
  for (auto const& name : names) ::unlink(name.data());
  std::signal(number, SIG_DFL);
  std::raise(number);
}

}  // namespace

ClearedWhenEnded::ClearedWhenEnded(std::string const& name) {
  for (std::size_t at = 0; at < endings.size(); ++at) {
    auto const path = name + endings[at];
    if (path.size() >= names[at].size()) return;  // longer than the system takes
    std::memcpy(names[at].data(), path.c_str(), path.size() + 1);
  }
  for (int const number : signals) std::signal(number, clear_and_end);
}

ClearedWhenEnded::~ClearedWhenEnded() {
  for (int const number : signals) std::signal(number, SIG_DFL);
}

std::string words_of_bytes(std::uint64_t bytes) {
  constexpr std::array<char const*, 4> units{" kB", " MB", " GB", " TB"};
  std::uint64_t tenths = (bytes + 99) / 100;
  std::size_t unit = 0;
  while (tenths >= 10'000 && unit + 1 < units.size()) {
    tenths = (tenths + 500) / 1'000;
    ++unit;
  }
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + units[unit];
}

int status_of(Error const& error) {
  for (char const* verdict : {"witness.", "verify.", "restore."})
    if (error.code.starts_with(verdict)) return does_not_hold;
  return cannot;
}

}  // namespace heed::cli
