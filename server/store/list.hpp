#pragma once
#include "server/store/database.hpp"
#include "server/store/filter.hpp"
#include "server/store/sealing.hpp"
#include "server/store/span_times.hpp"

/// Finds the records of a filter through the index.
namespace heed::store {

/// One page. Reads within a transaction of its own, and into `times` what it lacks.
///
/// Fails with log.bad-cursor where the cursor is not one of this order.
Expected<Page, Error> list_records(Database& database, seal::Key const* master, SpanTimes& times,
                                   Filter const& filter, PageRequest const& request);

}  // namespace heed::store
