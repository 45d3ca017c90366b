#pragma once
#include "server/store/database.hpp"
#include "server/store/filter.hpp"
#include "server/store/sealing.hpp"

/// Finds the records of a filter through the index.
namespace heed::store {

/// One page. Reads within a transaction of its own.
///
/// Fails with log.bad-cursor where the cursor is not one of this order.
Expected<Page, Error> list_records(Database& database, seal::Key const* master,
                                   Filter const& filter, PageRequest const& request);

}  // namespace heed::store
