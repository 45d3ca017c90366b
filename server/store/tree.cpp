#include "server/store/tree.hpp"

#include <string>
#include <utility>

#include "server/store/rows.hpp"

namespace heed::store {
namespace {

Failure<Error> no_tile(int level, std::int64_t index) {
  return {{"log.corrupt",
           "tile " + std::to_string(index) + " of level " + std::to_string(level) +
               " of the log's tree is damaged",
           "keep the file as it is and restore a backup"}};
}

std::vector<Digest> split(std::string_view bytes) {
  std::vector<Digest> hashes;
  for (; !bytes.empty(); bytes.remove_prefix(sizeof(Digest)))
    hashes.push_back(to_digest(bytes.substr(0, sizeof(Digest))));
  return hashes;
}

std::string join(std::vector<Digest> const& hashes) {
  std::string bytes;
  for (Digest const& hash : hashes) bytes += as_bytes(hash);
  return bytes;
}

// The leaf of a record that was written before there was a tree: its own hash is another.
Expected<Digest, Error> compute_leaf(Database& database, std::int64_t sequence) {
  static std::string const sql = select_records("WHERE r.sequence = ?");
  auto found = database.query(sql, sequence);
  if (!found) return pass_on(found);
  auto const row = found.value().next();
  if (!row) return pass_on(row);
  if (row.value() == Row::none) return no_tile(0, (sequence - 1) / proof::tile_hashes_max);
  RecordRow read = read_row(found.value());
  read.columns.case_digest = sha256(read.case_json);
  read.columns.decision_digest = sha256(read.decision_json);
  return leaf_of(read.columns);
}

Expected<std::vector<Digest>, Error> read_leaves(Database& database, std::int64_t index) {
  std::int64_t const first = index * proof::tile_hashes_max + 1;
  auto rows = database.query(
      "SELECT sequence, format, hash FROM records WHERE sequence BETWEEN ? AND ? ORDER BY sequence",
      first, first + proof::tile_hashes_max - 1);
  if (!rows) return pass_on(rows);
  std::vector<Digest> leaves;
  while (true) {
    auto const row = rows.value().next();
    if (!row) return pass_on(row);
    if (row.value() == Row::none) return leaves;
    std::int64_t const sequence = rows.value().integer(0);
    if (sequence != first + std::ssize(leaves)) return no_tile(0, index);
    if (rows.value().integer(1) != chained_format) {
      leaves.push_back(to_digest(rows.value().bytes(2)));
      continue;
    }
    auto const leaf = compute_leaf(database, sequence);
    if (!leaf) return pass_on(leaf);
    leaves.push_back(leaf.value());
  }
}

Expected<Done, Error> write_tile(Database& database, int level, std::int64_t index,
                                 std::vector<Digest> const& hashes) {
  return database.run(
      "INSERT INTO tiles VALUES (?, ?, ?) "
      "ON CONFLICT (level, tile) DO UPDATE SET hashes = excluded.hashes",
      std::int64_t{level}, index, Blob{join(hashes)});
}

// Tells the tile above that tile `index` of `level` is full; that may fill it in its turn.
Expected<Done, Error> carry(Database& database, int level, std::int64_t index, Digest root) {
  while (true) {
    ++level;
    std::int64_t const above = index / proof::tile_hashes_max;
    auto hashes = read_tile(database, level, above);
    if (!hashes) return pass_on(hashes);
    if (std::ssize(hashes.value()) != index % proof::tile_hashes_max) return no_tile(level, above);
    hashes.value().push_back(root);
    if (auto written = write_tile(database, level, above, hashes.value()); !written) return written;
    if (std::ssize(hashes.value()) < proof::tile_hashes_max) return Done{};
    root = proof::root_over(hashes.value());
    index = above;
  }
}

}  // namespace

Expected<std::vector<Digest>, Error> read_tile(Database& database, int level, std::int64_t index) {
  auto row = database.query("SELECT hashes FROM tiles WHERE level = ? AND tile = ?",
                            std::int64_t{level}, index);
  if (!row) return pass_on(row);
  auto const found = row.value().next();
  if (!found) return pass_on(found);
  if (found.value() == Row::none)
    return level == 0 ? read_leaves(database, index) : std::vector<Digest>{};
  std::string_view const bytes = row.value().bytes(0);
  if (bytes.size() % sizeof(Digest) != 0 ||
      bytes.size() > sizeof(Digest) * proof::tile_hashes_max) {
    return no_tile(level, index);
  }
  return split(bytes);
}

Expected<GrowingTree, Error> GrowingTree::load(Database& database, std::int64_t size) {
  proof::Tiles tiles{
      [&](int level, std::int64_t index) { return read_tile(database, level, index); }};
  auto frontier = tiles.frontier(size);
  if (!frontier) return pass_on(frontier);
  GrowingTree tree;
  tree.frontier_ = std::move(frontier).value();
  std::int64_t const in_tail = size % proof::tile_hashes_max;
  if (in_tail == 0) return tree;
  auto tail = read_tile(database, 0, size / proof::tile_hashes_max);
  if (!tail) return pass_on(tail);
  tail.value().resize(static_cast<std::size_t>(in_tail));
  tree.tail_ = std::move(tail).value();
  return tree;
}

Expected<Done, Error> GrowingTree::append(Database& database, Digest const& leaf) {
  proof::append(frontier_, leaf);
  tail_.push_back(leaf);
  if (std::ssize(tail_) < proof::tile_hashes_max) return Done{};
  std::int64_t const index = frontier_.size / proof::tile_hashes_max - 1;
  if (auto written = write_tile(database, 0, index, tail_); !written) return written;
  Digest const root = proof::root_over(tail_);
  tail_.clear();
  return carry(database, 0, index, root);
}

}  // namespace heed::store
