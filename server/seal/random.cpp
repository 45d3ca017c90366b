#include "server/seal/random.hpp"

#include <pthread.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <atomic>

#include "engine/base/ensure.hpp"

namespace heed::seal {
namespace {

std::atomic<unsigned> forks{0};  // between the first process and this one

bool begin() {
  pthread_atfork(nullptr, nullptr, [] { forks.fetch_add(1); });
  return sodium_init() >= 0;
}

/// Of one thread.
struct Pool {
  std::array<unsigned char, 1024> bytes{};
  std::size_t used = bytes.size();
  unsigned fork = 0;

  ~Pool() { sodium_memzero(bytes.data(), bytes.size()); }

  std::span<unsigned char> take(std::size_t wanted) {
    if (used == bytes.size() || fork != forks.load(std::memory_order_relaxed)) {
      randombytes_buf(bytes.data(), bytes.size());
      used = 0;
      fork = forks.load();
    }
    auto const taken = std::span{bytes}.subspan(used).first(std::min(wanted, bytes.size() - used));
    used += taken.size();
    return taken;
  }
};

}  // namespace

void fill_random(std::span<unsigned char> bytes) {
  static bool const is_ready = begin();
  ensure(is_ready);
  thread_local Pool pool;
  while (!bytes.empty()) {
    auto const taken = pool.take(bytes.size());
    std::ranges::copy(taken, bytes.begin());
    sodium_memzero(taken.data(), taken.size());
    bytes = bytes.subspan(taken.size());
  }
}

}  // namespace heed::seal
