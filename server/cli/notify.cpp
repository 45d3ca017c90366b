#include "server/cli/notify.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <ctime>

namespace heed::cli {
namespace {

std::string take(char const* name) {
  char const* const value = std::getenv(name);
  std::string const text = value == nullptr ? "" : value;
  unsetenv(name);
  return text;
}

template <class Number>
std::optional<Number> number(std::string const& text) {
  Number value{};
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

}  // namespace

ServiceManager::ServiceManager() : address_{take("NOTIFY_SOCKET")} {
  auto const microseconds = number<std::int64_t>(take("WATCHDOG_USEC"));
  auto const process = number<pid_t>(take("WATCHDOG_PID"));
  if (microseconds && *microseconds > 0 && (!process || *process == getpid()))
    watchdog_ = std::chrono::microseconds{*microseconds};
  bool const is_address = address_.starts_with('/') || address_.starts_with('@');
  if (!is_address || address_.size() >= sizeof sockaddr_un::sun_path) return;
  socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

ServiceManager::~ServiceManager() {
  if (socket_ >= 0) ::close(socket_);
}

void ServiceManager::send(std::string_view state) const {
  if (socket_ < 0) return;
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  std::copy(address_.begin(), address_.end(), std::begin(to.sun_path));
  if (to.sun_path[0] == '@') to.sun_path[0] = '\0';  // an abstract name has no file
  auto const size = offsetof(sockaddr_un, sun_path) + address_.size();
  // It is told what it can hear; that it cannot is no reason to end.
  static_cast<void>(sendto(socket_, state.data(), state.size(), MSG_NOSIGNAL,
                           reinterpret_cast<sockaddr const*>(&to), static_cast<socklen_t>(size)));
}

void ServiceManager::ready(std::string_view status) const {
  send(std::string{"READY=1\nSTATUS="}.append(status));
}

void ServiceManager::reloading() const {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  auto const microseconds = std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1'000;
  send("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(microseconds));
}

void ServiceManager::stopping() const {
  send("STOPPING=1\nSTATUS=answering what is under way");
}

void ServiceManager::alive() {
  auto const now = std::chrono::steady_clock::now();
  if (!watchdog_ || now - told_ < *watchdog_ / 2) return;
  told_ = now;
  send("WATCHDOG=1");
}

}  // namespace heed::cli
