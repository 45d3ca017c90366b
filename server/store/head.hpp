#pragma once
#include <cstdint>

#include "server/store/database.hpp"
#include "server/store/sha256.hpp"

/// How far the log goes: one row, written in the transaction of each record, so that it is noticed
/// when records are cut off the end. checkpoint.hpp is what of it is signed.
namespace heed::store {

struct Head {
  std::int64_t sequence = 0;        // of the last record; 0 where there is none
  Digest root{};                    // of the tree over all records
  std::int64_t blocks_indexed = 0;  // blocks of records that the index covers
  std::int64_t keys_expired = 0;    // up to this record, keys no longer give the first answer again
};

/// Fails with log.corrupt where the row is not there.
Expected<Head, Error> read_head(Database& database);

Expected<Done, Error> write_head(Database& database, Head const& head);

}  // namespace heed::store
