#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "server/proof/sha256.hpp"

/// A Merkle tree as RFC 9162, part 2.1, hashes it. Sizes are counts of leaves, and never negative.
namespace heed::proof {

/// SHA-256 of a zero byte and the leaf's data.
Digest hash_leaf(std::string_view data);

/// SHA-256 of a byte of one and both hashes.
Digest hash_nodes(Digest const& left, Digest const& right);

/// The root of the tree without leaves: SHA-256 of nothing.
Digest empty_root();

/// The root of the tree over these leaves, which are given by their hashes.
Digest root_over(std::span<Digest const> leaves);

/// The greatest power of two that is less than `size`, which is at least 2.
std::int64_t split_of(std::int64_t size);

/// What must be kept of a tree so that it can grow: the roots of its complete subtrees, the largest
/// first. At most 63 hashes.
struct Frontier {
  std::int64_t size = 0;
  std::vector<Digest> roots;
  bool operator==(Frontier const&) const = default;
};

/// Adds a leaf, given by its hash. Hashes twice on average.
void append(Frontier& frontier, Digest const& leaf);

Digest root_of(Frontier const& frontier);

}  // namespace heed::proof
