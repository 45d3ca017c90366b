#pragma once
#include <cstdint>
#include <vector>

#include "server/proof/tiles.hpp"
#include "server/proof/tree.hpp"
#include "server/store/database.hpp"
#include "server/store/sha256.hpp"

/// The tree over the log's records: leaf n - 1 stands for record n.
///
/// The table `tiles` holds what proofs are computed from. A tile of leaves is written once, when it
/// is full; one above grows by a hash when one below is full. So an append writes a row for each
/// 256 records, and a proof reads a handful of rows whatever the log's size.
namespace heed::store {

/// The hashes of a tile, as many as there are; of leaves that are in no full tile, those of the
/// records. Fails with log.corrupt where a row is no tile.
Expected<std::vector<Digest>, Error> read_tile(Database& database, int level, std::int64_t index);

/// The tree at its growing end. One connection, within its transactions: after one that was rolled
/// back, load it again.
class GrowingTree {
 public:
  /// The tree over the first `size` records.
  static Expected<GrowingTree, Error> load(Database& database, std::int64_t size);

  std::int64_t size() const { return frontier_.size; }
  Digest root() const { return proof::root_of(frontier_); }

  /// Adds the leaf of the next record, and writes the tiles that it fills.
  Expected<Done, Error> append(Database& database, Digest const& leaf);

 private:
  proof::Frontier frontier_;
  std::vector<Digest> tail_;  // leaves since the last full tile
};

}  // namespace heed::store
