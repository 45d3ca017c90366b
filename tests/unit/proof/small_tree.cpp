#include "tests/unit/proof/small_tree.hpp"

#include "server/proof/tree.hpp"

namespace heed::proof::testing {

std::vector<Digest> numbered_leaves(std::int64_t count) {
  std::vector<Digest> leaves;
  for (std::int64_t leaf = 0; leaf < count; ++leaf)
    leaves.push_back(hash_leaf(std::to_string(leaf)));
  return leaves;
}

Digest defined_root(std::vector<Digest> const& leaves, Leaves within) {
  std::int64_t const size = within.end - within.begin;
  if (size == 0) return sha256("");
  if (size == 1) return leaves[static_cast<std::size_t>(within.begin)];
  std::int64_t half = 1;
  while (half * 2 < size) half *= 2;
  return hash_nodes(defined_root(leaves, {within.begin, within.begin + half}),
                    defined_root(leaves, {within.begin + half, within.end}));
}

Root defined_tree(std::vector<Digest> const& leaves, std::int64_t size) {
  return {size, defined_root(leaves, {0, size})};
}

Tiles tiles_of(std::vector<Digest> const& leaves) {
  return Tiles{[&leaves](int level, std::int64_t index) -> Expected<std::vector<Digest>, Error> {
    std::vector<Digest> hashes;
    std::int64_t const each = std::int64_t{1} << (tile_height * level);
    for (std::int64_t place = index * tile_hashes_max; place < (index + 1) * tile_hashes_max;
         ++place) {
      if ((place + 1) * each > std::ssize(leaves)) break;
      hashes.push_back(defined_root(leaves, {place * each, (place + 1) * each}));
    }
    return hashes;
  }};
}

Digest from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t place = 0; place + 1 < hex.size(); place += 2)
    bytes += static_cast<char>(std::stoi(std::string{hex.substr(place, 2)}, nullptr, 16));
  return to_digest(bytes);
}

}  // namespace heed::proof::testing
