#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "server/store/writer.hpp"

/// The decision log as its writers see it: what is appended is answered once it is on disk.
namespace heed::store {

/// Microseconds since 1970 UTC, from the system's clock.
std::int64_t system_now_us();

constexpr std::int64_t day_us = 86'400'000'000;

struct LogOptions {
  std::string path;
  std::string key_path = {};         // of the key that signs; empty: `path` and ".key"
  std::string master_path = {};      // of the key that seals; empty: `path` and ".master"
  bool seals = true;                 // false: the master key is not needed, nothing can be sealed
  std::int64_t key_age_us = day_us;  // how long an idempotency key gives the first answer again
  Clock clock = system_now_us;
  int lock_wait_ms = limits::log_lock_wait_ms;
  std::size_t queue_records_max = limits::log_queue_records_max;
  std::string vfs = {};  // the SQLite file system by name; empty: the platform's
  // How long a record may be in the log before a signed head covers it. Signing in each transaction
  // costs single appends a good part of their rate, fifty signatures a second nothing that shows:
  // tests/bench/store_append.cpp.
  std::chrono::milliseconds signing_gap{20};
};

/// How the log fares, for readiness and metrics.
struct LogStatus {
  std::size_t waiting = 0;  // entries queued or being written
  std::int64_t last_sequence = 0;
  Digest last_hash{};            // of the last record that this program wrote
  std::uint64_t batches = 0;     // transactions that held
  std::uint64_t records = 0;     // written by them
  std::uint64_t events = 0;      // the same, apart from those that decisions recorded
  std::uint64_t failures = 0;    // entries that were not written because a transaction failed
  std::optional<Error> failing;  // why the last transaction failed, until one holds again
};

/// Begins a new key for a log whose key is lost, and records it; nothing that the old one signed
/// vouches for it. Fails as Log::open does. `id` is that of the record that names it.
Expected<proof::VerifierKey, Error> replace_lost_key(LogOptions options, std::string id);

/// The one writer of a log. Any thread may call; one thread of its own writes whatever waits, at
/// most limits::log_batch_records_max entries in a transaction, without waiting for more.
class Log {
 public:
  /// Told what an entry has become, once, on the writer's thread: it must not block or call
  /// close().
  using Callback = std::function<void(Expected<Appended, Error>)>;

  /// Opens or creates the file and brings it to the present version.
  ///
  /// Finds the log's key, or makes it for a new log; the head is signed when this returns.
  ///
  /// Fails with log.too-new, log.foreign, log.busy, what Database::open may fail with, key.exposed
  /// and what else Writer::take_key may.
  static Expected<std::unique_ptr<Log>, Error> open(LogOptions options);

  /// Closes.
  ~Log();

  /// Queues an entry. `callback` gets Appended only after the record is durable; otherwise why not:
  /// log.key-reused, log.id-taken or log.no-policy for this entry alone; log.full, log.io, log.busy
  /// where its transaction failed, of which nothing is then written. A later append may work again.
  ///
  /// Refuses at once, without a call of `callback`, with log.busy where the queue is full,
  /// log.closed after close(), log.too-large and log.bad-record.
  Expected<Done, Error> append(Entry entry, Callback callback);

  /// An entry, and who is to be told of it.
  struct Submission {
    Entry entry;
    Callback callback;
  };
  /// The same of several, which then wait together. Those that are refused at once are told so
  /// here.
  void append(std::vector<Submission> submissions);

  /// Whether nothing is being written and nothing waits: what is appended now is begun at once.
  bool is_idle() const { return idle_.load(std::memory_order_relaxed); }

  /// The same of an event; with a key that came before, `callback` gets the first event again.
  Expected<Done, Error> append(Event event, EventKey key, Callback callback);

  /// Stores the sources of a policy; needed before the first entry of its revision. Waits until it
  /// is on disk. Once stored, doing it again changes nothing but that `by`, the id of a token, is
  /// one of those who wrote it; empty: nobody. Not from a callback.
  ///
  /// Fails with log.wrong-revision where `revision` is not revision_of(sources).
  Expected<Done, Error> put_policy(std::string revision, std::string name,
                                   std::vector<SourceText> sources, std::string by = {});

  /// Makes a stored policy the active one; see Writer::activate. On disk when it returns. Not from
  /// a callback.
  Expected<Activated, Error> activate(Activation const& activation);

  /// Signs the head as it is now and answers it: a signed checkpoint over every record that was
  /// answered before the call. Not from a callback.
  Expected<std::string, Error> sign();

  /// Puts a new key in the place of the one that signs: see Writer::rotate_key. `id` is that of the
  /// record that names it. Not from a callback.
  Expected<proof::VerifierKey, Error> rotate_key(std::string id);

  /// Destroys the key of what is sealed: see erasure.hpp. Not from a callback.
  ///
  /// Fails with erase.nothing where nothing is sealed of whom it names.
  Expected<Erased, Error> erase(Erasure const& erasure);

  /// Drops what old records hold: see retention.hpp. Appends go on meanwhile. Stops half-way where
  /// the log is closed; the next call goes on. Not from a callback.
  Expected<Retained, Error> retain(Retention const& retention);

  /// What opens what is sealed, for readers; null where the log was opened without.
  std::shared_ptr<seal::Key const> master() const { return master_; }

  LogStatus status() const;

  /// Writes what waits, then ends. Later appends are refused. Not from a callback.
  void close();

 private:
  struct Waiting {
    Item item;
    Callback callback;
    std::size_t bytes = 0;
  };
  using Batch = std::deque<Waiting>;

  Log(Writer writer, Head const& head, LogOptions const& options);
  Expected<Done, Error> queue(Waiting waiting);
  Expected<Done, Error> put_into_queue(Waiting& waiting);
  void run();
  bool is_done();
  bool is_closing();
  Batch take_batch();
  void sign_waiting();
  void write(Batch batch);
  void note(Expected<std::vector<Expected<Appended, Error>>, Error> const& written,
            std::size_t count);

  // Of the writer's thread alone: whether a record waits for a signed head, and from when on one
  // may be signed.
  bool has_unsigned_ = false;
  bool signing_failed_ = false;
  std::chrono::steady_clock::time_point signing_due_{};
  std::mutex writer_mutex_;  // held during a transaction
  Writer writer_;
  std::shared_ptr<seal::Key const> const master_;
  std::size_t const queue_records_max_;
  std::chrono::milliseconds const signing_gap_;
  mutable std::mutex mutex_;  // guards what follows; taken after writer_mutex_, never before
  std::condition_variable arrived_;
  Batch queue_;
  std::size_t queue_bytes_ = 0;
  bool closing_ = false;
  LogStatus status_;
  std::atomic<bool> idle_ = false;  // written with the mutex held
  std::mutex close_mutex_;
  std::thread thread_;
};

}  // namespace heed::store
