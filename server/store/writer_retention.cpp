// The part of Writer that drops what old records and events hold.
#include <algorithm>
#include <utility>

#include "server/store/kinds.hpp"
#include "server/store/rows.hpp"
#include "server/store/writer.hpp"

namespace heed::store {
namespace {

constexpr std::int64_t rows_at_a_time = 256;  // in one transaction: decisions wait for it

// What a record says is dropped, and how far that has been done.
struct Progress {
  Dropped promised, done;
};

Expected<Progress, Error> read_progress(Database& database) {
  auto read = database.query("SELECT records, events, records_done, events_done FROM retention");
  if (!read) return pass_on(read);
  auto const row = read.value().next();
  if (!row) return pass_on(row);
  if (row.value() == Row::none) return Progress{};
  auto const& query = read.value();
  return Progress{{query.integer(0), query.integer(1)}, {query.integer(2), query.integer(3)}};
}

Expected<Done, Error> write_progress(Database& database, Progress const& progress) {
  return database.run("INSERT OR REPLACE INTO retention VALUES (1, ?, ?, ?, ?)",
                      progress.promised.records, progress.promised.events, progress.done.records,
                      progress.done.events);
}

// The last row after `from` before which nothing was recorded at `before_us` or later.
Expected<std::int64_t, Error> last_before(Database& database, bool records, std::int64_t from,
                                          std::int64_t before_us) {
  auto rows = records ? database.query(
                            "SELECT sequence, recorded_at FROM records WHERE sequence > ? "
                            "ORDER BY sequence",
                            from)
                      : database.query(
                            "SELECT sequence, recorded_at FROM events WHERE sequence > ? "
                            "ORDER BY sequence",
                            from);
  if (!rows) return pass_on(rows);
  while (true) {
    auto const row = rows.value().next();
    if (!row) return pass_on(row);
    if (row.value() == Row::none || rows.value().integer(1) >= before_us) return from;
    from = rows.value().integer(0);
  }
}

Expected<Done, Error> drop_record(Database& database, std::int64_t sequence) {
  static std::string const sql = select_records("WHERE r.sequence = ?");
  std::string digests;
  {
    auto found = database.query(sql, sequence);
    if (!found) return pass_on(found);
    auto const there = found.value().next();
    if (!there) return pass_on(there);
    if (there.value() == Row::none) return Done{};
    RecordRow row = read_row(found.value());
    if (row.columns.kind != kinds::decision || !row.digests.empty()) return Done{};
    fill_digests(row);
    digests = as_bytes(row.columns.case_digest);
    digests += as_bytes(row.columns.decision_digest);
    if (row.columns.sealed_digest) digests += as_bytes(*row.columns.sealed_digest);
  }
  return database.run(
      "UPDATE records SET \"case\" = '', decision = '', sealed = x'', digests = ? "
      "WHERE sequence = ?",
      Blob{digests}, sequence);
}

Expected<std::int64_t, Error> drop_records(Database& database, std::int64_t from,
                                           std::int64_t until) {
  std::int64_t count = 0;
  for (std::int64_t sequence = from; sequence <= until; ++sequence) {
    if (auto dropped = drop_record(database, sequence); !dropped) return pass_on(dropped);
    auto const changed = database.read_integer("SELECT changes()");
    if (!changed) return changed;
    count += changed.value();
  }
  return count;
}

Expected<std::int64_t, Error> drop_events(Database& database, std::int64_t from,
                                          std::int64_t until) {
  auto const dropped = database.run(
      "UPDATE events SET fields = '', sealed = x'' WHERE sequence BETWEEN ? AND ? AND fields <> ''",
      from, until);
  if (!dropped) return pass_on(dropped);
  return database.read_integer("SELECT changes()");
}

}  // namespace

Expected<Retained, Error> Writer::begin_retention(Retention const& retention) {
  auto recorded = record_retention(retention);
  if (!recorded) take_back();
  return recorded;
}

Expected<Retained, Error> Writer::record_retention(Retention const& retention) {
  auto begun = begin();
  if (!begun) return pass_on(begun);
  Head head = begun.value();
  auto progress = read_progress(database_);
  if (!progress) return pass_on(progress);
  auto& promised = progress.value().promised;
  auto const records = last_before(database_, true, promised.records, retention.before_us);
  if (!records) return pass_on(records);
  auto const events = last_before(database_, false, promised.events, retention.before_us);
  if (!events) return pass_on(events);
  if (records.value() == promised.records && events.value() == promised.events) {
    database_.roll_back();
    return Retained{};
  }
  promised = {records.value(), events.value()};
  auto const written = record(Entry{.kind = std::string{kinds::retention},
                                    .id = retention.id,
                                    .at_us = now_us_,
                                    .engine = HEED_VERSION,
                                    .case_json = retention_text(retention.before_us, promised),
                                    .by = retention.by,
                                    .trace = retention.trace},
                              head);
  if (!written) return pass_on(written);
  if (!written.value()) return pass_on(written.value());
  if (auto kept = write_progress(database_, progress.value()); !kept) return pass_on(kept);
  if (auto const is_signed = sign_within(head); !is_signed) return pass_on(is_signed);
  if (auto committed = commit(head); !committed) return pass_on(committed);
  return Retained{.sequence = head.sequence};
}

Expected<bool, Error> Writer::continue_retention(Retained& retained) {
  auto more = drop_some(retained);
  if (!more) database_.roll_back();
  return more;
}

// The record comes first: nothing is gone of which no record says so.
Expected<bool, Error> Writer::drop_some(Retained& retained) {
  if (auto begun = database_.run("BEGIN IMMEDIATE"); !begun) return pass_on(begun);
  auto progress = read_progress(database_);
  if (!progress) return pass_on(progress);
  auto& [promised, done] = progress.value();
  Dropped const next{std::min(done.records + rows_at_a_time, promised.records),
                     std::min(done.events + rows_at_a_time, promised.events)};
  auto const records = drop_records(database_, done.records + 1, next.records);
  if (!records) return pass_on(records);
  auto const events = drop_events(database_, done.events + 1, next.events);
  if (!events) return pass_on(events);
  done = next;
  if (auto kept = write_progress(database_, progress.value()); !kept) return pass_on(kept);
  if (auto committed = database_.run("COMMIT"); !committed) return pass_on(committed);
  retained.records += records.value();
  retained.events += events.value();
  return done.records < promised.records || done.events < promised.events;
}

}  // namespace heed::store
