#include <atomic>
#include <future>

#include "server/store/key_scope.hpp"
#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

Entry keyed_entry(int number, std::string key, std::string_view request) {
  Entry entry = sample_entry(number);
  entry.key = std::move(key);
  entry.request = as_bytes(sha256(request));
  return entry;
}

TEST(IdempotencyKey, with_the_same_request_gives_the_first_answer_again) {
  Folder const folder;
  auto const log = open_log(folder.file());
  Entry const first = keyed_entry(0, "key", "request");
  auto const written = append(*log, first);
  ASSERT_TRUE(written);
  EXPECT_EQ(written.value().written, Written::now);
  auto const again = append(*log, keyed_entry(1, "key", "request"));
  ASSERT_TRUE(again);
  EXPECT_EQ(again.value().written, Written::before);
  EXPECT_EQ(again.value().id, first.id);
  EXPECT_EQ(again.value().decision_json, first.decision_json);
  EXPECT_EQ(again.value().sequence, 1);
  EXPECT_EQ(again.value().hash, written.value().hash);
  EXPECT_EQ(log->status().records, 1u);
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST(IdempotencyKey, holds_within_a_batch_too) {
  Folder const folder;
  auto const log = open_log(folder.file());
  std::promise<void> release;
  std::promise<void> held;
  ASSERT_TRUE(log->append(sample_entry(0), [&](auto) {
    held.set_value();
    release.get_future().wait();
  }));
  held.get_future().wait();
  std::vector<std::promise<Expected<Appended, Error>>> answers(3);
  std::string_view const requests[] = {"request", "request", "another"};
  for (std::size_t place = 0; place < answers.size(); ++place) {
    Entry entry = keyed_entry(static_cast<int>(place) + 1, "key", requests[place]);
    ASSERT_TRUE(log->append(std::move(entry), [&, place](auto appended) {
      answers[place].set_value(std::move(appended));
    }));
  }
  release.set_value();
  auto const first = answers[0].get_future().get();
  auto const second = answers[1].get_future().get();
  auto const third = answers[2].get_future().get();
  log->close();
  EXPECT_EQ(log->status().batches, 2u);
  EXPECT_EQ(first.value().written, Written::now);
  EXPECT_EQ(second.value().written, Written::before);
  EXPECT_EQ(second.value().id, first.value().id);
  EXPECT_EQ(third.error().code, "log.key-reused");
}

TEST(IdempotencyKey, with_another_request_is_refused) {
  Folder const folder;
  auto const log = open_log(folder.file());
  ASSERT_TRUE(append(*log, keyed_entry(0, "key", "request")));
  EXPECT_EQ(append(*log, keyed_entry(1, "key", "another")).error().code, "log.key-reused");
  auto const reader = Reader::open({.path = folder.file(), .master = log->master()}).value();
  Digest const request = sha256("request");
  Digest const another = sha256("another");
  EXPECT_EQ(reader->find_keyed("key", as_bytes(another), 0).error().code, "log.key-reused");
  EXPECT_EQ(reader->find_keyed("key", as_bytes(request), 0).value()->sequence, 1);
  EXPECT_FALSE(reader->find_keyed("unknown", as_bytes(request), 0).value());
}

TEST(IdempotencyKey, outlives_the_program) {
  Folder const folder;
  ASSERT_TRUE(append(*open_log(folder.file()), keyed_entry(0, "key", "request")));
  auto const again = append(*open_log(folder.file()), keyed_entry(1, "key", "request"));
  EXPECT_EQ(again.value().written, Written::before);
}

TEST(IdempotencyKey, is_forgotten_after_its_age) {
  Folder const folder;
  std::atomic<std::int64_t> now_us = 1'000;
  LogOptions options{.path = folder.file(), .key_age_us = 100};
  options.clock = [&now_us] { return now_us.load(); };
  auto const log = open_log(options);
  ASSERT_TRUE(append(*log, keyed_entry(0, "key", "request")));
  now_us = 1'100;
  EXPECT_EQ(append(*log, keyed_entry(1, "key", "request")).value().written, Written::before);
  now_us = 1'101;
  auto const anew = append(*log, keyed_entry(2, "key", "another"));
  ASSERT_TRUE(anew) << anew.error().message;
  EXPECT_EQ(anew.value().written, Written::now);
  EXPECT_EQ(append(*log, keyed_entry(3, "key", "another")).value().written, Written::before);
  EXPECT_EQ(open_reader(folder.file())->head().value().keys_expired, 1);
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST(IdempotencyKey, of_two_clients_do_not_meet) {
  Folder const folder;
  auto const log = open_log(folder.file());
  for (std::string const by : {"dana", "noa", ""})
    EXPECT_EQ(append(*log, keyed_entry(0, scoped_key(by, "key"), by)).value().written,
              Written::now);
  for (std::string const by : {"dana", "noa", ""}) {
    EXPECT_EQ(append(*log, keyed_entry(0, scoped_key(by, "key"), by)).value().written,
              Written::before);
    auto const reused = append(*log, keyed_entry(0, scoped_key(by, "key"), "another"));
    ASSERT_FALSE(reused);
    EXPECT_EQ(reused.error().message, "the idempotency key `key` came before with another request");
  }
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST(IdempotencyKey, that_was_nobodys_still_gives_the_first_answer_again) {
  Folder const folder;
  auto const log = open_log(folder.file());
  auto const first = append(*log, keyed_entry(0, "key", "request"));
  auto entry = keyed_entry(1, scoped_key("dana", "key"), "request");
  entry.by = "dana";
  EXPECT_EQ(append(*log, entry).value().id, first.value().id);
  entry = keyed_entry(2, scoped_key("dana", "key"), "another");
  EXPECT_EQ(append(*log, entry).value().written, Written::now);
  entry = keyed_entry(3, "other", "request");
  entry.by = "noa";
  ASSERT_TRUE(append(*log, entry));
  entry = keyed_entry(4, scoped_key("dana", "other"), "request");
  entry.by = "dana";
  EXPECT_EQ(append(*log, entry).value().written, Written::now) << "it was somebody else's";
  EventKey const key{"key", std::string{as_bytes(sha256("request"))}};
  auto const event = append(*log, sample_event(0), key);
  EventKey const own{scoped_key("dana", "key"), key.request};
  EXPECT_EQ(append(*log, sample_event(1), own).value().id, event.value().id);
}

TEST(IdempotencyKey, may_be_as_long_with_a_token_as_without) {
  std::string const longest(limits::log_name_bytes_max, 'k');
  EXPECT_TRUE(prepare(keyed_entry(0, scoped_key("dana", longest), "request")));
  EXPECT_FALSE(prepare(keyed_entry(0, scoped_key("dana", longest + "k"), "request")));
  EXPECT_TRUE(prepare(sample_event(0), {scoped_key("dana", longest), std::string(32, 'x')}));
}

}  // namespace
}  // namespace heed::store::testing
