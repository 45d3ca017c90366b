#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <future>

#include "tests/unit/store/failing_disk.hpp"
#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

class Faults : public ::testing::Test {
 protected:
  void TearDown() override { set_fault(Fault::none); }
  LogOptions options() const { return {.path = folder.file(), .vfs = failing_disk()}; }

  Folder folder;
};

struct Kind {
  Fault fault;
  char const* code;
};
constexpr Kind kinds[] = {
    {Fault::no_room, "log.full"}, {Fault::io_error, "log.io"}, {Fault::no_sync, "log.io"}};

TEST_F(Faults, a_failed_write_is_answered_and_the_next_one_works) {
  for (Kind const& kind : kinds) {
    auto const log = open_log(options());
    std::int64_t const before = log->status().last_sequence;
    append_all(*log, 0, 10);
    set_fault(kind.fault);
    auto const failed = append(*log, sample_entry(10));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, kind.code) << failed.error().message;
    EXPECT_FALSE(failed.error().help.empty());
    EXPECT_EQ(log->status().failures, 1u);
    ASSERT_TRUE(log->status().failing);
    EXPECT_EQ(log->status().failing->code, kind.code);
    set_fault(Fault::none);
    auto const appended = append(*log, sample_entry(11));
    ASSERT_TRUE(appended) << appended.error().message;
    EXPECT_EQ(appended.value().sequence, before + 11);
    EXPECT_FALSE(log->status().failing);
    EXPECT_EQ(verdict(folder.file()), "sound");
  }
}

TEST_F(Faults, every_waiting_entry_gets_the_error_and_none_is_written) {
  auto const log = open_log(options());
  std::promise<void> release;
  std::promise<void> held;
  ASSERT_TRUE(log->append(sample_entry(0), [&](auto) {
    held.set_value();
    release.get_future().wait();
  }));
  held.get_future().wait();
  std::atomic<int> full = 0;
  for (int number = 1; number <= 300; ++number) {
    ASSERT_TRUE(log->append(sample_entry(number), [&](Expected<Appended, Error> appended) {
      if (!appended && appended.error().code == "log.full") ++full;
    }));
  }
  set_fault(Fault::no_room);
  release.set_value();
  log->close();
  EXPECT_EQ(full, 300);
  EXPECT_EQ(log->status().failures, 300u);
  EXPECT_EQ(open_reader(folder.file())->head().value().sequence, 1);
  EXPECT_EQ(verdict(folder.file()), "sound");
}

// Appends past two indexed blocks and several checkpoints while the nth call fails, and all after
// it; then the disk recovers. What was answered must be there, whatever n is.
TEST_F(Faults, whichever_write_fails_nothing_that_was_answered_is_lost) {
  for (Kind const& kind : kinds) {
    for (int nth = 0; nth < 400; nth += nth < 12 ? 1 : 31) {
      Folder const own;
      std::vector<std::string> answered;
      {
        auto const log = open_log(LogOptions{.path = own.file(), .vfs = failing_disk()});
        set_fault(kind.fault, nth);
        for (int number = 0; number < 60; ++number) {
          Entry entry = sample_entry(number);
          entry.decision_json = "\"" + std::string(9'000, 'd') + "\"";
          std::string const id = entry.id;
          if (append(*log, std::move(entry))) answered.push_back(id);
        }
        set_fault(Fault::none);
        Entry const last = sample_entry(60);
        ASSERT_TRUE(append(*log, last)) << "after call " << nth;
        answered.push_back(last.id);
      }
      auto const reader = open_reader(own.file());
      for (std::string const& id : answered) EXPECT_TRUE(reader->find(id).value()) << nth;
      EXPECT_EQ(reader->head().value().sequence, std::ssize(answered)) << nth;
      EXPECT_EQ(verdict(own.file()), "sound") << nth;
    }
  }
}

TEST_F(Faults, a_log_that_cannot_be_made_says_why) {
  ASSERT_NE(failing_disk(), nullptr);
  set_fault(Fault::no_room);
  auto const log = Log::open(options());
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, "log.full") << log.error().message;
  set_fault(Fault::none);
  append_all(*open_log(options()), 0, 3);
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST_F(Faults, a_lock_that_another_holds_is_busy_and_passes) {
  auto const log = open_log(LogOptions{.path = folder.file(), .lock_wait_ms = 50});
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(folder.file().c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(append(*log, sample_entry(0)).error().code, "log.busy");
  ASSERT_EQ(sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(other);
  EXPECT_TRUE(append(*log, sample_entry(1)));
}

TEST_F(Faults, a_damaged_page_is_a_finding_of_verify) {
  append_all(*open_log(folder.file()), 0, 300);
  std::FILE* const file = std::fopen(folder.file().c_str(), "r+b");
  ASSERT_NE(file, nullptr);
  std::fseek(file, 0, SEEK_END);
  long const size = std::ftell(file);
  std::string const noise(16'384, '\xa5');
  for (long page = 6; page < size / 16'384; ++page) {
    std::fseek(file, page * 16'384, SEEK_SET);
    std::fwrite(noise.data(), 1, noise.size(), file);
  }
  std::fclose(file);
  EXPECT_NE(verdict(folder.file()), "sound");
}

TEST_F(Faults, a_log_in_a_folder_that_may_not_be_written_can_be_read) {
  if (geteuid() == 0) GTEST_SKIP() << "the superuser may write anywhere";
  append_all(*open_log(folder.file()), 0, 10);
  auto const parent = std::filesystem::path{folder.file()}.parent_path();
  ASSERT_EQ(chmod(folder.file().c_str(), 0400), 0);
  ASSERT_EQ(chmod(parent.c_str(), 0500), 0);
  EXPECT_EQ(verdict(folder.file()), "sound");
  EXPECT_FALSE(Log::open({.path = folder.file()}));
  ASSERT_EQ(chmod(parent.c_str(), 0700), 0);
}

}  // namespace
}  // namespace heed::store::testing
