// Whichever call to the disk fails in the life of a log: nothing answered is lost, nothing is half
// there, and the next attempt works.
#include "tests/unit/store/failing_disk.hpp"
#include "tests/unit/store/life.hpp"

namespace heed::store::testing {
namespace {

class EveryCall : public ::testing::Test {
 protected:
  void TearDown() override { set_fault(Fault::none); }

  static int calls_of_a_life(Fault fault) {
    Folder const folder;
    copy_old_store(folder.file());
    Life life{folder.file()};
    set_fault(fault, std::numeric_limits<int>::max());
    EXPECT_EQ(life.live(), 0);
    int const calls = calls_made();
    set_fault(Fault::none);
    life.expect_all_there();
    return calls;
  }
};

TEST_F(EveryCall, that_fails_once_is_made_good_by_the_next_attempt) {
  int const calls = calls_of_a_life(Fault::anything);
  int tried = 0;
  for (int nth = 0; nth < calls; nth += stride(calls, 60), ++tried) {
    Folder const folder;
    copy_old_store(folder.file());
    Life life{folder.file()};
    set_fault(Fault::anything, nth, 1);
    EXPECT_EQ(life.live(), 0) << "call " << nth;
    set_fault(Fault::none);
    life.expect_all_there();
    if (HasFailure()) FAIL() << "call " << nth << " of " << calls;
  }
  std::printf("%d of %d calls failed once\n", tried, calls);
}

TEST_F(EveryCall, after_which_all_fail_leaves_what_was_answered_and_a_log_that_goes_on) {
  struct Kind {
    Fault fault;
    char const* name;
    std::set<std::string> codes;
  };
  Kind const kinds[] = {
      {Fault::no_room, "full disk", {"log.full"}},    {Fault::io_error, "write", {"log.io"}},
      {Fault::no_sync, "sync", {"log.io"}},           {Fault::no_read, "read", {"log.io"}},
      {Fault::no_truncate, "truncate", {"log.io"}},   {Fault::no_open, "open", {"log.unreadable"}},
      {Fault::no_lock, "lock", {"log.io"}},           {Fault::held, "held lock", {"log.busy"}},
      {Fault::no_memory, "shared memory", {"log.io"}}};
  for (Kind const& kind : kinds) {
    int const calls = calls_of_a_life(kind.fault);
    int tried = 0;
    for (int nth = 0; nth < calls; nth += stride(calls, 6), ++tried) {
      Folder const folder;
      copy_old_store(folder.file());
      Life life{folder.file()};
      set_fault(kind.fault, nth);
      life.live();
      set_fault(Fault::none);
      for (std::string const& code : life.codes())
        EXPECT_TRUE(kind.codes.contains(code)) << kind.name << ": " << code;
      EXPECT_EQ(life.live(), 0) << "after call " << nth;
      life.expect_all_there();
      if (HasFailure()) FAIL() << kind.name << " " << nth << " of " << calls;
    }
    std::printf("%s: %d of %d calls, and all after each\n", kind.name, tried, calls);
  }
}

}  // namespace
}  // namespace heed::store::testing
