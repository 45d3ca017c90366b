#include "server/store/events.hpp"

#include "server/store/key_scope.hpp"
#include "server/store/sealing.hpp"

namespace heed::store {
namespace {

// Twice a batch, as the keys of records.
constexpr auto keys_at_a_time = 2 * static_cast<std::int64_t>(limits::log_batch_records_max);

constexpr auto select_own =
    "SELECT sequence, id, event, subject, at, recorded_at, fields, origin, sealed FROM events "
    "WHERE subject = ?1 AND event = ?2 AND at > ?3 AND at <= ?4 "
    "AND (?5 = '' OR instr(fields, ?5) OR NOT instr(fields, ?6) OR sealed <> x'') "
    "ORDER BY at DESC, sequence DESC LIMIT ?7";
constexpr auto select_others =
    "SELECT sequence, id, event, subject, at, recorded_at, fields, origin, sealed FROM events "
    "WHERE (?1 = '' OR subject <> ?1) AND event = ?2 AND at > ?3 AND at <= ?4 "
    "AND (?5 = '' OR instr(fields, ?5) OR NOT instr(fields, ?6) OR sealed <> x'') "
    "ORDER BY at DESC, sequence DESC LIMIT ?7";
constexpr auto select_recorded =
    "SELECT sequence, id, event, subject, at, recorded_at, fields, origin, sealed FROM events "
    "WHERE subject = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?";
constexpr auto select_keyed =
    "SELECT e.sequence, e.id, e.event, e.subject, e.at, e.recorded_at, e.fields, e.origin, "
    "e.sealed, k.request, k.recorded_at FROM event_keys AS k JOIN events AS e ON e.sequence = "
    "k.sequence "
    "WHERE k.key = ?";

StoredEvent to_event(Query const& row) {
  return {.event = {.id = std::string{row.bytes(1)},
                    .event = std::string{row.bytes(2)},
                    .subject = std::string{row.bytes(3)},
                    .at_us = row.integer(4),
                    .fields = std::string{row.bytes(6)},
                    .origin = std::string{row.bytes(7)}},
          .sequence = row.integer(0),
          .recorded_at_us = row.integer(5)};
}

Expected<std::vector<StoredEvent>, Error> read_all(Database& database, seal::Key const* master,
                                                   Expected<Query, Error> rows) {
  if (!rows) return pass_on(rows);
  std::vector<StoredEvent> events;
  while (true) {
    auto const row = rows.value().next();
    if (!row) return pass_on(row);
    if (row.value() == Row::none) return events;
    auto& event = events.emplace_back(to_event(rows.value()));
    auto secret = open_sealed(database, master, rows.value().bytes(8), event.event.id);
    if (!secret) return pass_on(secret);
    event.seal = secret.value().seal;
    event.event.secret = std::move(secret.value().text);
  }
}

}  // namespace

Expected<FoundEvents, Error> find_events(Database& database, seal::Key const* master,
                                         EventQuery const& query) {
  // One more than asked for says whether there are more.
  auto const limit = static_cast<std::int64_t>(query.limit) + 1;
  auto events = read_all(database, master,
                         database.query(query.whose == Whose::subject ? select_own : select_others,
                                        query.subject, query.event, query.after_us, query.until_us,
                                        query.containing, query.or_lacking, limit));
  if (!events) return pass_on(events);
  FoundEvents found{std::move(events).value(), true};
  if (found.events.size() > query.limit) {
    found.events.resize(query.limit);
    found.is_all = false;
  }
  return found;
}

Expected<std::vector<StoredEvent>, Error> list_events(Database& database, seal::Key const* master,
                                                      std::string_view subject, std::int64_t before,
                                                      std::size_t limit) {
  auto const bound = before == 0 ? INT64_MAX : before;
  auto const count = static_cast<std::int64_t>(limit);
  return read_all(database, master, database.query(select_recorded, subject, bound, count));
}

Expected<std::int64_t, Error> insert_event(Database& database, Event const& event,
                                           std::string_view sealed, std::int64_t recorded_at_us) {
  auto row = database.query(
      "INSERT INTO events (id, event, subject, at, recorded_at, fields, origin, sealed) "
      "VALUES (?,?,?,?,?,?,?,?) RETURNING sequence",
      event.id, event.event, event.subject, event.at_us, recorded_at_us, event.fields, event.origin,
      Blob{sealed});
  if (!row) return pass_on(row);
  auto const first = row.value().next();
  if (!first) return pass_on(first);
  auto const sequence = row.value().integer(0);
  if (auto const end = row.value().next(); !end) return pass_on(end);
  return sequence;
}

Expected<std::optional<StoredEvent>, Error> find_keyed_event(Database& database,
                                                             std::string_view key,
                                                             KeyedRequest const& request,
                                                             std::int64_t oldest_us) {
  auto found = database.query(select_keyed, key);
  if (!found) return pass_on(found);
  auto const row = found.value().next();
  if (!row) return pass_on(row);
  if (row.value() == Row::none || found.value().integer(10) < oldest_us)
    return std::optional<StoredEvent>{};
  std::string_view const came = found.value().bytes(9);
  if (came != request.fingerprint && came != request.hash) {
    return Failure<Error>{{"log.key-reused",
                           "the idempotency key `" + std::string{sent_key(key)} +
                               "` came before with another request",
                           "use a new key for a new request"}};
  }
  return std::optional{to_event(found.value())};
}

Expected<Done, Error> put_event_key(Database& database, std::string_view key,
                                    KeyedRequest const& request, std::int64_t sequence,
                                    std::int64_t recorded_at_us) {
  return database.run("INSERT OR REPLACE INTO event_keys VALUES (?, ?, ?, ?)", key,
                      Blob{request.fingerprint}, sequence, recorded_at_us);
}

Expected<Done, Error> expire_event_keys(Database& database, std::int64_t oldest_us) {
  {
    // To ask first costs a tenth of deleting nothing.
    auto oldest =
        database.query("SELECT 1 FROM event_keys WHERE recorded_at < ? LIMIT 1", oldest_us);
    if (!oldest) return pass_on(oldest);
    auto const row = oldest.value().next();
    if (!row) return pass_on(row);
    if (row.value() == Row::none) return Done{};
  }
  return database.run(
      "DELETE FROM event_keys WHERE key IN "
      "(SELECT key FROM event_keys WHERE recorded_at < ? ORDER BY recorded_at LIMIT ?)",
      oldest_us, keys_at_a_time);
}

}  // namespace heed::store
