#pragma once
#include <string>
#include <vector>

#include "server/proof/tiles.hpp"

/// What the tests of proofs share: a tree as RFC 9162 defines it, word for word and slowly.
namespace heed::proof::testing {

/// Hashes of leaves of their own: leaf i holds the number i.
std::vector<Digest> numbered_leaves(std::int64_t count);

/// MTH of part 2.1.1, over the hashes of leaves.
Digest defined_root(std::vector<Digest> const& leaves, Leaves within);
Root defined_tree(std::vector<Digest> const& leaves, std::int64_t size);

/// Tiles that read from the leaves, level by level.
Tiles tiles_of(std::vector<Digest> const& leaves);

Digest from_hex(std::string_view hex);

}  // namespace heed::proof::testing
