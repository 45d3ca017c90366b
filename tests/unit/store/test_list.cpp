#include <algorithm>
#include <functional>

#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

// 1000 records: three indexed blocks and a tail. Record n is of entry number n - 1.
class List : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder = std::make_unique<Folder>();
    append_all(*open_log(folder->file()), 0, 1000);
  }
  static void TearDownTestSuite() { folder.reset(); }

  // All pages of a filter, as entry numbers.
  static std::vector<int> numbers(Filter const& filter, PageRequest request) {
    auto const reader = open_reader(folder->file());
    std::vector<int> found;
    while (true) {
      auto const page = reader->list(filter, request);
      EXPECT_TRUE(page) << page.error().message;
      EXPECT_LE(page.value().records.size(), request.limit);
      for (Record const& record : page.value().records) {
        found.push_back(static_cast<int>(record.sequence) - 1);
      }
      if (page.value().next.empty()) return found;
      request.cursor = page.value().next;
    }
  }

  static std::vector<int> expected(std::function<bool(int)> const& holds) {
    std::vector<int> all;
    for (int number = 0; number < 1000; ++number) {
      if (holds(number)) all.push_back(number);
    }
    return all;
  }

  static std::unique_ptr<Folder> folder;
};

std::unique_ptr<Folder> List::folder;

std::int64_t at_of(int number) {
  return sample_entry(number).at_us;
}

TEST_F(List, every_filter_finds_its_records_in_both_orders_and_any_page_size) {
  struct Case {
    Filter filter;
    std::function<bool(int)> holds;
  };
  Case const cases[] = {
      {{}, [](int) { return true; }},
      {{.subject = "c-3"}, [](int n) { return n % 10 == 3; }},
      {{.revision = sample_revision()}, [](int) { return true; }},
      {{.revision = "none"}, [](int) { return false; }},
      {{.kind = "decision"}, [](int) { return true; }},
      {{.kind = "outcome"}, [](int) { return false; }},
      {{.need = "respect"}, [](int) { return true; }},
      {{.need = "respect", .need_state = "violated"}, [](int n) { return n % 2 == 0; }},
      {{.need = "resp"}, [](int) { return false; }},
      {{.rule = "rule_7"}, [](int n) { return n % 10 == 7; }},
      {{.rule = "rule"}, [](int) { return false; }},
      {{.action = "refund"}, [](int n) { return n % 3 == 0; }},
      {{.role = "team_lead"}, [](int n) { return n % 100 == 0; }},
      {{.subject = "c-3", .rule = "rule_4"}, [](int) { return false; }},
      {{.need = "respect", .need_state = "threatened", .action = "refund"},
       [](int n) { return n % 2 == 1 && n % 3 == 0; }},
      {{.from_us = at_of(500)}, [](int n) { return n >= 500; }},
      {{.until_us = at_of(10)}, [](int n) { return n < 10; }},
      {{.from_us = at_of(255), .until_us = at_of(780)}, [](int n) { return n >= 255 && n < 780; }},
      {{.action = "refund", .from_us = at_of(700), .until_us = at_of(900)},
       [](int n) { return n % 3 == 0 && n >= 700 && n < 900; }},
  };
  for (Case const& listed : cases) {
    std::vector<int> wanted = expected(listed.holds);
    for (std::size_t const limit : {1u, 7u, 1000u}) {
      if (limit == 1 && wanted.size() > 100) continue;
      EXPECT_EQ(numbers(listed.filter, {.order = Order::oldest_first, .limit = limit}), wanted);
      std::vector<int> const reversed{wanted.rbegin(), wanted.rend()};
      EXPECT_EQ(numbers(listed.filter, {.limit = limit}), reversed);
    }
  }
}

TEST_F(List, a_page_that_holds_the_last_record_has_no_next) {
  auto const reader = open_reader(folder->file());
  EXPECT_TRUE(reader->list({}, {.limit = 1000}).value().next.empty());
  EXPECT_EQ(reader->list({}, {.limit = 999}).value().next, "n2");
  EXPECT_TRUE(reader->list({}, {.limit = 5, .cursor = "n5"}).value().records.size() == 4);
}

TEST_F(List, a_cursor_of_another_list_is_refused) {
  auto const reader = open_reader(folder->file());
  for (char const* cursor : {"o5", "n", "n0", "n-5", "n5x", "5", "n99999999999999999999"}) {
    EXPECT_EQ(reader->list({}, {.cursor = cursor}).error().code, "log.bad-cursor") << cursor;
  }
}

TEST(ListWhileWriting, pages_stay_as_they_were_when_records_are_added) {
  Folder const folder;
  auto const log = open_log(folder.file());
  append_all(*log, 0, 10);
  auto const reader = open_reader(folder.file());
  auto const first = reader->list({}, {.limit = 5});
  append_all(*log, 10, 600);
  auto const second = reader->list({}, {.limit = 5, .cursor = first.value().next});
  EXPECT_EQ(second.value().records.front().sequence, 5);
  EXPECT_EQ(second.value().records.back().sequence, 1);
  EXPECT_TRUE(second.value().next.empty());
}

TEST(Visit, shows_every_row_in_sequence_until_it_is_stopped) {
  Folder const folder;
  append_all(*open_log(folder.file()), 0, 600);
  auto const reader = open_reader(folder.file());
  std::int64_t last = 10;
  ASSERT_TRUE(reader->visit(11, [&](RecordRow const& row) {
    EXPECT_EQ(row.columns.sequence, ++last);
    return last == 590 ? Visit::stop : Visit::next;
  }));
  EXPECT_EQ(last, 590);
  EXPECT_EQ(reader->counts().value().records, 600);
  EXPECT_EQ(reader->counts().value().policies, 1);
  EXPECT_GT(reader->counts().value().bytes, 100'000);
}

}  // namespace
}  // namespace heed::store::testing
