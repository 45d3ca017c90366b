#include "server/store/database.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "engine/base/ensure.hpp"
#include "engine/base/percent.hpp"
#include "server/store/sha256.hpp"

namespace heed::store {
namespace {

// Of the write-ahead log, before it is merged into the file: longer gaps between merges make each
// of them longer, which is the p99.
constexpr std::int64_t unmerged_bytes_max = 2'000 << 10;

struct Meaning {
  std::string_view code;
  std::string_view message;
  std::string_view help;
};

Meaning meaning_of(int result, int system_error) {
  bool const no_room = system_error == ENOSPC || system_error == EDQUOT;
  switch (result & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:  // it was asked for again and again, and never to be had
      return {"log.busy", "is locked by another program", "end that program, or try again"};
    case SQLITE_FULL:
      return {"log.full", "has no room left", "free space on its disk"};
    case SQLITE_IOERR:
      if (no_room) return {"log.full", "has no room left", "free space on its disk"};
      return {"log.io", "could not be read or written", "check its disk"};
    case SQLITE_CORRUPT:
      return {"log.corrupt", "is damaged", "keep the file as it is and restore a backup"};
    case SQLITE_NOTADB:
      return {"log.foreign", "is not a decision log", "name another file"};
    case SQLITE_READONLY:
      return {"log.read-only", "may not be written", "check the rights on it and its folder"};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {"log.unreadable", "cannot be opened", "check its folder and the rights on it"};
    case SQLITE_CONSTRAINT:
      if (result == SQLITE_CONSTRAINT_UNIQUE) return {"log.conflict", "has such a row already", ""};
      return {"log.corrupt", "contradicts itself", "run `heed log verify` on it"};
    default:
      return {"log.failed", "failed", "try again; where it lasts, run `heed log verify` on it"};
  }
}

// New files are for their owner alone: SQLite gives the files beside it the same rights.
void create_private(std::string const& path) {
  int const file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0) ::close(file);
}

// The file as a URI that promises SQLite that nobody changes it.
std::string immutable_uri(std::string const& path) {
  return "file:" + percent_encoded(path, "/._-") + "?immutable=1";
}

bool has_unmerged_writes(std::string const& path) {
  std::error_code error;
  auto const size = std::filesystem::file_size(path + "-wal", error);
  return !error && size > 0;
}

// What SQLite answers where it cannot make the file through which readers and writers share.
bool cannot_share(Error const& error) {
  return error.code == "log.unreadable" || error.code == "log.read-only";
}

Failure<Error> foreign(std::string const& path) {
  return {{"log.foreign", "`" + path + "` is not a decision log", "name another file"}};
}

}  // namespace

void Database::Close::operator()(sqlite3* connection) const {
  sqlite3_close_v2(connection);
}

void Database::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Expected<Database, Error> Database::open(DatabaseOptions options) {
  std::error_code unknown;
  if (std::filesystem::is_directory(options.path, unknown)) {
    return Failure<Error>{
        {"log.unreadable", "`" + options.path + "` is a folder", "name the log's file in it"}};
  }
  if (options.access == Access::read && options.vfs.empty() &&
      !std::filesystem::exists(options.path, unknown) && !unknown) {
    return Failure<Error>{{"log.unreadable", "there is no file `" + options.path + "`",
                           "name the file of the decision log, as `heed serve --store` does"}};
  }
  if (options.access == Access::write) create_private(options.path);
  auto opened = connect(options, options.path);
  if (!opened) return opened;
  auto identity = opened.value().check_identity(options.access);
  if (!identity && options.access == Access::read && cannot_share(identity.error()) &&
      ::access(options.path.c_str(), R_OK) == 0 && !has_unmerged_writes(options.path)) {
    opened = connect(options, immutable_uri(options.path));
    if (!opened) return opened;
    identity = opened.value().check_identity(options.access);
  }
  if (!identity) return pass_on(identity);
  if (options.access == Access::write) {
    if (auto ready = opened.value().set_up(); !ready) return pass_on(ready);
  }
  return opened;
}

Expected<Database, Error> Database::in_memory() {
  return connect({.path = ":memory:"}, ":memory:");
}

Expected<Database, Error> Database::connect(DatabaseOptions const& options,
                                            std::string const& name) {
  int const access = options.access == Access::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                                     : SQLITE_OPEN_READONLY;
  int const as_uri = name == options.path ? 0 : SQLITE_OPEN_URI;
  sqlite3* connection = nullptr;
  int const result =
      sqlite3_open_v2(name.c_str(), &connection, access | SQLITE_OPEN_NOMUTEX | as_uri,
                      options.vfs.empty() ? nullptr : options.vfs.c_str());
  Database database;
  database.path_ = options.path;
  database.connection_.reset(connection);
  if (result != SQLITE_OK) return Failure<Error>{database.describe()};
  sqlite3_extended_result_codes(connection, 1);
  sqlite3_busy_timeout(connection, options.lock_wait_ms);
  return database;
}

Expected<Done, Error> Database::check_identity(Access access) {
  auto const tables = read_integer("SELECT count(*) FROM sqlite_schema");
  if (!tables) return pass_on(tables);
  auto const id = read_integer("PRAGMA application_id");
  if (!id) return pass_on(id);
  bool const fresh = tables.value() == 0 && id.value() == 0;
  if (fresh ? access == Access::read : id.value() != application_id) return foreign(path_);
  return Done{};
}

Expected<Done, Error> Database::set_up() {
  // Records are of some 4 KB: in smaller pages a quarter of the room stays empty.
  if (auto sized = script("PRAGMA page_size = 16384"); !sized) return sized;
  {
    auto mode = query("PRAGMA journal_mode = WAL");
    if (!mode) return pass_on(mode);
    auto const row = mode.value().next();
    if (!row) return pass_on(row);
    if (row.value() != Row::ready || mode.value().bytes(0) != "wal") {
      return Failure<Error>{{"log.io", "`" + path_ + "` is on a disk without shared memory",
                             "keep the log on a disk of this machine"}};
    }
  }
  auto const page_bytes = read_integer("PRAGMA page_size");  // 8 KiB in older stores
  if (!page_bytes) return pass_on(page_bytes);
  auto const pages = static_cast<int>(unmerged_bytes_max / page_bytes.value());
  sqlite3_wal_autocheckpoint(connection_.get(), pages);
  // 16 MB of pages: who only adds finds in more of them less that it still needs, and each one
  // cold.
  return script(
      "PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA secure_delete = ON;"
      "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
}

Expected<sqlite3_stmt*, Error> Database::prepare(std::string_view sql) {
  if (auto const known = statements_.find(sql); known != statements_.end()) {
    ensure(sqlite3_stmt_busy(known->second.get()) == 0);
    return known->second.get();
  }
  sqlite3_stmt* statement = nullptr;
  int const result = sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (result != SQLITE_OK) return Failure<Error>{describe()};
  statements_.emplace(sqlite3_sql(statement), statement);
  return statement;
}

Expected<std::int64_t, Error> Database::read_integer(std::string_view sql) {
  auto read = query(sql);
  if (!read) return pass_on(read);
  auto const row = read.value().next();
  if (!row) return pass_on(row);
  if (row.value() == Row::none) {
    return Failure<Error>{{"log.corrupt", "`" + path_ + "` lacks a row that every log has",
                           "keep the file as it is and restore a backup"}};
  }
  return read.value().integer(0);
}

Expected<Done, Error> Database::script(std::string const& sql) {
  if (sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return Failure<Error>{describe()};
  }
  return Done{};
}

void Database::roll_back() {
  if (sqlite3_get_autocommit(connection_.get()) != 0) return;
  // Where this fails too, SQLite has already taken the transaction back.
  sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Error Database::describe() const {
  sqlite3* const connection = connection_.get();
  int const result = connection == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(connection);
  Meaning const meaning =
      meaning_of(result, connection == nullptr ? 0 : sqlite3_system_errno(connection));
  std::string message = "`" + path_ + "` " + std::string{meaning.message};
  message += " (SQLite: " +
             std::string{connection == nullptr ? "out of memory" : sqlite3_errmsg(connection)};
  return {meaning.code, message + ")", std::string{meaning.help}};
}

Query::Query(Database const& database, sqlite3_stmt* statement)
    : database_{&database}, statement_{statement} {}

Query::Query(Query&& other) noexcept
    : database_{other.database_}, statement_{std::exchange(other.statement_, nullptr)} {}

Query::~Query() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

void Query::bind(int place, std::int64_t value) {
  ensure(sqlite3_bind_int64(statement_, place, value) == SQLITE_OK);
}

void Query::bind(int place, std::string_view text) {
  char const* const data = text.data() == nullptr ? "" : text.data();
  ensure(sqlite3_bind_text64(statement_, place, data, text.size(), SQLITE_STATIC, SQLITE_UTF8) ==
         SQLITE_OK);
}

void Query::bind(int place, Blob blob) {
  char const* const data = blob.bytes.data() == nullptr ? "" : blob.bytes.data();
  ensure(sqlite3_bind_blob64(statement_, place, data, blob.bytes.size(), SQLITE_STATIC) ==
         SQLITE_OK);
}

Expected<Row, Error> Query::next() {
  int const result = sqlite3_step(statement_);
  if (result == SQLITE_ROW) return Row::ready;
  if (result == SQLITE_DONE) return Row::none;
  return Failure<Error>{database_->describe()};
}

std::int64_t Query::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string_view Query::bytes(int column) const {
  auto const* const data = static_cast<char const*>(sqlite3_column_blob(statement_, column));
  return {data == nullptr ? "" : data,
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

}  // namespace heed::store
