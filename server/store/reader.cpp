#include "server/store/reader.hpp"

#include <utility>

#include "server/store/keys.hpp"
#include "server/store/list.hpp"
#include "server/store/master.hpp"
#include "server/store/migrations.hpp"
#include "server/store/tree.hpp"

namespace heed::store {
namespace {

constexpr std::int64_t rows_at_a_time = 256;

Expected<std::optional<Record>, Error> first_record(Database& database, seal::Key const* master,
                                                    Expected<Query, Error> found) {
  if (!found) return pass_on(found);
  auto const row = found.value().next();
  if (!row) return pass_on(row);
  if (row.value() == Row::none) return std::optional<Record>{};
  auto record = to_record(database, master, read_row(found.value()));
  if (!record) return pass_on(record);
  return std::optional{std::move(record).value()};
}

}  // namespace

Expected<std::unique_ptr<Reader>, Error> Reader::open(ReaderOptions options) {
  auto database = Database::open({.path = std::move(options.path),
                                  .access = Access::read,
                                  .lock_wait_ms = options.lock_wait_ms,
                                  .vfs = {}});
  if (!database) return pass_on(database);
  if (auto checked = check_version(database.value()); !checked) return pass_on(checked);
  if (options.master) {
    if (auto ours = check_master(database.value(), *options.master); !ours) return pass_on(ours);
  }
  return std::unique_ptr<Reader>{
      new Reader{std::move(database).value(), std::move(options.master)}};
}

Reader::Reader(Database database, std::shared_ptr<seal::Key const> master)
    : master_{std::move(master)}, database_{std::move(database)} {}

Expected<std::optional<Record>, Error> Reader::find(std::string_view id) {
  static std::string const sql = select_records("WHERE r.id = ?");
  std::lock_guard const lock{mutex_};
  return first_record(database_, master_.get(), database_.query(sql, id));
}

Expected<std::optional<Record>, Error> Reader::find(std::int64_t sequence) {
  static std::string const sql = select_records("WHERE r.sequence = ?");
  std::lock_guard const lock{mutex_};
  return first_record(database_, master_.get(), database_.query(sql, sequence));
}

Expected<std::optional<Record>, Error> Reader::find_keyed(std::string_view key,
                                                          std::string_view request,
                                                          std::int64_t oldest_us) {
  std::lock_guard const lock{mutex_};
  return store::find_keyed(database_, master_.get(), key, fingerprint_of(master_.get(), request),
                           oldest_us);
}

Expected<Page, Error> Reader::list(Filter const& filter, PageRequest const& request) {
  std::lock_guard const lock{mutex_};
  return list_records(database_, master_.get(), times_, filter, request);
}

Expected<Done, Error> Reader::visit(std::int64_t first,
                                    std::function<Visit(RecordRow const&)> const& visitor) {
  static std::string const sql =
      select_records("WHERE r.sequence >= ? ORDER BY r.sequence LIMIT ?");
  while (true) {
    std::lock_guard const lock{mutex_};
    auto rows = database_.query(sql, first, rows_at_a_time);
    if (!rows) return pass_on(rows);
    std::int64_t shown = 0;
    while (true) {
      auto const row = rows.value().next();
      if (!row) return pass_on(row);
      if (row.value() == Row::none) break;
      RecordRow read = read_row(rows.value());
      auto const secret = open_sealed(database_, master_.get(), read.sealed, read.columns.id);
      if (!secret) return pass_on(secret);
      read.secret = &secret.value();
      first = read.columns.sequence + 1;
      ++shown;
      if (visitor(read) == Visit::stop) return Done{};
    }
    if (shown < rows_at_a_time) return Done{};
  }
}

Expected<FoundEvents, Error> Reader::find_events(EventQuery const& query) {
  std::lock_guard const lock{mutex_};
  return store::find_events(database_, master_.get(), query);
}

Expected<SubjectPage, Error> Reader::subject(std::string const& subject, std::size_t limit,
                                             std::string const& cursor) {
  std::lock_guard const lock{mutex_};
  return list_subject(database_, master_.get(), times_, subject, limit, cursor);
}

Expected<Head, Error> Reader::head() {
  std::lock_guard const lock{mutex_};
  return read_head(database_);
}

Expected<SignedHead, Error> Reader::signed_head() {
  std::lock_guard const lock{mutex_};
  return read_signed_head(database_);
}

Expected<std::vector<Signer>, Error> Reader::signers() {
  std::lock_guard const lock{mutex_};
  return read_signers(database_);
}

proof::Tiles Reader::tiles() {
  return proof::Tiles{[this](int level, std::int64_t index) {
    std::lock_guard const lock{mutex_};
    return read_tile(database_, level, index);
  }};
}

Expected<std::string, Error> Reader::store_id() {
  std::lock_guard const lock{mutex_};
  auto found = database_.query("SELECT id FROM store");
  if (!found) return pass_on(found);
  auto const row = found.value().next();
  if (!row) return pass_on(row);
  return std::string{row.value() == Row::ready ? found.value().bytes(0) : ""};
}

Expected<Counts, Error> Reader::counts() {
  std::lock_guard const lock{mutex_};
  Counts counts;
  auto const read = [&](std::string_view sql, std::int64_t& into) -> Expected<Done, Error> {
    auto const number = database_.read_integer(sql);
    if (!number) return pass_on(number);
    into = number.value();
    return Done{};
  };
  std::int64_t page_bytes = 0;
  if (auto done = read("SELECT sequence FROM head", counts.records); !done) return pass_on(done);
  if (auto done = read("SELECT count(*) FROM policies", counts.policies); !done) {
    return pass_on(done);
  }
  if (auto done = read("PRAGMA page_count", counts.bytes); !done) return pass_on(done);
  if (auto done = read("PRAGMA page_size", page_bytes); !done) return pass_on(done);
  counts.bytes *= page_bytes;
  return counts;
}

Expected<std::optional<StoredPolicy>, Error> Reader::policy(std::string_view revision) {
  std::lock_guard const lock{mutex_};
  return find_policy(database_, revision);
}

Expected<std::vector<StoredPolicy>, Error> Reader::policies() {
  std::lock_guard const lock{mutex_};
  return list_policies(database_);
}

Reader::Hold Reader::hold() {
  return {std::unique_lock{mutex_}, database_};
}

}  // namespace heed::store
