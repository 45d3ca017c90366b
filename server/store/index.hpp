#pragma once
#include <bitset>
#include <cstdint>
#include <map>
#include <string>

#include "server/store/database.hpp"
#include "server/store/marks.hpp"

/// The index over subjects, revisions and marks: for each block of 256 records, one row a term with
/// the places in the block where it stands. A block is indexed once it is full, so that a record
/// costs the index one or two rows, not one for each of its marks. The records after the last
/// indexed block are looked through one by one.
namespace heed::store {

constexpr std::int64_t block_records = 256;

/// The block of a record, from 1; its first record.
constexpr std::int64_t block_of(std::int64_t sequence) {
  return (sequence - 1) / block_records + 1;
}
constexpr std::int64_t first_of(std::int64_t block) {
  return (block - 1) * block_records + 1;
}

/// Which records of a block: the place of each is its distance from the block's first.
using Places = std::bitset<static_cast<std::size_t>(block_records)>;

/// The places as the column holds them: a byte for each, ascending.
std::string encode(Places const& places);
Places decode_places(std::string_view bytes);

/// What the index must hold for a block, gathered record by record.
struct BlockIndex {
  std::int64_t block = 0;
  std::int64_t at_first = 0;  // of all records of the block
  std::int64_t at_last = 0;
  std::map<IndexTerm, Places> terms;

  /// Takes in the next record. `subject` and `revision` may be empty.
  void add(std::int64_t sequence, std::int64_t at_us, std::string_view subject,
           std::string_view revision, std::string_view marks);
};

/// Writes the index of every full block after `blocks_indexed` up to the record `last`, and answers
/// how many blocks are indexed then.
Expected<std::int64_t, Error> index_full_blocks(Database& database, std::int64_t blocks_indexed,
                                                std::int64_t last);

/// Where a term stands in an indexed block; nowhere where the index does not know it.
Expected<Places, Error> find_places(Database& database, IndexTerm const& term, std::int64_t block);

}  // namespace heed::store
