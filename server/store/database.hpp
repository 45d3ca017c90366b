#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "engine/base/limits.hpp"

struct sqlite3;
struct sqlite3_stmt;

/// SQLite, with answers for errors and with statements that are prepared once.
///
/// Codes: log.busy (another program holds the lock), log.full (no room), log.io (the disk failed),
/// log.corrupt, log.foreign (no store of ours), log.read-only, log.unreadable (cannot be opened),
/// log.conflict (a row of that key exists), log.failed (anything else).
namespace heed::store {

enum class Access { write, read };

/// What marks a file as ours in SQLite's header: "Heed".
constexpr std::int64_t application_id = 0x48656564;

struct DatabaseOptions {
  std::string path;
  Access access = Access::write;  // write creates the file where there is none, for its owner alone
  int lock_wait_ms = limits::log_lock_wait_ms;
  std::string vfs = {};  // the SQLite file system by name; empty: the platform's
};

/// Bytes, where a text would be bound as text.
struct Blob {
  std::string_view bytes;
};

enum class Row { ready, none };

/// The error of `failed`, for handing on.
template <class T>
Failure<Error> pass_on(Expected<T, Error> const& failed) {
  return {failed.error()};
}

class Database;

/// Told of pages copied; false stops the copying.
using CopyProgress = std::function<bool(std::int64_t done, std::int64_t of)>;

/// One use of a prepared statement; its end makes the statement free for the next.
class Query {
 public:
  Query(Query&& other) noexcept;
  Query(Query const&) = delete;
  Query& operator=(Query const&) = delete;
  Query& operator=(Query&&) = delete;
  ~Query();

  /// Moves to the next row.
  Expected<Row, Error> next();

  // The columns of the row, from 0. Views hold until next() or the end.
  std::int64_t integer(int column) const;
  std::string_view bytes(int column) const;  // of a text or a blob

 private:
  friend class Database;
  Query(Database const& database, sqlite3_stmt* statement);
  void bind(int place, std::int64_t value);
  void bind(int place, std::string_view text);
  void bind(int place, Blob blob);

  Database const* database_;
  sqlite3_stmt* statement_;
};

/// One connection. One thread at a time; a file may have many.
class Database {
 public:
  /// Opens with WAL and synchronous=FULL; a new file gets pages of 16 KiB. A file that may only be
  /// read, on a disk that may only be read, is taken as unchanging.
  static Expected<Database, Error> open(DatabaseOptions options);
  /// An empty one that is in no file.
  static Expected<Database, Error> in_memory();

  /// Opens for writing what is or becomes a copy: changes no setting, and takes an empty file for
  /// what it is. Beside it nobody else may use the file.
  static Expected<Database, Error> open_copy(DatabaseOptions const& options);

  /// Fills this file, which is empty, with all that `from` holds, durably, some pages at a time.
  /// What `from` is written meanwhile is in it or not, as a transaction under way on `from` says:
  /// with one, the copy is of its moment and never begins anew.
  ///
  /// Fails with copy.interrupted where `go_on` says so, and as writing does.
  Expected<Done, Error> copy_from(Database& from, CopyProgress const& go_on);

  /// Runs a statement with its parameters. What is bound must live as long as the answer.
  template <class... Parameters>
  Expected<Query, Error> query(std::string_view sql, Parameters const&... parameters) {
    auto prepared = prepare(sql);
    if (!prepared) return pass_on(prepared);
    Query query{*this, prepared.value()};
    int place = 0;
    (query.bind(++place, parameters), ...);
    return query;
  }

  /// Runs a statement that answers nothing worth having.
  template <class... Parameters>
  Expected<Done, Error> run(std::string_view sql, Parameters const&... parameters) {
    auto ran = query(sql, parameters...);
    if (!ran) return pass_on(ran);
    if (auto row = ran.value().next(); !row) return pass_on(row);
    return Done{};
  }

  /// The first column of the first row, which must be there.
  Expected<std::int64_t, Error> read_integer(std::string_view sql);

  /// Runs several statements, without parameters, uncached.
  Expected<Done, Error> script(std::string const& sql);

  /// Takes back the transaction under way, if there is one.
  void roll_back();

  /// What SQLite last had to say, as an error.
  Error describe() const;

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  static Expected<Database, Error> connect(DatabaseOptions const& options, std::string const& name);
  Expected<Done, Error> check_identity(Access access);
  Expected<Done, Error> set_up();
  Expected<sqlite3_stmt*, Error> prepare(std::string_view sql);

  std::string path_;
  std::unique_ptr<sqlite3, Close> connection_;
  std::unordered_map<std::string_view, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
};

}  // namespace heed::store
