// A clock that jumps, forth and back, while a log is written.
#include <atomic>
#include <random>

#include "server/store/uuid.hpp"
#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

constexpr std::int64_t noon_us = 1'795'335'300'000'000;
constexpr std::int64_t year_us = 365 * day_us;

class ClockJumps : public ::testing::Test {
 protected:
  std::unique_ptr<Log> open() {
    return open_log(LogOptions{.path = folder.file(), .clock = [this] { return now_us.load(); }});
  }
  static Entry keyed(int number) {
    Entry entry = sample_entry(number);
    entry.key = "key";
    entry.request = as_bytes(sha256("request"));
    return entry;
  }

  std::atomic<std::int64_t> now_us = noon_us;
  Folder folder;
};

TEST_F(ClockJumps, leave_the_order_of_records_and_say_when_each_was_written) {
  std::mt19937_64 chance{20'261'122};
  auto log = open();
  for (int number = 0; number < 400; ++number) {
    now_us = noon_us + static_cast<std::int64_t>(chance() % (20 * year_us)) - 10 * year_us;
    Event const event = sample_event(number);
    auto const appended = append(*log, sample_entry(number));
    ASSERT_TRUE(appended) << appended.error().message;
    EXPECT_EQ(appended.value().sequence, number + 1);
    EXPECT_EQ(appended.value().recorded_at_us, now_us);
    ASSERT_TRUE(append(*log, event, {"event " + std::to_string(number), std::string(32, 'e')}));
    if (number % 100 == 99) log = open();  // also before what it wrote last
  }
  log.reset();
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST_F(ClockJumps, never_let_a_key_stand_for_two_decisions_within_its_age) {
  auto const log = open();
  auto const first = append(*log, keyed(0));
  ASSERT_TRUE(first);
  for (std::int64_t const jump : {std::int64_t{0}, -year_us, -day_us, day_us, std::int64_t{1}}) {
    now_us = noon_us + jump;
    auto const again = append(*log, keyed(1));
    ASSERT_TRUE(again);
    EXPECT_EQ(again.value().id, first.value().id) << jump;
    EXPECT_EQ(again.value().written, Written::before) << jump;
  }
  now_us = noon_us + day_us + 1;
  auto const later = append(*log, keyed(2));
  ASSERT_TRUE(later);
  EXPECT_EQ(later.value().written, Written::now);
  now_us = noon_us;  // back again: the key stands for the later one from then on
  auto const back = append(*log, keyed(3));
  ASSERT_TRUE(back);
  EXPECT_EQ(back.value().id, later.value().id);
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST_F(ClockJumps, of_a_century_forth_and_back_hold_nothing_up) {
  auto log = open();
  for (int number = 0; number < 600; ++number) {
    now_us = noon_us + (number % 2 == 0 ? 100 * year_us : 0);
    ASSERT_TRUE(append(*log, keyed(number)));
    ASSERT_TRUE(append(*log, sample_entry(number)));
  }
  log.reset();
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST(UuidSource, makes_ids_that_grow_whatever_the_clock_does) {
  UuidSource ids;
  std::mt19937_64 chance{1};
  std::string last;
  for (int number = 0; number < 10'000; ++number) {
    std::string id = ids.next(static_cast<std::int64_t>(chance() % (2 * year_us)) - year_us);
    ASSERT_TRUE(is_uuid(id)) << id;
    ASSERT_LT(last, id);
    last = std::move(id);
  }
}

}  // namespace
}  // namespace heed::store::testing
