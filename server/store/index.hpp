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
/// rows sorted by term would dirty a page for each. A search asks block by block. The records after
/// the last indexed block are looked through one by one.
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

/// Writes the index of every full block after `blocks_indexed` up to the record `last`, and answers
/// how many blocks are indexed then.
Expected<std::int64_t, Error> index_full_blocks(Database& database, std::int64_t blocks_indexed,
                                                std::int64_t last);

/// Where a term stands in an indexed block; nowhere where the index does not know it.
Expected<Places, Error> find_places(Database& database, std::string_view term, std::int64_t block);

}  // namespace heed::store
