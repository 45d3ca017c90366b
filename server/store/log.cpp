#include "server/store/log.hpp"

#include <chrono>
#include <utility>

#include "server/store/migrations.hpp"

namespace heed::store {
namespace {

Failure<Error> queue_full() {
  return {{"log.busy", "more decisions wait for the log than it takes",
           "try again in a moment; see `log` in the metrics where it lasts"}};
}

std::size_t bytes_of(Prepared const& prepared) {
  return prepared.entry.case_json.size() + prepared.entry.decision_json.size();
}

Expected<Writer, Error> open_writer(LogOptions& options) {
  auto database = Database::open({.path = options.path,
                                  .access = Access::write,
                                  .lock_wait_ms = options.lock_wait_ms,
                                  .vfs = options.vfs});
  if (!database) return pass_on(database);
  if (auto migrated = migrate(database.value()); !migrated) return pass_on(migrated);
  if (options.key_path.empty()) options.key_path = options.path + ".key";
  return Writer{std::move(database).value(), std::move(options.clock), options.key_age_us,
                std::move(options.key_path)};
}

}  // namespace

Expected<proof::VerifierKey, Error> replace_lost_key(LogOptions options, std::string id) {
  auto writer = open_writer(options);
  if (!writer) return pass_on(writer);
  return writer.value().rotate_key(Handover::old_key_is_lost, std::move(id));
}

std::int64_t system_now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Expected<std::unique_ptr<Log>, Error> Log::open(LogOptions options) {
  auto writer = open_writer(options);
  if (!writer) return pass_on(writer);
  if (auto taken = writer.value().take_key(); !taken) return pass_on(taken);
  if (options.seals) {
    auto const taken = writer.value().take_master(
        options.master_path.empty() ? options.path + ".master" : options.master_path);
    if (!taken) return pass_on(taken);
  }
  if (auto const is_signed = writer.value().sign(); !is_signed) return pass_on(is_signed);
  auto const head = writer.value().head();
  if (!head) return pass_on(head);
  return std::unique_ptr<Log>{new Log{std::move(writer).value(), head.value(), options}};
}

Log::Log(Writer writer, Head const& head, LogOptions const& options)
    : writer_{std::move(writer)},
      master_{writer_.master()},
      queue_records_max_{options.queue_records_max},
      signing_gap_{options.signing_gap} {
  status_.last_sequence = head.sequence;
  thread_ = std::thread{[this] { run(); }};
}

Log::~Log() {
  close();
}

Expected<Done, Error> Log::append(Entry entry, Callback callback) {
  auto prepared = prepare(std::move(entry));
  if (!prepared) return pass_on(prepared);
  auto const bytes = bytes_of(prepared.value());
  return queue({std::move(prepared).value(), std::move(callback), bytes});
}

void Log::append(std::vector<Submission> submissions) {
  std::vector<std::pair<Callback, Error>> refused;
  std::vector<Waiting> prepared;
  prepared.reserve(submissions.size());
  for (auto& [entry, callback] : submissions) {
    auto ready = prepare(std::move(entry));
    if (!ready) {
      refused.emplace_back(std::move(callback), ready.error());
      continue;
    }
    auto const bytes = bytes_of(ready.value());
    prepared.push_back({std::move(ready).value(), std::move(callback), bytes});
  }
  {
    std::lock_guard const lock{mutex_};
    for (auto& waiting : prepared)
      if (auto const put = put_into_queue(waiting); !put)
        refused.emplace_back(std::move(waiting.callback), put.error());
  }
  arrived_.notify_one();
  for (auto const& [callback, error] : refused) callback(Failure<Error>{error});
}

Expected<Done, Error> Log::append(Event event, EventKey key, Callback callback) {
  auto prepared = prepare(std::move(event), std::move(key));
  if (!prepared) return pass_on(prepared);
  std::size_t const bytes = prepared.value().event.fields.size();
  return queue({std::move(prepared).value(), std::move(callback), bytes});
}

Expected<Done, Error> Log::queue(Waiting waiting) {
  {
    std::lock_guard const lock{mutex_};
    if (auto const put = put_into_queue(waiting); !put) return put;
  }
  arrived_.notify_one();
  return Done{};
}

// With the mutex held. Takes `waiting` only where it is put.
Expected<Done, Error> Log::put_into_queue(Waiting& waiting) {
  if (closing_) return Failure<Error>{{"log.closed", "the log is being closed", ""}};
  if (status_.waiting >= queue_records_max_ ||
      queue_bytes_ + waiting.bytes > limits::log_queue_bytes_max) {
    return queue_full();
  }
  queue_bytes_ += waiting.bytes;
  queue_.push_back(std::move(waiting));
  idle_ = false;
  ++status_.waiting;
  return Done{};
}

Expected<Done, Error> Log::put_policy(std::string revision, std::string name,
                                      std::vector<SourceText> sources, std::string by) {
  std::lock_guard const lock{writer_mutex_};
  return writer_.put_policy({.revision = std::move(revision),
                             .name = std::move(name),
                             .stored_at_us = 0,
                             .sources = std::move(sources)},
                            std::move(by));
}

Expected<Activated, Error> Log::activate(Activation const& activation) {
  std::lock_guard const lock{writer_mutex_};
  auto activated = writer_.activate(activation);
  std::lock_guard const noting{mutex_};
  if (activated && activated.value().written == Written::now)
    status_.last_sequence = activated.value().record.sequence;
  return activated;
}

Expected<std::string, Error> Log::sign() {
  std::lock_guard const lock{writer_mutex_};
  return writer_.sign();
}

Expected<proof::VerifierKey, Error> Log::rotate_key(std::string id) {
  std::lock_guard const lock{writer_mutex_};
  return writer_.rotate_key(Handover::by_old_key, std::move(id));
}

Expected<Erased, Error> Log::erase(Erasure const& erasure) {
  std::lock_guard const lock{writer_mutex_};
  return writer_.erase(erasure);
}

Expected<Retained, Error> Log::retain(Retention const& retention) {
  auto retained = [&] {
    std::lock_guard const lock{writer_mutex_};
    return writer_.begin_retention(retention);
  }();
  while (retained) {
    std::lock_guard const lock{writer_mutex_};
    auto const more = writer_.continue_retention(retained.value());
    if (!more) return pass_on(more);
    if (!more.value() || is_closing()) break;
  }
  return retained;
}

LogStatus Log::status() const {
  std::lock_guard const lock{mutex_};
  return status_;
}

void Log::close() {
  std::lock_guard const closing{close_mutex_};
  {
    std::lock_guard const lock{mutex_};
    closing_ = true;
  }
  arrived_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Log::run() {
  while (true) {
    Batch batch = take_batch();
    if (!batch.empty()) {
      write(std::move(batch));
      continue;
    }
    if (has_unsigned_) sign_waiting();
    if (is_done()) return;
  }
}

bool Log::is_closing() {
  std::lock_guard const lock{mutex_};
  return closing_;
}

bool Log::is_done() {
  std::lock_guard const lock{mutex_};
  return closing_ && queue_.empty();
}

// Empty where a signature is due, and at the end, when nothing waits any more.
Log::Batch Log::take_batch() {
  std::unique_lock lock{mutex_};
  auto const is_needed = [this] { return !queue_.empty() || closing_; };
  idle_ = queue_.empty();
  if (has_unsigned_) {
    arrived_.wait_until(lock, signing_due_, is_needed);
  } else {
    arrived_.wait(lock, is_needed);
  }
  idle_ = false;
  Batch batch;
  std::size_t bytes = 0;
  while (!queue_.empty() && batch.size() < limits::log_batch_records_max &&
         (batch.empty() || bytes + queue_.front().bytes <= limits::log_batch_bytes_max)) {
    bytes += queue_.front().bytes;
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  queue_bytes_ -= bytes;
  return batch;
}

void Log::write(Batch batch) {
  std::vector<Item> items;
  items.reserve(batch.size());
  for (Waiting& waiting : batch) items.push_back(std::move(waiting.item));
  auto const now = std::chrono::steady_clock::now();
  Signing const signing = now >= signing_due_ ? Signing::now : Signing::later;
  auto written = [&] {
    std::lock_guard const lock{writer_mutex_};
    return writer_.write(items, signing);
  }();
  if (written) has_unsigned_ = signing == Signing::later;
  if (signing == Signing::now) signing_due_ = now + signing_gap_;
  note(written, batch.size());
  for (std::size_t place = 0; place < batch.size(); ++place) {
    if (written) {
      batch[place].callback(std::move(written.value()[place]));
    } else {
      batch[place].callback(pass_on(written));
    }
  }
}

void Log::sign_waiting() {
  auto const is_signed = sign();
  has_unsigned_ = !is_signed;
  std::chrono::milliseconds const pause = is_signed ? signing_gap_ : std::chrono::seconds{1};
  signing_due_ = std::chrono::steady_clock::now() + pause;
  std::lock_guard const lock{mutex_};
  if (!is_signed) status_.failing = is_signed.error();
  if (is_signed && signing_failed_) status_.failing.reset();  // what failed has now been written
  signing_failed_ = !is_signed;
}

// Before the callbacks: who was answered finds the record counted.
void Log::note(Expected<std::vector<Expected<Appended, Error>>, Error> const& written,
               std::size_t count) {
  std::lock_guard const lock{mutex_};
  status_.waiting -= count;
  if (!written) {
    status_.failures += count;
    status_.failing = written.error();
    return;
  }
  status_.failing.reset();
  ++status_.batches;
  for (auto const& outcome : written.value()) {
    if (!outcome || outcome.value().written == Written::before) continue;
    if (outcome.value().is_event) {
      ++status_.events;
      continue;
    }
    ++status_.records;
    status_.last_sequence = outcome.value().sequence;
    status_.last_hash = outcome.value().hash;
  }
}

}  // namespace heed::store
