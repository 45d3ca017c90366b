#include "server/http/accounts.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/hex.hpp"

namespace heed::http {
namespace {

constexpr double second_ns = 1e9;

std::int64_t nanoseconds(Clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

/// "2001:db8:1:2:…" as the sixteen digits of its network; another address as it is.
std::string network_of(std::string_view address) {
  std::string const text{address.substr(0, address.find('%'))};
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  if (std::equal(mapped.begin(), mapped.end(), bytes.begin())) return text;  // ::ffff:192.0.2.1
  std::string network = "net ";
  for (auto const byte : std::span{bytes}.first<8>()) append_hex(network, byte);
  return network;
}

}  // namespace

Allowance Allowance::of(std::size_t requests_max, double per_second, double burst) {
  Allowance allowance;
  allowance.requests_max = requests_max;
  if (per_second <= 0) return allowance;
  auto const at_once = std::max(1.0, burst > 0 ? burst : 2 * per_second);
  allowance.gap_ns = std::max<std::int64_t>(1, std::llround(second_ns / per_second));
  allowance.ahead_ns = std::llround(at_once * second_ns / per_second);
  return allowance;
}

Account::Verdict Account::begin(Allowance const& allowance, Clock::time_point now) {
  auto const before = under_way_.fetch_add(1, std::memory_order_relaxed);
  if (before >= allowance.requests_max) {
    end();
    return {Turn::too_many, 1};
  }
  if (allowance.gap_ns == 0) return {};
  auto const now_ns = nanoseconds(now);
  auto paid = paid_ns_.load(std::memory_order_relaxed);
  for (;;) {
    auto const next = std::max(paid, now_ns) + allowance.gap_ns;
    auto const too_early = next - allowance.ahead_ns - now_ns;
    if (too_early > 0) {
      end();
      auto const seconds = std::ceil(static_cast<double>(too_early) / second_ns);
      return {Turn::too_fast, static_cast<int>(std::min(seconds, 3'600.0))};
    }
    if (paid_ns_.compare_exchange_weak(paid, next, std::memory_order_relaxed)) return {};
  }
}

bool Account::connect(std::size_t max) {
  if (connections_.fetch_add(1, std::memory_order_relaxed) < max) return true;
  disconnect();
  return false;
}

bool Account::is_square(Clock::time_point now) const {
  return paid_ns_.load(std::memory_order_relaxed) <= nanoseconds(now) &&
         under_way_.load(std::memory_order_relaxed) == 0 &&
         connections_.load(std::memory_order_relaxed) == 0;
}

Accounts::Accounts(std::size_t known_max) : known_max_{known_max} {}

std::shared_ptr<Account> Accounts::of_token(std::string_view token, Clock::time_point now) {
  return of(std::string{"token "}.append(token), now);
}

std::shared_ptr<Account> Accounts::of_address(std::string_view address, Clock::time_point now) {
  return of(network_of(address), now);
}

std::size_t Accounts::known() const {
  std::lock_guard const lock{mutex_};
  return accounts_.size();
}

std::shared_ptr<Account> Accounts::of(std::string name, Clock::time_point now) {
  std::lock_guard const lock{mutex_};
  auto const found = accounts_.find(name);
  if (found != accounts_.end()) return found->second;
  if (accounts_.size() >= std::min(tidy_at_, known_max_)) forget_idle(now);
  if (accounts_.size() >= known_max_) return others_;
  return accounts_.emplace(std::move(name), std::make_shared<Account>()).first->second;
}

/// Looked for again when there are twice as many as remain, and where all places are taken once a
/// second, so that it costs each little.
void Accounts::forget_idle(Clock::time_point now) {
  if (accounts_.size() >= known_max_ && now < tidied_ + std::chrono::seconds{1}) return;
  tidied_ = now;
  std::erase_if(accounts_, [now](auto const& entry) {
    return entry.second.use_count() == 1 && entry.second->is_square(now);
  });
  tidy_at_ = std::max<std::size_t>(1'024, 2 * accounts_.size());
}

}  // namespace heed::http
