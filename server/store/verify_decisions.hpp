#pragma once
#include <optional>
#include <span>
#include <vector>

#include "server/store/verify.hpp"

/// The part of verify that has decisions computed again, on several threads.
namespace heed::store {

/// Records that wait until the structure around them is known to hold.
class WaitingDecisions {
 public:
  /// A thread for each check; `checks` must outlive this.
  explicit WaitingDecisions(std::span<RecordCheck const> checks) : checks_{checks} {}

  /// `policy` must live until examine().
  void add(Record record, StoredPolicy const* policy);
  bool is_full() const { return bytes_ > bytes_max; }

  /// Asks about all that wait, and forgets them. The first problem in sequence, or nothing.
  std::optional<Problem> examine();

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
  std::optional<Objected> examine_part(std::size_t part) const;

  std::span<RecordCheck const> checks_;
  std::vector<Waiting> waiting_;
  std::size_t bytes_ = 0;
};

}  // namespace heed::store
