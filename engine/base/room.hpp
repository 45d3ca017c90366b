#pragma once
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <type_traits>
#include <vector>

/// Memory that is taken piece by piece and given back all at once.
namespace heed {

/// Items that live in a Room, or in whatever outlives who looks at them.
template <class T>
struct List {
  T const* first = nullptr;
  std::size_t count = 0;

  T const* begin() const { return first; }
  T const* end() const { return first + count; }
  std::size_t size() const { return count; }
  bool empty() const { return count == 0; }
  T const& operator[](std::size_t at) const { return first[at]; }
};

/// Items that live here and there, in the order of a list. T is what stands there.
template <class T>
struct Picked {
  struct Iterator {
    T const* const* at = nullptr;
    T const& operator*() const { return **at; }
    Iterator& operator++() {
      ++at;
      return *this;
    }
    bool operator==(Iterator const&) const = default;
  };
  List<T const*> items;

  Iterator begin() const { return {items.begin()}; }
  Iterator end() const { return {items.end()}; }
  std::size_t size() const { return items.size(); }
  bool empty() const { return items.empty(); }
  T const& operator[](std::size_t at) const { return *items[at]; }
};

/// What is taken stays where it is until everything is given back. The memory itself is kept for
/// what is taken then: a room that is used for one case after the other soon takes no more.
class Room {
 public:
  void* take(std::size_t bytes, std::size_t alignment) {
    auto const begin = (used_ + alignment - 1) & ~(alignment - 1);
    if (begin + bytes > size_) return take_elsewhere(bytes);
    used_ = begin + bytes;
    return block_ + begin;
  }

  /// Room for items that need no destructor.
  template <class T>
  T* take_many(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    static_assert(alignof(T) <= alignof(std::max_align_t));
    // T may well be a pointer.  NOLINTNEXTLINE(bugprone-sizeof-expression)
    return static_cast<T*>(take(count * sizeof(T), alignof(T)));
  }

  /// A copy of the text.
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    auto* copy = take_many<char>(text.size());
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
  }

  /// Gives everything back. What was taken from several blocks finds room in one from now on.
  void clear();

 private:
  void* take_elsewhere(std::size_t bytes);

  std::byte* block_ = nullptr;  // the last of blocks_
  std::size_t size_ = 0, used_ = 0;
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::size_t all_ = 0;  // bytes of all blocks
};

/// A list that grows in a room. T needs no destructor and is copied as bytes.
template <class T>
class Growing {
 public:
  explicit Growing(Room& room) : room_{&room} {}
  /// With room for so many.
  Growing(Room& room, std::size_t capacity)
      : room_{&room},
        items_{capacity == 0 ? nullptr : room.take_many<T>(capacity)},
        capacity_{capacity} {}

  T& push_back(T const& item) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (size_ == capacity_) grow();
    return *new (items_ + size_++) T(item);
  }
  T& emplace_back() { return push_back(T{}); }

  T* begin() { return items_; }
  T* end() { return items_ + size_; }
  T const* begin() const { return items_; }
  T const* end() const { return items_ + size_; }
  T& operator[](std::size_t at) { return items_[at]; }
  T const& operator[](std::size_t at) const { return items_[at]; }
  T& back() { return items_[size_ - 1]; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  void shorten(std::size_t size) { size_ = size; }

  /// What has grown so far; it lives as long as the room.
  List<T> list() const { return {items_, size_}; }

 private:
  void grow() {
    capacity_ = capacity_ == 0 ? 4 : 2 * capacity_;
    auto* more = room_->template take_many<T>(capacity_);
    for (std::size_t at = 0; at < size_; ++at) new (more + at) T(items_[at]);
    items_ = more;
  }

  Room* room_;
  T* items_ = nullptr;
  std::size_t size_ = 0, capacity_ = 0;
};

}  // namespace heed
