#include "server/store/keys.hpp"

#include <string>
#include <utility>
#include <vector>

#include "server/store/key_scope.hpp"
#include "server/store/rows.hpp"

namespace heed::store {
namespace {

// Twice a batch: expiring keeps up with any rate of writing, and no transaction grows long.
constexpr auto records_at_a_time = 2 * static_cast<std::int64_t>(limits::log_batch_records_max);

struct Expiry {
  std::int64_t last = 0;
  std::vector<std::pair<std::string, std::int64_t>> keys;
};

Expected<Expiry, Error> find_expired(Database& database, std::int64_t from,
                                     std::int64_t oldest_us) {
  auto rows = database.query(
      "SELECT sequence, recorded_at, key FROM records WHERE sequence > ? ORDER BY sequence LIMIT ?",
      from, records_at_a_time);
  if (!rows) return pass_on(rows);
  Expiry expiry{from, {}};
  while (true) {
    auto const row = rows.value().next();
    if (!row) return pass_on(row);
    if (row.value() == Row::none || rows.value().integer(1) >= oldest_us) return expiry;
    expiry.last = rows.value().integer(0);
    std::string_view const key = rows.value().bytes(2);
    if (!key.empty()) expiry.keys.emplace_back(key, expiry.last);
  }
}

}  // namespace

KeyedRequest fingerprint_of(seal::Key const* master, std::string_view hash) {
  if (master == nullptr || hash.empty()) return {std::string{hash}, hash};
  return {seal::fingerprint(*master, hash), hash};
}

Expected<std::optional<Record>, Error> find_keyed(Database& database, seal::Key const* master,
                                                  std::string_view key, KeyedRequest const& request,
                                                  std::int64_t oldest_us) {
  static std::string const sql =
      select_records("JOIN keys AS k ON r.sequence = k.sequence AND r.key = k.key WHERE k.key = ?");
  auto found = database.query(sql, key);
  if (!found) return pass_on(found);
  auto const row = found.value().next();
  if (!row) return pass_on(row);
  if (row.value() == Row::none) return std::optional<Record>{};
  RecordRow const read = read_row(found.value());
  if (read.columns.recorded_at_us < oldest_us) return std::optional<Record>{};
  bool const is_old = read.columns.format < envelope_format;
  if (read.columns.request != request.fingerprint &&
      !(is_old && read.columns.request == request.hash)) {
    return Failure<Error>{{"log.key-reused",
                           "the idempotency key `" + std::string{sent_key(key)} +
                               "` came before with another request",
                           "use a new key for a new request"}};
  }
  auto record = to_record(database, master, read);
  if (!record) return pass_on(record);
  return std::optional{std::move(record).value()};
}

Expected<Done, Error> put_key(Database& database, std::string_view key, std::int64_t sequence) {
  return database.run("INSERT OR REPLACE INTO keys VALUES (?, ?)", key, sequence);
}

Expected<Done, Error> expire_keys(Database& database, Head& head, std::int64_t oldest_us) {
  auto const expiry = find_expired(database, head.keys_expired, oldest_us);
  if (!expiry) return pass_on(expiry);
  for (auto const& [key, sequence] : expiry.value().keys) {
    if (auto forgotten =
            database.run("DELETE FROM keys WHERE key = ? AND sequence = ?", key, sequence);
        !forgotten) {
      return forgotten;
    }
  }
  head.keys_expired = expiry.value().last;
  return Done{};
}

}  // namespace heed::store
