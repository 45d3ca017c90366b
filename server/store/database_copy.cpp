// The part of Database that copies one file into another.
#include <sqlite3.h>

#include "server/store/database.hpp"

namespace heed::store {
namespace {

constexpr int pages_at_a_time = 128;  // 2 MiB
constexpr int wait_ms = 20;           // where another program holds a lock

struct Finish {
  void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};

}  // namespace

Expected<Database, Error> Database::open_copy(DatabaseOptions const& options) {
  return connect(options, options.path);
}

Expected<Done, Error> Database::copy_from(Database& from, CopyProgress const& go_on) {
  // The file is of no use before it is whole, so it needs no journal.
  if (auto set = script("PRAGMA journal_mode = OFF; PRAGMA synchronous = FULL"); !set) return set;
  std::unique_ptr<sqlite3_backup, Finish> backup{
      sqlite3_backup_init(connection_.get(), "main", from.connection_.get(), "main")};
  if (!backup) return Failure<Error>{describe()};
  int result = SQLITE_OK;
  while (result != SQLITE_DONE) {
    result = sqlite3_backup_step(backup.get(), pages_at_a_time);
    if (result == SQLITE_BUSY || result == SQLITE_LOCKED) {
      sqlite3_sleep(wait_ms);
    } else if (result != SQLITE_OK && result != SQLITE_DONE) {
      break;
    }
    int const of = sqlite3_backup_pagecount(backup.get());
    if (go_on && !go_on(of - sqlite3_backup_remaining(backup.get()), of)) {
      return Failure<Error>{{"copy.interrupted", "copying to `" + path_ + "` was interrupted", ""}};
    }
  }
  // Finishing tells both connections what went wrong; reading fails on the other one.
  backup.reset();
  if (result == SQLITE_DONE) return Done{};
  bool const here = sqlite3_errcode(connection_.get()) != SQLITE_OK;
  return Failure<Error>{here ? describe() : from.describe()};
}

}  // namespace heed::store
