#include "engine/base/room.hpp"

#include <algorithm>

namespace heed {

void* Room::take_elsewhere(std::size_t bytes) {
  constexpr std::size_t least = 4096;
  size_ = std::max({least, bytes, 2 * size_});
  blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size_));
  all_ += size_;
  block_ = blocks_.back().get();
  used_ = bytes;
  return block_;
}

void Room::clear() {
  used_ = 0;
  if (blocks_.size() < 2) return;
  blocks_.clear();
  size_ = all_;
  blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size_));
  block_ = blocks_.back().get();
}

}  // namespace heed
