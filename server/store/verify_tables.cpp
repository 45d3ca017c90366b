#include "server/store/verify_tables.hpp"

#include <string>

#include "engine/base/hex.hpp"
#include "server/store/verify_schema.hpp"

namespace heed::store {
namespace {

Finding sound() {
  return std::optional<Problem>{};
}

Finding wrong_index(std::int64_t block, std::string expected, std::string found) {
  return std::optional{Problem{"verify.index", first_of(block + 1) - 1, std::move(expected),
                               std::move(found), "the index over the record's block is wrong"}};
}

std::string show(BlockIndex const& block) {
  return "from " + std::to_string(block.at_first) + " to " + std::to_string(block.at_last);
}

Finding examine_structure(Database& database) {
  auto check = database.query("PRAGMA integrity_check(1)");
  if (!check) return pass_on(check);
  auto const row = check.value().next();
  if (!row) return pass_on(row);
  std::string const answer{row.value() == Row::ready ? check.value().bytes(0) : ""};
  if (answer == "ok") return sound();
  return std::optional{Problem{"verify.structure", 0, "ok", answer, "the file is damaged"}};
}

}  // namespace

Finding examine_block(Database& database, BlockIndex const& expected) {
  {
    auto read =
        database.query("SELECT at_first, at_last FROM blocks WHERE block = ?", expected.block);
    if (!read) return pass_on(read);
    auto const row = read.value().next();
    if (!row) return pass_on(row);
    if (row.value() == Row::none) return wrong_index(expected.block, show(expected), "");
    BlockIndex found;
    found.at_first = read.value().integer(0);
    found.at_last = read.value().integer(1);
    if (found.at_first != expected.at_first || found.at_last != expected.at_last) {
      return wrong_index(expected.block, show(expected), show(found));
    }
  }
  for (auto const& [term, places] : sorted_terms(expected)) {
    auto read = database.query("SELECT places FROM postings WHERE block = ? AND term = ?",
                               expected.block, term);
    if (!read) return pass_on(read);
    auto const row = read.value().next();
    if (!row) return pass_on(row);
    std::string const wanted = encode(places);
    std::string_view const found = row.value() == Row::none ? "" : read.value().bytes(0);
    if (found == wanted) continue;
    std::string const name = std::string{term} + " ";
    return wrong_index(expected.block, name + to_hex(wanted), name + to_hex(found));
  }
  return sound();
}

Finding examine_key(Database& database, RecordColumns const& record) {
  if (record.key.empty()) return sound();
  auto read = database.query("SELECT sequence FROM keys WHERE key = ?", record.key);
  if (!read) return pass_on(read);
  auto const row = read.value().next();
  if (!row) return pass_on(row);
  std::int64_t const found = row.value() == Row::none ? 0 : read.value().integer(0);
  if (found >= record.sequence) return sound();
  // Read after the key: one that was forgotten in between is behind this head.
  auto const expired = database.read_integer("SELECT keys_expired FROM head");
  if (!expired) return pass_on(expired);
  if (record.sequence <= expired.value()) return sound();
  return std::optional{Problem{"verify.key", record.sequence, std::to_string(record.sequence),
                               std::to_string(found),
                               "the idempotency key of the record no longer leads to it"}};
}

namespace {

/// Whether the spans say what the blocks say: each full one by itself, so that no memory is needed
/// for all of them.
Finding examine_spans(Database& database, Head const& head) {
  static std::string const blocks{select_span};
  static std::string const spans = "SELECT span, term, blocks FROM spans WHERE span = ?1";
  static std::string const differ = "SELECT (SELECT count(*) FROM (" + blocks + " EXCEPT " + spans +
                                    ")) + (SELECT count(*) FROM (" + spans + " EXCEPT " + blocks +
                                    "))";
  std::int64_t const full = head.blocks_indexed / span_blocks;
  for (std::int64_t span = 1; span <= full; ++span) {
    auto rows = database.query(differ, span);
    if (!rows) return pass_on(rows);
    if (auto const row = rows.value().next(); !row) return pass_on(row);
    if (auto const wrong = rows.value().integer(0); wrong != 0)
      return std::optional{Problem{"verify.index", first_of(first_block_of(span)), "0",
                                   std::to_string(wrong),
                                   "the index of 64 blocks does not say what the blocks say"}};
  }
  auto const surplus = database.read_integer(
      "SELECT count(*) FROM spans WHERE span NOT BETWEEN 1 AND (SELECT blocks_indexed / 64 FROM "
      "head)");
  if (!surplus) return pass_on(surplus);
  if (surplus.value() == 0) return sound();
  return std::optional{Problem{"verify.index", 0, "0", std::to_string(surplus.value()),
                               "the index holds spans of blocks that are not there"}};
}

}  // namespace

Finding examine_rest(Database& database, Head const& head, std::int64_t terms) {
  auto const surplus = database.read_integer(
      "SELECT count(*) FROM records WHERE sequence < 1 "
      "OR sequence > (SELECT sequence FROM head)");
  if (!surplus) return pass_on(surplus);
  if (surplus.value() != 0) {
    return std::optional{Problem{"verify.surplus", 0, "0", std::to_string(surplus.value()),
                                 "there are records that the head does not know"}};
  }
  auto const tiles = database.read_integer(
      "SELECT count(*) FROM tiles, head WHERE NOT (level = 0 AND tile BETWEEN 0 AND sequence / 256 "
      "- 1) AND NOT (level BETWEEN 1 AND 7 AND tile >= 0 AND tile * 256 < (sequence >> (8 * "
      "level)))");
  if (!tiles) return pass_on(tiles);
  if (tiles.value() != 0) {
    return std::optional{Problem{"verify.tree", 0, "0", std::to_string(tiles.value()),
                                 "the tree holds tiles for which there is no record"}};
  }
  auto rows = database.query(
      "SELECT count(*), (SELECT count(*) FROM blocks WHERE block NOT BETWEEN 1 AND "
      "(SELECT blocks_indexed FROM head)) FROM postings WHERE block <= ? OR block > "
      "(SELECT blocks_indexed FROM head)",
      head.blocks_indexed);
  if (!rows) return pass_on(rows);
  if (auto const row = rows.value().next(); !row) return pass_on(row);
  if (rows.value().integer(0) != terms || rows.value().integer(1) != 0) {
    return std::optional{Problem{"verify.index", 0, std::to_string(terms),
                                 std::to_string(rows.value().integer(0)),
                                 "the index holds rows for which there is no record"}};
  }
  if (auto found = examine_spans(database, head); !found || found.value()) return found;
  if (auto found = examine_schema(database); !found || found.value()) return found;
  return examine_structure(database);
}

}  // namespace heed::store
