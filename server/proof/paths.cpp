#include "server/proof/paths.hpp"

#include <algorithm>

#include "server/proof/tree.hpp"

namespace heed::proof {

std::vector<Leaves> inclusion_path(std::int64_t index, std::int64_t size) {
  std::vector<Leaves> path;
  Leaves within{0, size};
  while (within.end - within.begin > 1) {
    std::int64_t const middle = within.begin + split_of(within.end - within.begin);
    if (index < middle) {
      path.push_back({middle, within.end});
      within.end = middle;
    } else {
      path.push_back({within.begin, middle});
      within.begin = middle;
    }
  }
  std::ranges::reverse(path);
  return path;
}

std::vector<Leaves> consistency_path(std::int64_t earlier, std::int64_t later) {
  std::vector<Leaves> path;
  if (earlier == 0 || earlier == later) return path;
  Leaves within{0, later};
  while (within.end != earlier) {
    std::int64_t const middle = within.begin + split_of(within.end - within.begin);
    if (earlier <= middle) {
      path.push_back({middle, within.end});
      within.end = middle;
    } else {
      path.push_back({within.begin, middle});
      within.begin = middle;
    }
  }
  // The earlier root itself is known where it is a whole subtree.
  if (within.begin != 0) path.push_back(within);
  std::ranges::reverse(path);
  return path;
}

bool proves_inclusion(Digest const& leaf, std::int64_t index, Root const& tree,
                      std::span<Digest const> path) {
  if (index < 0 || index >= tree.size) return false;
  std::int64_t place = index;
  std::int64_t last = tree.size - 1;
  Digest hash = leaf;
  for (Digest const& step : path) {
    if (last == 0) return false;
    if ((place & 1) != 0 || place == last) {
      hash = hash_nodes(step, hash);
      while ((place & 1) == 0 && place != 0) {
        place >>= 1;
        last >>= 1;
      }
    } else {
      hash = hash_nodes(hash, step);
    }
    place >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == tree.hash;
}

bool proves_consistency(Root const& earlier, Root const& later, std::span<Digest const> path) {
  if (earlier.size < 0 || earlier.size > later.size) return false;
  if (earlier.size == later.size) return path.empty() && earlier == later;
  if (earlier.size == 0) return path.empty() && earlier.hash == empty_root();
  bool const whole = (earlier.size & (earlier.size - 1)) == 0;
  if (path.empty() && !whole) return false;
  Digest before = whole ? earlier.hash : path.front();
  Digest after = before;
  std::int64_t place = earlier.size - 1;
  std::int64_t last = later.size - 1;
  while ((place & 1) != 0) {
    place >>= 1;
    last >>= 1;
  }
  for (Digest const& step : path.subspan(whole ? 0 : 1)) {
    if (last == 0) return false;
    if ((place & 1) != 0 || place == last) {
      before = hash_nodes(step, before);
      after = hash_nodes(step, after);
      while ((place & 1) == 0 && place != 0) {
        place >>= 1;
        last >>= 1;
      }
    } else {
      after = hash_nodes(after, step);
    }
    place >>= 1;
    last >>= 1;
  }
  return last == 0 && before == earlier.hash && after == later.hash;
}

}  // namespace heed::proof
