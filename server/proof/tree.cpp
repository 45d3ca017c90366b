#include "server/proof/tree.hpp"

#include <bit>

#include "engine/base/ensure.hpp"

namespace heed::proof {
namespace {

constexpr std::string_view leaf_prefix{"\0", 1};
constexpr std::string_view node_prefix{"\1", 1};

Sha256& hasher() {
  thread_local Sha256 hash;
  return hash;
}

}  // namespace

Digest hash_leaf(std::string_view data) {
  return hasher().add(leaf_prefix).add(data).finish();
}

Digest hash_nodes(Digest const& left, Digest const& right) {
  return hasher().add(node_prefix).add(as_bytes(left)).add(as_bytes(right)).finish();
}

Digest empty_root() {
  return sha256("");
}

Digest root_over(std::span<Digest const> leaves) {
  Frontier frontier;
  for (Digest const& leaf : leaves) append(frontier, leaf);
  return root_of(frontier);
}

std::int64_t split_of(std::int64_t size) {
  ensure(size >= 2);
  return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(size - 1)));
}

// Every one at the end of the old size, in binary, is a subtree that this leaf completes.
void append(Frontier& frontier, Digest const& leaf) {
  Digest root = leaf;
  for (std::int64_t size = frontier.size; (size & 1) != 0; size >>= 1) {
    root = hash_nodes(frontier.roots.back(), root);
    frontier.roots.pop_back();
  }
  frontier.roots.push_back(root);
  ++frontier.size;
}

Digest root_of(Frontier const& frontier) {
  if (frontier.roots.empty()) return empty_root();
  Digest root = frontier.roots.back();
  for (std::size_t place = frontier.roots.size() - 1; place-- > 0;) {
    root = hash_nodes(frontier.roots[place], root);
  }
  return root;
}

}  // namespace heed::proof
