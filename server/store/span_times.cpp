#include "server/store/span_times.hpp"

#include <algorithm>

#include "server/store/index.hpp"

namespace heed::store {

Expected<Done, Error> SpanTimes::read(Database& database, std::int64_t spans_full) {
  auto const known = static_cast<std::int64_t>(spans_.size());
  if (known >= spans_full) return Done{};
  auto rows = database.query(
      "SELECT block, at_first, at_last FROM blocks WHERE block BETWEEN ? AND ? ORDER BY block",
      first_block_of(known + 1), first_block_of(spans_full + 1) - 1);
  if (!rows) return pass_on(rows);
  auto spans = spans_;
  while (true) {
    auto const row = rows.value().next();
    if (!row) return pass_on(row);
    if (row.value() == Row::none) break;
    Between const of_block{rows.value().integer(1), rows.value().integer(2)};
    auto const span = static_cast<std::size_t>(span_of(rows.value().integer(0)));
    if (span > spans.size()) {
      spans.push_back(of_block);
      if (span > spans.size()) break;
      continue;
    }
    auto& last = spans.back();
    last = {std::min(last.first_us, of_block.first_us), std::max(last.last_us, of_block.last_us)};
  }
  if (spans.size() != static_cast<std::size_t>(spans_full))
    return Failure<Error>{{"log.corrupt", "the index by time lacks some of the records",
                           "`heed log verify` says more; keep the file and restore a backup"}};
  spans_ = std::move(spans);
  return Done{};
}

std::int64_t SpanTimes::find(std::int64_t from, std::int64_t to, std::int64_t first_us,
                             std::int64_t last_us) const {
  auto const step = from <= to ? 1 : -1;
  for (auto span = from; span != to + step; span += step) {
    auto const& between = spans_[static_cast<std::size_t>(span - 1)];
    if (between.last_us >= first_us && between.first_us <= last_us) return span;
  }
  return 0;
}

}  // namespace heed::store
