// The part of Writer that destroys keys of what is sealed.
#include <utility>

#include "server/store/index.hpp"
#include "server/store/kinds.hpp"
#include "server/store/writer.hpp"

namespace heed::store {
namespace {

Failure<Error> nothing_to_erase(Erasure const& erasure) {
  std::string const of =
      erasure.subject.empty() ? "record `" + erasure.record : "`" + erasure.subject;
  return {{"erase.nothing", "nothing that is sealed is kept of " + of + "`",
           "values from before the store sealed any are dropped by their age: `heed log retain`"}};
}

KeyOwner owner_of(Erasure const& erasure) {
  if (erasure.subject.empty()) return {"", erasure.record};
  return {erasure.subject, ""};
}

// Counts the rows of a query whose first column is the beginning of what is sealed by the key.
Expected<std::int64_t, Error> count_sealed(Expected<Query, Error> rows, std::int64_t key) {
  if (!rows) return pass_on(rows);
  std::int64_t count = 0;
  while (true) {
    auto const row = rows.value().next();
    if (!row) return pass_on(row);
    if (row.value() == Row::none) return count;
    if (key_number_of(rows.value().bytes(0)) == key) ++count;
  }
}

Expected<std::int64_t, Error> count_in_block(Database& database, std::string const& term,
                                             std::int64_t block, std::int64_t key) {
  auto const places = find_places(database, term, block);
  if (!places) return pass_on(places);
  std::int64_t count = 0;
  for (std::size_t place = 0; place < places.value().size(); ++place) {
    if (!places.value()[place]) continue;
    std::int64_t const sequence = first_of(block) + static_cast<std::int64_t>(place);
    auto const found = count_sealed(
        database.query("SELECT substr(sealed, 1, 10) FROM records WHERE sequence = ?", sequence),
        key);
    if (!found) return found;
    count += found.value();
  }
  return count;
}

// How many records the key sealed, by the index over subjects.
Expected<std::int64_t, Error> count_records(Database& database, Erasure const& erasure,
                                            Head const& head, std::int64_t key) {
  if (erasure.subject.empty()) {
    return count_sealed(
        database.query("SELECT substr(sealed, 1, 10) FROM records WHERE id = ?", erasure.record),
        key);
  }
  std::int64_t const indexed = first_of(head.blocks_indexed + 1) - 1;
  auto count = count_sealed(
      database.query("SELECT substr(sealed, 1, 10) FROM records WHERE sequence > ? AND subject = ?",
                     indexed, erasure.subject),
      key);
  std::string const term = "subject:" + erasure.subject;
  for (std::int64_t block = 1; count && block <= head.blocks_indexed; ++block) {
    auto const found = count_in_block(database, term, block, key);
    if (!found) return found;
    count.value() += found.value();
  }
  return count;
}

Expected<std::int64_t, Error> clear_events(Database& database, Erasure const& erasure) {
  std::string const origin = "decision:" + erasure.record;
  auto const cleared =
      erasure.subject.empty()
          ? database.run(
                "UPDATE events SET sealed = x'' WHERE subject = '' AND sealed <> x'' "
                "AND (origin = ? OR id = ?)",
                origin, erasure.record)
          : database.run("UPDATE events SET sealed = x'' WHERE subject = ? AND sealed <> x''",
                         erasure.subject);
  if (!cleared) return pass_on(cleared);
  return database.read_integer("SELECT changes()");
}

// Merges all that the -wal holds into the file and empties it: there the key may still stand. True
// where nobody's reading kept it from doing so.
Expected<bool, Error> clear_wal(Database& database) {
  auto const busy = database.read_integer("PRAGMA wal_checkpoint(TRUNCATE)");
  if (!busy) return pass_on(busy);
  return busy.value() == 0;
}

}  // namespace

// Writes a record that no policy and no key stand behind, within the transaction under way.
Expected<Expected<Appended, Error>, Error> Writer::record(Entry entry, Head& head) {
  auto const prepared = prepare(std::move(entry));
  if (!prepared) return pass_on(prepared);
  auto inserted = insert(prepared.value(), head);
  head.root = tree_->root();
  return inserted;
}

Expected<Erased, Error> Writer::erase(Erasure const& erasure) {
  auto erased = erase_within(erasure);
  if (!erased) {
    take_back();
    return erased;
  }
  auto const cleared = clear_wal(database_);
  erased.value().is_cleared = cleared && cleared.value();
  return erased;
}

Expected<Erased, Error> Writer::erase_within(Erasure const& erasure) {
  auto begun = begin();
  if (!begun) return pass_on(begun);
  Head head = begun.value();
  auto const owner = owner_of(erasure);
  auto const key = find_key(database_, owner);
  if (!key) return pass_on(key);
  if (key.value() == 0) return nothing_to_erase(erasure);
  auto const records = count_records(database_, erasure, head, key.value());
  if (!records) return pass_on(records);
  auto const events = clear_events(database_, erasure);
  if (!events) return pass_on(events);
  Erased erased{
      .sequence = head.sequence + 1, .records = records.value(), .events = events.value()};
  auto const destroyed = destroy_key(database_, owner, key.value(), erased.sequence);
  if (!destroyed) return pass_on(destroyed);
  auto const recorded = record(Entry{.kind = std::string{kinds::erasure},
                                     .id = erasure.id,
                                     .at_us = now_us_,
                                     .subject = erasure.subject,
                                     .engine = HEED_VERSION,
                                     .case_json = erasure_text(erasure, key.value(), erased),
                                     .by = erasure.by,
                                     .trace = erasure.trace},
                               head);
  if (!recorded) return pass_on(recorded);
  if (!recorded.value()) return pass_on(recorded.value());
  if (auto const is_signed = sign_within(head); !is_signed) return pass_on(is_signed);
  if (auto committed = commit(head); !committed) return pass_on(committed);
  return erased;
}

}  // namespace heed::store
