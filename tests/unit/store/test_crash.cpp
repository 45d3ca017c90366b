#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <set>

#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

// What the child tells once the log has answered.
struct Acknowledged {
  std::int64_t sequence = 0;
  Digest hash{};  // of a record; zeros for an event
  bool is_event = false;
};

// Appends until it is killed. Never returns.
[[noreturn]] void append_forever(std::string const& path, int pipe_end) {
  auto const log = open_log(path);
  std::atomic<int> under_way = 0;
  for (int number = 0;; ++number) {
    while (under_way > 200) usleep(50);
    ++under_way;
    auto const answered = [&](Expected<Appended, Error> appended) {
      if (!appended) _exit(3);
      Acknowledged told{};
      told.sequence = appended.value().sequence;
      told.hash = appended.value().hash;
      told.is_event = appended.value().is_event;
      if (write(pipe_end, &told, sizeof told) != sizeof told) _exit(4);
      --under_way;
    };
    // Every third is an event, and every second decision records one.
    Entry entry = sample_entry(number);
    if (number % 2 == 0) entry.events = {sample_event(number)};
    auto const queued = number % 3 == 0 ? log->append(sample_event(number), {}, answered)
                                        : log->append(std::move(entry), answered);
    if (!queued) _exit(5);
  }
}

// Lets a child append until `enough` answers came, kills it, and answers all that came.
std::vector<Acknowledged> append_and_kill(std::string const& path, std::size_t enough) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  pid_t const child = fork();
  if (child == 0) {
    close(ends[0]);
    append_forever(path, ends[1]);
  }
  close(ends[1]);
  std::vector<Acknowledged> told;
  Acknowledged one;
  while (read(ends[0], &one, sizeof one) == sizeof one) {
    told.push_back(one);
    if (told.size() == enough) kill(child, SIGKILL);
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
  return told;
}

// Every answered event is there, without gaps; so are those of every decision that is there.
void expect_events(std::string const& path, std::set<std::int64_t> const& answered) {
  auto database = Database::open({.path = path});
  ASSERT_TRUE(database);
  auto& opened = database.value();
  auto const count = opened.read_integer("SELECT count(*) FROM events").value();
  EXPECT_EQ(opened.read_integer("SELECT coalesce(max(sequence), 0) FROM events").value(), count);
  EXPECT_LE(answered.empty() ? 0 : *answered.rbegin(), count);
  EXPECT_EQ(opened
                .read_integer("SELECT count(*) FROM records WHERE (CAST(json_extract(\"case\", "
                              "'$.facts.number') AS INTEGER) % 2 = 0)")
                .value(),
            opened
                .read_integer("SELECT count(*) FROM events WHERE "
                              "json_extract(fields, '$.number') % 3 <> 0")
                .value());
}

TEST(Crash, every_answered_record_is_there_after_a_kill) {
  Folder const folder;
  std::map<std::int64_t, Digest> answered;
  std::set<std::int64_t> events;
  for (std::size_t round = 0; round < 12; ++round) {
    for (Acknowledged const& one : append_and_kill(folder.file(), 1 + round * 97)) {
      bool const is_new = one.is_event ? events.insert(one.sequence).second
                                       : answered.emplace(one.sequence, one.hash).second;
      EXPECT_TRUE(is_new) << "answered twice";
    }
    EXPECT_EQ(verdict(folder.file()), "sound");
    std::size_t found = 0;
    ASSERT_TRUE(open_reader(folder.file())->visit(1, [&](RecordRow const& row) {
      auto const known = answered.find(row.columns.sequence);
      if (known == answered.end()) return Visit::next;
      EXPECT_EQ(row.hash, as_bytes(known->second));
      ++found;
      return Visit::next;
    }));
    EXPECT_EQ(found, answered.size());
    expect_events(folder.file(), events);
  }
}

}  // namespace
}  // namespace heed::store::testing
