#include <algorithm>
#include <filesystem>
#include <future>
#include <numeric>
#include <set>

#include "server/store/index.hpp"
#include "tests/unit/store/store_fixture.hpp"

/// The index over 64 blocks at a time, in a log of two full spans, three blocks and a tail.
namespace heed::store::testing {
namespace {

constexpr int records = 2 * 64 * 256 + 3 * 256 + 100;
// Where what is rare stands: at the edges of blocks and spans, and between them.
std::set<int> const rare{1,      256,    257,    5'000,  16'384, 16'385,
                         16'640, 32'767, 32'768, 32'769, 33'100, records};

class Spans : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder = std::make_unique<Folder>();
    auto const log = open_log(folder->file());
    for (int begin = 1; begin <= records; begin += 4'000)
      append_some(*log, begin, std::min(begin + 3'999, records));
  }
  static void TearDownTestSuite() { folder.reset(); }

  static void append_some(Log& log, int first, int last) {
    std::promise<void> written;
    std::atomic<int> left{last - first + 1};
    for (int number = first; number <= last; ++number) {
      auto entry = sample_entry(number - 1);
      entry.subject = rare.contains(number) ? "rare" : "c-" + std::to_string(number % 9'973);
      ASSERT_TRUE(log.append(std::move(entry), [&](auto const& appended) {
        EXPECT_TRUE(appended);
        if (--left == 0) written.set_value();
      }));
    }
    written.get_future().wait();
  }

  static std::vector<int> numbers(Filter const& filter, PageRequest request) {
    auto const reader = open_reader(folder->file());
    std::vector<int> found;
    do {
      auto const page = reader->list(filter, request);
      EXPECT_TRUE(page) << page.error().message;
      for (auto const& record : page.value().records)
        found.push_back(static_cast<int>(record.sequence));
      request.cursor = page.value().next;
    } while (!request.cursor.empty());
    return found;
  }

  static std::unique_ptr<Folder> folder;
};

std::unique_ptr<Folder> Spans::folder;

std::int64_t at_of(int number) {
  return sample_entry(number - 1).at_us;
}

// Two tests for many behaviours: each test makes the log anew where it runs by itself.
TEST_F(Spans, a_search_finds_what_stands_anywhere_in_both_orders_any_page_size_and_time) {
  for (std::size_t const limit : {1u, 5u, 1'000u}) {
    EXPECT_EQ(numbers({.subject = "rare"}, {.order = Order::oldest_first, .limit = limit}),
              std::vector(rare.begin(), rare.end()));
    EXPECT_EQ(numbers({.subject = "rare"}, {.limit = limit}),
              std::vector(rare.rbegin(), rare.rend()));
  }
  EXPECT_TRUE(numbers({.subject = "never"}, {}).empty());

  auto const within = [](int from, int until) {
    std::vector<int> found;
    std::ranges::copy_if(rare, std::back_inserter(found),
                         [&](int number) { return from <= number && number < until; });
    return found;
  };
  for (auto const& [from, until] :
       {std::pair{2, 300}, {257, 16'385}, {16'385, 32'769}, {32'000, records}, {6'000, 16'000}}) {
    Filter const filter{.subject = "rare", .from_us = at_of(from), .until_us = at_of(until)};
    EXPECT_EQ(numbers(filter, {.order = Order::oldest_first}), within(from, until));
    auto reversed = within(from, until);
    std::ranges::reverse(reversed);
    EXPECT_EQ(numbers(filter, {.limit = 2}), reversed);
  }

  // Records of a time alone, and those among them that stand in every block.
  for (auto const& [from, until] : {std::pair{16'000, 16'900}, {1, 3}, {32'700, records}}) {
    Filter const filter{.from_us = at_of(from), .until_us = at_of(until)};
    std::vector<int> expected(static_cast<std::size_t>(until - from));
    std::iota(expected.begin(), expected.end(), from);
    EXPECT_EQ(numbers(filter, {.order = Order::oldest_first, .limit = 300}), expected);
    std::ranges::reverse(expected);
    EXPECT_EQ(numbers(filter, {.limit = 1'000}), expected);
    std::erase_if(expected, [](int number) { return (number - 1) % 10 != 7; });
    auto with_rule = filter;
    with_rule.rule = "rule_7";
    EXPECT_EQ(numbers(with_rule, {.limit = 7}), expected);
  }
  EXPECT_TRUE(numbers({.from_us = at_of(records) + 1}, {}).empty());
  EXPECT_TRUE(numbers({.until_us = at_of(1)}, {}).empty());

  // What stands in every block.
  auto const first = numbers({.rule = "rule_7"}, {.order = Order::oldest_first, .limit = 1'000});
  auto last = numbers({.rule = "rule_7"}, {.limit = 1'000});
  EXPECT_EQ(first.size(), static_cast<std::size_t>(records / 10));
  std::ranges::reverse(last);
  EXPECT_EQ(first, last);
}

TEST_F(Spans, what_they_say_is_verified_and_a_log_from_before_gets_them) {
  EXPECT_EQ(verdict(folder->file()), "sound");
  for (char const* sql : {"DELETE FROM spans WHERE span = 1 AND term = 'subject:rare'",
                          "UPDATE spans SET blocks = blocks | 4 WHERE term = 'subject:rare'",
                          "INSERT INTO spans VALUES (3, 'subject:more', 1)"}) {
    auto const tampered = folder->file("copy.db");
    tamper(folder->file(), "VACUUM INTO '" + tampered + "'");
    tamper(tampered, sql);
    EXPECT_EQ(verdict(tampered), "verify.index") << sql;
    std::remove(tampered.c_str());
  }

  auto const lacking = folder->file("lacking.db");
  tamper(folder->file(), "VACUUM INTO '" + lacking + "'");
  tamper(lacking, "DELETE FROM blocks WHERE block <= 64");
  auto const refused = open_reader(lacking)->list({.until_us = at_of(9)}, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "log.corrupt");

  auto const copy = folder->file("old.db");
  tamper(folder->file(), "VACUUM INTO '" + copy + "'");
  tamper(copy, "DROP TABLE spans; PRAGMA user_version = 5");
  for (char const* end : {".key", ".master"})
    std::filesystem::copy_file(folder->file() + end, copy + end);
  open_log(copy);
  EXPECT_EQ(verdict(copy), "sound");
  auto const reader = open_reader(copy);
  auto const page = reader->list({.subject = "rare"}, {.limit = 100});
  ASSERT_TRUE(page);
  EXPECT_EQ(page.value().records.size(), rare.size());
}

}  // namespace
}  // namespace heed::store::testing
