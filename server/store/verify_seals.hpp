#pragma once
#include <cstdint>
#include <map>

#include "server/store/head.hpp"
#include "server/store/problem.hpp"
#include "server/store/rows.hpp"
#include "server/store/sealing.hpp"

/// The part of verify that looks at what is sealed, erased and dropped.
namespace heed::store {

class SealCheck {
 public:
  explicit SealCheck(seal::Key const* master) : master_{master} {}

  /// The next record, whose columns hold. `secret` becomes what is sealed in it.
  Finding add(Database& database, RecordRow const& row, Secret& secret);

  /// After the last record.
  Finding end(Database& database, Head const& head);

  std::int64_t sealed() const { return sealed_; }
  std::int64_t erased() const { return erased_; }  // whose key was destroyed
  std::int64_t locked() const { return locked_; }  // for which there was no master key
  std::int64_t dropped() const { return dropped_; }

 private:
  struct Gone {
    std::int64_t claimed_by = 0;  // the record that says so, as the table of keys has it
    std::int64_t records = 0;     // sealed by the key
  };
  std::optional<Problem> examine_erasure(RecordRow const& row);
  void note_dropped(RecordRow const& row);

  seal::Key const* master_;
  std::map<std::int64_t, Gone> gone_;          // by key
  std::map<std::int64_t, std::int64_t> said_;  // the record that says that a key was destroyed
  std::int64_t sealed_ = 0, erased_ = 0, locked_ = 0, dropped_ = 0;
  std::int64_t last_dropped_ = 0, promised_ = 0;
};

}  // namespace heed::store
