#pragma once
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "server/store/uuid.hpp"
#include "tests/unit/store/store_fixture.hpp"

/// What every log goes through, for tests in which something fails meanwhile.
namespace heed::store::testing {

constexpr int old_records = 250;  // with those of a life an index block and more

/// A file of version 2 with `old_records`, made once, and copies of it.
void copy_old_store(std::string const& to);

/// Of `calls` every how manyth is tried so that there are `tries`: 1 with HEED_FAULTS=all.
int stride(int calls, int tries);

/// One log on failing_disk(), from bringing an older file up to date to the last close, and once
/// more; with what it answered. Each step is tried again where it fails.
class Life {
 public:
  explicit Life(std::string path) : path_{std::move(path)} {}

  /// Answers how many steps failed both times.
  int live();

  /// All that was answered is there, once, and the log is sound.
  void expect_all_there() const;

  std::set<std::string> const& codes() const { return codes_; }  // of errors
  std::set<std::string> answered() const;                        // ids, by now; any thread

 private:
  template <class Value>
  Expected<Done, Error> done(Expected<Value, Error> const& tried);
  template <class Step>
  void step(Step const& tried);
  void note(Error const& error);
  void open();
  Expected<Appended, Error> keep(Expected<Appended, Error> appended);
  Expected<Done, Error> append_keyed(int number);
  Expected<Done, Error> append_large();
  void append_many();

  std::string path_;
  UuidSource ids_;
  std::unique_ptr<Log> log_;
  mutable std::mutex mutex_;  // guards what follows
  std::set<std::string> answered_;
  std::set<std::string> codes_;
  int attempted_ = 0;
  int lasting_ = 0;
};

}  // namespace heed::store::testing
