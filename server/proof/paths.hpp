#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "server/proof/sha256.hpp"

/// Inclusion and consistency proofs (RFC 9162, parts 2.1.3 and 2.1.4): which hashes they are made
/// of, and what they prove. Leaves are counted from 0.
namespace heed::proof {

/// The leaves from `begin` to before `end`. In a path they begin at a multiple of the greatest
/// power of two that is not more than their number.
struct Leaves {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  bool operator==(Leaves const&) const = default;
};

/// Over which leaves each hash of the proof goes that the leaf `index` is in the tree of `size`
/// leaves, in the proof's order. INVARIANT: 0 <= index < size.
std::vector<Leaves> inclusion_path(std::int64_t index, std::int64_t size);

/// The same of the proof that the tree of `later` leaves begins with the tree of `earlier`. Empty
/// where they are equal, or `earlier` is 0. INVARIANT: 0 <= earlier <= later.
std::vector<Leaves> consistency_path(std::int64_t earlier, std::int64_t later);

/// A tree by its size and its root.
struct Root {
  std::int64_t size = 0;
  Digest hash{};
  bool operator==(Root const&) const = default;
};

/// Whether `path` proves that `leaf`, a hash, is leaf `index` of the tree. Takes any numbers.
bool proves_inclusion(Digest const& leaf, std::int64_t index, Root const& tree,
                      std::span<Digest const> path);

/// Whether `path` proves that `later` has all leaves of `earlier` at its beginning. Takes any
/// numbers. Everything begins with the empty tree, which takes an empty path.
bool proves_consistency(Root const& earlier, Root const& later, std::span<Digest const> path);

}  // namespace heed::proof
