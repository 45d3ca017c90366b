#pragma once
#include <cstdint>
#include <vector>

#include "server/store/database.hpp"

/// Between which instants the records of each full span lie (see index.hpp), so that a search by
/// time need not ask each block of a log of millions: kept by whoever reads, 16 bytes a span.
namespace heed::store {

class SpanTimes {
 public:
  /// Reads the spans up to `spans_full` that are not known yet. What is known stays true: a full
  /// span never changes. Reading all of ten million records' takes some milliseconds. Fails with
  /// log.corrupt where the index lacks a span.
  Expected<Done, Error> read(Database& database, std::int64_t spans_full);

  /// The first span from `from` to `to`, whichever is greater, that may hold a record decided for
  /// an instant from `first_us` to `last_us`; 0 for none. Both spans must have been read.
  std::int64_t find(std::int64_t from, std::int64_t to, std::int64_t first_us,
                    std::int64_t last_us) const;

 private:
  struct Between {
    std::int64_t first_us, last_us;
  };
  std::vector<Between> spans_;  // the first is span 1
};

}  // namespace heed::store
