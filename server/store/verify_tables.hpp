#pragma once
#include <cstdint>

#include "server/store/head.hpp"
#include "server/store/index.hpp"
#include "server/store/problem.hpp"
#include "server/store/rows.hpp"

/// The part of verify that looks at what is kept beside the records.
namespace heed::store {

/// Compares the index of a block with what it must be. `expected` holds every record of the block.
Finding examine_block(Database& database, BlockIndex const& expected);

/// Whether the idempotency key of a record leads to it, or to a later one, or has expired.
Finding examine_key(Database& database, RecordColumns const& record);

/// What the tables hold beyond what was examined: records and tiles that the head does not know,
/// index rows beyond `terms` in the blocks of `head`; then what its tables are, and the structure
/// of the file.
Finding examine_rest(Database& database, Head const& head, std::int64_t terms);

}  // namespace heed::store
