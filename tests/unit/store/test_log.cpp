#include <algorithm>
#include <atomic>
#include <future>
#include <set>
#include <thread>

#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

TEST(Log, reads_back_what_was_appended) {
  Folder const folder;
  auto const log = open_log({.path = folder.file(), .clock = [] { return std::int64_t{42}; }});
  Entry const entry = sample_entry(0);
  auto const appended = append(*log, entry);
  ASSERT_TRUE(appended) << appended.error().message;
  EXPECT_EQ(appended.value().sequence, 1);
  auto const reader = open_reader(folder.file());
  auto const found = reader->find(entry.id);
  ASSERT_TRUE(found && found.value());
  Record const& record = *found.value();
  EXPECT_EQ(record.sequence, 1);
  EXPECT_EQ(record.recorded_at_us, 42);
  EXPECT_EQ(record.hash, appended.value().hash);
  EXPECT_EQ(record.entry.at_us, entry.at_us);
  EXPECT_EQ(record.entry.subject, "c-0");
  EXPECT_EQ(record.entry.kind, "decision");
  EXPECT_EQ(record.entry.revision, entry.revision);
  EXPECT_EQ(record.entry.engine, "0.1.0");
  EXPECT_EQ(record.entry.case_json, entry.case_json);
  EXPECT_EQ(record.entry.decision_json, entry.decision_json);
  EXPECT_EQ(record.entry.marks.needs, entry.marks.needs);
  EXPECT_EQ(record.entry.marks.roles, entry.marks.roles);
  EXPECT_EQ(record.entry.marks.actions, (std::vector<std::string>{"apologise", "refund"}));
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST(Log, goes_on_where_it_stood_after_reopening) {
  Folder const folder;
  append_all(*open_log(folder.file()), 0, 300);
  auto const log = open_log(folder.file());
  EXPECT_EQ(log->status().last_sequence, 300);
  EXPECT_EQ(append(*log, sample_entry(300)).value().sequence, 301);
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST(Log, answers_every_producer_once_and_leaves_no_gap) {
  constexpr int producers = 8;
  constexpr int each = 400;
  Folder const folder;
  auto const log = open_log(folder.file());
  std::vector<std::atomic<int>> answers(producers * each);
  std::mutex mutex;
  std::set<std::int64_t> sequences;
  std::vector<std::thread> threads;
  for (int producer = 0; producer < producers; ++producer) {
    threads.emplace_back([&, producer] {
      for (int number = producer * each; number < (producer + 1) * each; ++number) {
        auto const queued = log->append(sample_entry(number), [&, number](auto appended) {
          ++answers[static_cast<std::size_t>(number)];
          ASSERT_TRUE(appended) << appended.error().message;
          std::lock_guard const lock{mutex};
          sequences.insert(appended.value().sequence);
        });
        ASSERT_TRUE(queued) << queued.error().message;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  log->close();
  EXPECT_TRUE(std::ranges::all_of(answers, [](auto const& count) { return count == 1; }));
  EXPECT_EQ(sequences.size(), std::size_t{producers * each});
  EXPECT_EQ(*sequences.begin(), 1);
  EXPECT_EQ(*sequences.rbegin(), producers * each);
  EXPECT_EQ(log->status().records, std::uint64_t{producers * each});
  EXPECT_EQ(log->status().waiting, 0u);
  auto const verification = verify_file(folder.file());
  EXPECT_FALSE(verification.problem);
  EXPECT_EQ(verification.records, producers * each);
  EXPECT_EQ(verification.policies, 1);
}

TEST(Log, an_answered_record_is_there_for_readers) {
  Folder const folder;
  auto const log = open_log(folder.file());
  auto const reader = open_reader(folder.file());
  for (int number = 0; number < 20; ++number) {
    Entry const entry = sample_entry(number);
    ASSERT_TRUE(append(*log, entry));
    EXPECT_TRUE(reader->find(entry.id).value().has_value());
  }
}

// Holds the writer in the callback of its first entry, so that what follows must wait.
struct HeldLog {
  std::unique_ptr<Log> log;
  std::promise<void> release;
  std::promise<void> held;

  explicit HeldLog(LogOptions options) : log{open_log(std::move(options))} {
    auto const until = std::make_shared<std::shared_future<void>>(release.get_future());
    EXPECT_TRUE(log->append(sample_entry(0), [this, until](auto) {
      held.set_value();
      until->wait();
    }));
    held.get_future().wait();
  }
};

TEST(Log, commits_what_waits_at_most_a_batch_at_a_time) {
  Folder const folder;
  HeldLog held{{.path = folder.file()}};
  std::atomic<int> answered = 0;
  for (int number = 1; number <= 300; ++number) {
    ASSERT_TRUE(held.log->append(sample_entry(number), [&](auto) { ++answered; }));
  }
  held.release.set_value();
  held.log->close();
  EXPECT_EQ(answered, 300);
  EXPECT_EQ(held.log->status().batches, 1u + 3u);  // 128, 128 and 44
}

TEST(Log, writes_what_comes_together_in_one_transaction_and_tells_each_what_became_of_it) {
  Folder const folder;
  auto const log = open_log(folder.file());
  auto const before = log->status().batches;
  std::vector<std::string> told(4);
  std::vector<Log::Submission> submissions;
  for (int number = 0; number < 4; ++number) {
    submissions.push_back({sample_entry(number), [&told, number](auto const& appended) {
                             told.at(static_cast<std::size_t>(number)) =
                                 appended ? "written" : std::string{appended.error().code};
                           }});
  }
  submissions[1].entry.id = "none";
  submissions[3].entry.id = submissions[0].entry.id;
  log->append(std::move(submissions));
  EXPECT_EQ(told[1], "log.bad-record");  // at once
  log->close();
  EXPECT_EQ(told,
            (std::vector<std::string>{"written", "log.bad-record", "written", "log.id-taken"}));
  EXPECT_EQ(log->status().batches, before + 1);
  std::string refused;
  std::vector<Log::Submission> late;
  late.push_back({sample_entry(9), [&](auto const& appended) { refused = appended.error().code; }});
  log->append(std::move(late));
  EXPECT_EQ(refused, "log.closed");
}

TEST(Log, is_idle_while_it_waits_for_something_to_write) {
  Folder const folder;
  auto const log = open_log(folder.file());
  auto const becomes_idle = [&] {
    for (int tries = 0; tries < 5'000 && !log->is_idle(); ++tries)
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    return log->is_idle();
  };
  EXPECT_TRUE(becomes_idle());
  std::promise<void> held, release;
  ASSERT_TRUE(log->append(sample_entry(0), [&](auto const& appended) {
    EXPECT_TRUE(appended);
    held.set_value();
    release.get_future().wait();
  }));
  held.get_future().wait();
  EXPECT_FALSE(log->is_idle());  // who was answered is still being told
  release.set_value();
  EXPECT_TRUE(becomes_idle());
}

TEST(Log, refuses_at_once_what_the_queue_does_not_hold) {
  Folder const folder;
  HeldLog held{{.path = folder.file(), .queue_records_max = 2}};
  ASSERT_TRUE(held.log->append(sample_entry(1), [](auto) {}));
  ASSERT_TRUE(held.log->append(sample_entry(2), [](auto) {}));
  auto const refused = held.log->append(sample_entry(3), [](auto) { FAIL(); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "log.busy");
  held.release.set_value();
  held.log->close();
  EXPECT_EQ(open_reader(folder.file())->head().value().sequence, 3);
}

TEST(Log, refuses_entries_after_closing) {
  Folder const folder;
  auto const log = open_log(folder.file());
  log->close();
  EXPECT_EQ(append(*log, sample_entry(0)).error().code, "log.closed");
}

TEST(Log, refuses_an_entry_that_is_not_of_its_form) {
  struct Case {
    char const* code;
    void (*change)(Entry&);
  };
  constexpr Case cases[] = {
      {"log.bad-record", [](Entry& entry) { entry.id = "not an id"; }},
      {"log.bad-record", [](Entry& entry) { entry.key = "k"; }},
      {"log.bad-record", [](Entry& entry) { entry.request = std::string(32, 'r'); }},
      {"log.bad-record", [](Entry& entry) { entry.marks.rules = {"two\nlines"}; }},
      {"log.bad-record",
       [](Entry& entry) {
         entry.marks.needs = {{"a=b", "met"}};
       }},
      {"log.too-large", [](Entry& entry) { entry.subject = std::string(1'025, 's'); }},
      {"log.too-large", [](Entry& entry) { entry.case_json = std::string(17 << 20, ' '); }},
      {"log.no-policy", [](Entry& entry) { entry.revision = "unknown"; }},
  };
  Folder const folder;
  auto const log = open_log(folder.file());
  for (Case const& refused : cases) {
    Entry entry = sample_entry(0);
    refused.change(entry);
    auto const appended = append(*log, entry);
    ASSERT_FALSE(appended);
    EXPECT_EQ(appended.error().code, refused.code);
  }
  EXPECT_EQ(log->status().records, 0u);
}

TEST(Log, an_id_that_is_taken_is_refused_alone) {
  Folder const folder;
  auto const log = open_log(folder.file());
  Entry const entry = sample_entry(0);
  ASSERT_TRUE(append(*log, entry));
  EXPECT_EQ(append(*log, entry).error().code, "log.id-taken");
  EXPECT_EQ(append(*log, sample_entry(1)).value().sequence, 2);
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST(Log, stores_a_policy_once_and_gives_back_its_sources) {
  Folder const folder;
  auto const log = open_log(folder.file());
  EXPECT_TRUE(log->put_policy(sample_revision(), "again", sample_sources()));
  EXPECT_EQ(log->put_policy("0", "wrong", sample_sources()).error().code, "log.wrong-revision");
  auto const reader = open_reader(folder.file());
  auto const policy = reader->policy(sample_revision());
  ASSERT_TRUE(policy && policy.value());
  EXPECT_EQ(policy.value()->name, "sample");
  ASSERT_EQ(policy.value()->sources.size(), 2u);
  EXPECT_EQ(policy.value()->sources[1].text, "rule first\n");
  EXPECT_EQ(reader->policies().value().size(), 1u);
  EXPECT_FALSE(reader->policy("0").value());
}

TEST(Log, two_writers_of_one_file_wait_for_each_other) {
  Folder const folder;
  auto const first = open_log(folder.file());
  auto const second = open_log(folder.file());
  std::thread other{[&] { append_all(*second, 0, 200); }};
  append_all(*first, 200, 400);
  other.join();
  EXPECT_EQ(verify_file(folder.file()).records, 400);
  EXPECT_EQ(verdict(folder.file()), "sound");
}

}  // namespace
}  // namespace heed::store::testing
