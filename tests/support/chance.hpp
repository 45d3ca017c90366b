#pragma once
#include <cstdint>
#include <random>
#include <vector>

/// Random choices that are the same on every machine for the same seed.
namespace heed::support {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_{seed} {}

  /// 0 to `count` - 1; `count` is at least 1.
  std::uint64_t below(std::uint64_t count) { return engine_() % count; }
  /// Both ends included.
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most - least + 1)));
  }
  bool percent(std::uint64_t chance) { return below(100) < chance; }

  template <class T>
  T const& pick(std::vector<T> const& from) {
    return from[below(from.size())];
  }
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace heed::support
