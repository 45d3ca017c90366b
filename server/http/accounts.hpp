#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

/// Keeps one client from taking what is there for all: how much each has under way, and how fast it
/// asks.
namespace heed::http {

using Clock = std::chrono::steady_clock;

/// What each client may have.
struct Allowance {
  std::size_t requests_max = SIZE_MAX;  // under way
  std::int64_t gap_ns = 0;              // between requests, in the long run; 0: without a bound
  std::int64_t ahead_ns = 0;            // how far a client may be ahead of that pace

  /// `burst` requests may come at once; where it is 0, twice what a second allows, at least one.
  static Allowance of(std::size_t requests_max, double per_second, double burst);
};

/// One client: a token or an address. Any thread.
class Account {
 public:
  enum class Turn { granted, too_many, too_fast };
  struct Verdict {
    Turn turn = Turn::granted;
    int retry_seconds = 0;  // where it is not granted
  };

  /// Asks for a request's turn. One that was granted is given back with end().
  Verdict begin(Allowance const& allowance, Clock::time_point now);
  void end() { under_way_.fetch_sub(1, std::memory_order_relaxed); }

  /// Counts a connection; false, and nothing is counted, where `max` are open.
  bool connect(std::size_t max);
  void disconnect() { connections_.fetch_sub(1, std::memory_order_relaxed); }

  /// Whether forgetting the client gives it nothing.
  bool is_square(Clock::time_point now) const;

 private:
  std::atomic<std::size_t> under_way_{0}, connections_{0};
  std::atomic<std::int64_t> paid_ns_{0};  // the pace that was kept, as a time (GCRA)
};

/// The accounts of all clients that are here, or were a moment ago. Any thread.
class Accounts {
 public:
  /// Beyond `known_max` clients, those that are new share one account.
  explicit Accounts(std::size_t known_max);

  /// `token` names a user; `address` an IP address, of which IPv6 counts by its first 64 bits: that
  /// is what one customer of a provider has.
  std::shared_ptr<Account> of_token(std::string_view token, Clock::time_point now);
  std::shared_ptr<Account> of_address(std::string_view address, Clock::time_point now);

  std::size_t known() const;

 private:
  std::shared_ptr<Account> of(std::string name, Clock::time_point now);
  void forget_idle(Clock::time_point now);

  std::size_t const known_max_;
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Account>, std::less<>> accounts_;
  std::size_t tidy_at_ = 1'024;
  Clock::time_point tidied_{};
  std::shared_ptr<Account> const others_ = std::make_shared<Account>();
};

}  // namespace heed::http
