#pragma once
#include <bitset>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/store/database.hpp"
#include "server/store/marks.hpp"

/// The index over subjects, revisions and marks ("subject:c-1", "rule:blamed", "need:respect"): for
/// each block of 256 records, one row a term with the places in the block where it stands. A block
/// is indexed once it is full and its rows stand together, so that the index only grows at its end:
/// rows sorted by term would dirty a page for each. Over each 64 blocks stands a span: one row a
/// term, with a bit for each block that has it, written with the last of them. A search asks span
/// by span, then the blocks that are left, then the blocks behind the last full span. The records
/// after the last indexed block are looked through one by one.
namespace heed::store {

constexpr std::int64_t block_records = 256;

/// The block of a record, from 1; its first record.
constexpr std::int64_t block_of(std::int64_t sequence) {
  return (sequence - 1) / block_records + 1;
}
constexpr std::int64_t first_of(std::int64_t block) {
  return (block - 1) * block_records + 1;
}

/// A span is 64 blocks; the span of a block, from 1, and its first block.
constexpr std::int64_t span_blocks = 64;
constexpr std::int64_t span_of(std::int64_t block) {
  return (block - 1) / span_blocks + 1;
}
constexpr std::int64_t first_block_of(std::int64_t span) {
  return (span - 1) * span_blocks + 1;
}

/// Which records of a block: the place of each is its distance from the block's first.
using Places = std::bitset<static_cast<std::size_t>(block_records)>;

/// The places as the column holds them: a byte for each, ascending.
std::string encode(Places const& places);
Places decode_places(std::string_view bytes);

/// Lets a term be looked up without a string of its own.
struct TermHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view term) const {
    return std::hash<std::string_view>{}(term);
  }
};

/// What the index must hold for a block, gathered record by record.
struct BlockIndex {
  std::int64_t block = 0;
  std::int64_t at_first = 0;  // of all records of the block
  std::int64_t at_last = 0;
  std::unordered_map<std::string, Places, TermHash, std::equal_to<>> terms;

  /// Takes in the next record. `subject` and `revision` may be empty.
  void add(std::int64_t sequence, std::int64_t at_us, std::string_view subject,
           std::string_view revision, std::string_view marks);
};

/// The terms of a block by their bytes. Views into `index`.
std::vector<std::pair<std::string_view, Places>> sorted_terms(BlockIndex const& index);

/// Writes the index of every full block after `blocks_indexed` up to the record `last`, with the
/// spans that are full then, and answers how many blocks are indexed then.
Expected<std::int64_t, Error> index_full_blocks(Database& database, std::int64_t blocks_indexed,
                                                std::int64_t last);

/// Where a term stands in an indexed block; nowhere where the index does not know it.
Expected<Places, Error> find_places(Database& database, std::string_view term, std::int64_t block);

/// Blocks of a span with a term: bit n is its nth block from 0. No span is 0.
struct MarkedBlocks {
  std::int64_t span = 0;
  std::uint64_t blocks = 0;
};

/// The first span from `from` to `to`, whichever is greater, in which the term stands.
Expected<MarkedBlocks, Error> find_span(Database& database, std::string_view term,
                                        std::int64_t from, std::int64_t to);

/// The terms of these 64 blocks and where they stand, as a select of span, term, blocks.
/// Parameter ?1 is the span.
inline constexpr std::string_view select_span =
    "SELECT ?1, term, sum(1 << ((block - 1) % 64)) FROM postings "
    "WHERE block BETWEEN (?1 - 1) * 64 + 1 AND ?1 * 64 GROUP BY term";

}  // namespace heed::store
