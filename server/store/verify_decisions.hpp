#pragma once
#include <atomic>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "server/store/verify.hpp"

/// The part of verify that has decisions computed again, on several threads.
namespace heed::store {

/// Records that wait until the structure around them is known to hold, and those that are being
/// asked about meanwhile.
class WaitingDecisions {
 public:
  /// A thread for each check; `checks` must outlive this.
  explicit WaitingDecisions(std::span<RecordCheck const> checks) : checks_{checks} {}
  ~WaitingDecisions() { static_cast<void>(finish()); }
  WaitingDecisions(WaitingDecisions const&) = delete;
  WaitingDecisions& operator=(WaitingDecisions const&) = delete;

  /// `policy` must live until examine().
  void add(Record record, StoredPolicy const* policy);
  bool is_full() const { return bytes_ > bytes_max; }

  /// Asks about all that wait, and forgets them. The first problem in sequence, or nothing.
  std::optional<Problem> examine();

  /// Begins to ask about all that wait, while the caller goes on. The first problem of those that
  /// it began with before, or nothing. With one check it is examine().
  std::optional<Problem> examine_ahead();

 private:
  static constexpr std::size_t bytes_max = 64u << 20;
  struct Waiting {
    Record record;
    StoredPolicy const* policy;
  };
  struct Objected {
    std::size_t place;
    Objection objection;
  };
  void start();
  void work(std::size_t part);
  std::optional<Problem> finish();

  std::span<RecordCheck const> checks_;
  std::vector<Waiting> waiting_;
  std::size_t bytes_ = 0;  // of those that wait
  std::vector<Waiting> asked_;
  std::atomic<std::size_t> next_ = 0;           // of those asked about
  std::vector<std::optional<Objected>> found_;  // by check
  std::vector<std::thread> threads_;
};

}  // namespace heed::store
