#include "server/proof/tiles.hpp"

#include <bit>

namespace heed::proof {
namespace {

constexpr std::size_t tiles_known_max = 64;  // some 1 MiB

std::vector<std::vector<Digest>> rows_over(std::vector<Digest> hashes) {
  std::vector<std::vector<Digest>> rows;
  rows.push_back(std::move(hashes));
  while (rows.back().size() > 1 && rows.size() < tile_height) {
    std::vector<Digest> row;
    auto const& below = rows.back();
    for (std::size_t place = 0; place + 1 < below.size(); place += 2) {
      row.push_back(hash_nodes(below[place], below[place + 1]));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Tiles::Tiles(ReadTile read) : read_{std::move(read)} {}

Expected<std::vector<Digest>, Error> Tiles::hash(std::span<Leaves const> path) {
  std::vector<Digest> hashes;
  for (Leaves const& leaves : path) {
    auto const frontier = subtrees(leaves);
    if (!frontier) return Failure<Error>{frontier.error()};
    hashes.push_back(root_of(frontier.value()));
  }
  return hashes;
}

Expected<Digest, Error> Tiles::root(std::int64_t size) {
  auto const frontier = subtrees({0, size});
  if (!frontier) return Failure<Error>{frontier.error()};
  return root_of(frontier.value());
}

Expected<Frontier, Error> Tiles::frontier(std::int64_t size) {
  return subtrees({0, size});
}

// Complete subtrees from the left, the largest first, as a frontier has them.
Expected<Frontier, Error> Tiles::subtrees(Leaves leaves) {
  Frontier frontier{leaves.end - leaves.begin, {}};
  while (leaves.begin < leaves.end) {
    auto const count = static_cast<std::uint64_t>(leaves.end - leaves.begin);
    int const level = static_cast<int>(std::bit_width(count)) - 1;
    auto const root = node(level, leaves.begin >> level);
    if (!root) return Failure<Error>{root.error()};
    frontier.roots.push_back(root.value());
    leaves.begin += std::int64_t{1} << level;
  }
  return frontier;
}

Expected<Digest, Error> Tiles::node(int level, std::int64_t index) {
  int const row = level % tile_height;
  std::int64_t const first = index << row;  // of the tile's own hashes below the node
  auto const found = tile(level / tile_height, first / tile_hashes_max);
  if (!found) return Failure<Error>{found.error()};
  Rows const& rows = *found.value();
  auto const place = static_cast<std::size_t>((first % tile_hashes_max) >> row);
  if (static_cast<std::size_t>(row) >= rows.size() ||
      place >= rows[static_cast<std::size_t>(row)].size()) {
    return Failure<Error>{{"log.corrupt", "the tree of the log has lost hashes",
                           "`heed log verify` says more; keep the file and restore a backup"}};
  }
  return rows[static_cast<std::size_t>(row)][place];
}

Expected<Tiles::Rows const*, Error> Tiles::tile(int level, std::int64_t index) {
  auto const known = known_.find({level, index});
  if (known != known_.end()) return &known->second;
  auto hashes = read_(level, index);
  if (!hashes) return Failure<Error>{hashes.error()};
  // The first is a leaf tile: those of the levels above serve again.
  if (known_.size() >= tiles_known_max) known_.erase(known_.begin());
  auto const kept =
      known_.insert_or_assign(std::pair{level, index}, rows_over(std::move(hashes).value()));
  return &kept.first->second;
}

}  // namespace heed::proof
