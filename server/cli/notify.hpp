#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// Telling systemd how the service fares (sd_notify(3)), over the socket that it names. Does
/// nothing where it names none.
namespace heed::cli {

class ServiceManager {
 public:
  /// Reads and clears NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID. Before any thread.
  ServiceManager();
  ~ServiceManager();
  ServiceManager(ServiceManager const&) = delete;
  ServiceManager& operator=(ServiceManager const&) = delete;

  void ready(std::string_view status) const;
  void reloading() const;  // ready() follows
  void stopping() const;

  /// Says that we are alive, where a watchdog wants to hear it and half its time is over.
  void alive();

  /// How long silence may last; nothing where no watchdog looks.
  std::optional<std::chrono::microseconds> watchdog() const { return watchdog_; }

 private:
  void send(std::string_view state) const;

  std::string address_;
  int socket_ = -1;
  std::optional<std::chrono::microseconds> watchdog_;
  std::chrono::steady_clock::time_point told_{};
};

}  // namespace heed::cli
