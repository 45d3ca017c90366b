#pragma once
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace heed::run {

/// What has been worked out once, by number. Forgetting all of it costs nothing.
template <class T>
class Memos {
 public:
  explicit Memos(std::size_t count) : items_(count) {}

  /// Null where nothing is known. It stays where it is.
  T const* find(std::size_t at) const {
    return items_[at].round == round_ ? &items_[at].value : nullptr;
  }
  T const& keep(std::size_t at, T value) {
    items_[at].round = round_;
    items_[at].value = std::move(value);
    return items_[at].value;
  }
  void forget() { ++round_; }

 private:
  struct Item {
    std::uint64_t round = 0;  // in which it was found
    T value{};
  };
  std::vector<Item> items_;
  std::uint64_t round_ = 1;
};

}  // namespace heed::run
