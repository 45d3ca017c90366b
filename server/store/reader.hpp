#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "server/proof/tiles.hpp"
#include "server/store/checkpoint.hpp"
#include "server/store/events.hpp"
#include "server/store/filter.hpp"
#include "server/store/head.hpp"
#include "server/store/policies.hpp"
#include "server/store/rows.hpp"
#include "server/store/subject.hpp"

/// The decision log as its readers see it. Reading never holds up the writer.
namespace heed::store {

struct ReaderOptions {
  std::string path;
  int lock_wait_ms = limits::log_lock_wait_ms;
  std::shared_ptr<seal::Key const> master = {};  // opens what is sealed; null: it stays sealed
};

/// What the log holds.
struct Counts {
  std::int64_t records = 0;
  std::int64_t policies = 0;
  std::int64_t bytes = 0;  // of the file, without what the writer has not merged into it yet
};

enum class Visit { next, stop };

/// A connection of its own. Any thread; calls wait for each other, so a long one wants its own.
class Reader {
 public:
  /// Fails with log.unreadable where there is no file, log.foreign, log.too-new, log.too-old (the
  /// file is not changed by reading), master.wrong where the master key is not that of this log.
  static Expected<std::unique_ptr<Reader>, Error> open(ReaderOptions options);

  /// One record; nothing where there is none.
  Expected<std::optional<Record>, Error> find(std::string_view id);
  Expected<std::optional<Record>, Error> find(std::int64_t sequence);

  /// The record that an idempotency key stands for, if it was recorded at `oldest_us` or later.
  /// Lets a caller answer again before it decides again. Fails with log.key-reused where the key
  /// came with another request.
  Expected<std::optional<Record>, Error> find_keyed(std::string_view key, std::string_view request,
                                                    std::int64_t oldest_us);

  /// A page of records. Fails with log.bad-cursor.
  Expected<Page, Error> list(Filter const& filter, PageRequest const& request);

  /// Opens what is sealed; null where none was given.
  seal::Key const* master() const { return master_.get(); }

  /// Shows rows from the record `first` on, in sequence, until there is none or `visitor` stops. A
  /// few hundred at a time, so that the writer's file does not grow meanwhile: records that are
  /// written during the call are shown too. `visitor` must not call this reader.
  /// RecordRow::secret is what is sealed in the row.
  Expected<Done, Error> visit(std::int64_t first,
                              std::function<Visit(RecordRow const&)> const& visitor);

  /// What happened to a customer or to the others; see find_events.
  Expected<FoundEvents, Error> find_events(EventQuery const& query);
  /// Events and decisions of one customer; see list_subject.
  Expected<SubjectPage, Error> subject(std::string const& subject, std::size_t limit,
                                       std::string const& cursor);

  Expected<Head, Error> head();

  /// The last signed head; Log::sign() makes one that covers every record.
  Expected<SignedHead, Error> signed_head();
  Expected<std::vector<Signer>, Error> signers();

  /// Proofs about the tree as it is now. Reads through this reader, which must outlive it.
  proof::Tiles tiles();

  Expected<std::string, Error> store_id();  // 32 hexadecimal digits
  Expected<Counts, Error> counts();

  Expected<std::optional<StoredPolicy>, Error> policy(std::string_view revision);
  Expected<std::vector<StoredPolicy>, Error> policies();

  /// The connection, for what reads several tables at once; the lock is held as long as this lives.
  struct Hold {
    std::unique_lock<std::mutex> lock;
    Database& database;
  };
  Hold hold();

 private:
  Reader(Database database, std::shared_ptr<seal::Key const> master);

  std::shared_ptr<seal::Key const> master_;
  std::mutex mutex_;
  Database database_;
  SpanTimes times_;
};

}  // namespace heed::store
