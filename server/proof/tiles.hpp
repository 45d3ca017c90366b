#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "server/proof/paths.hpp"
#include "server/proof/tree.hpp"

/// A tree in tiles, as C2SP tlog-tiles lays them out: tile `index` of `level` holds the roots of
/// 256 neighbouring complete subtrees, each of 256^level leaves. What lies between is computed.
namespace heed::proof {

constexpr int tile_height = 8;
constexpr std::int64_t tile_hashes_max = 256;

/// The hashes of a tile, as many as there are.
using ReadTile = std::function<Expected<std::vector<Digest>, Error>(int level, std::int64_t index)>;

/// Computes proofs from tiles. Remembers the last tiles it read, so it is for one moment of a tree
/// that grows, and proofs of neighbouring leaves cost little.
class Tiles {
 public:
  explicit Tiles(ReadTile read);

  /// The hashes of a path, in its order. Fails as reading does, or with log.corrupt where a tile
  /// holds fewer hashes than it should.
  Expected<std::vector<Digest>, Error> hash(std::span<Leaves const> path);

  /// What must be kept of the tree of so many leaves so that it can grow; its root.
  Expected<Frontier, Error> frontier(std::int64_t size);
  Expected<Digest, Error> root(std::int64_t size);

 private:
  using Rows = std::vector<std::vector<Digest>>;  // of a tile: its hashes, then each row above
  Expected<Frontier, Error> subtrees(Leaves leaves);
  Expected<Digest, Error> node(int level, std::int64_t index);
  Expected<Rows const*, Error> tile(int level, std::int64_t index);

  ReadTile read_;
  std::map<std::pair<int, std::int64_t>, Rows> known_;
};

}  // namespace heed::proof
