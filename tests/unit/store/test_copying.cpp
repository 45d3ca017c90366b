#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "server/store/continuation.hpp"
#include "server/store/copying.hpp"
#include "tests/unit/store/failing_disk.hpp"
#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

class Copying : public ::testing::Test {
 protected:
  void TearDown() override { set_fault(Fault::none); }

  CopyOptions options(std::string const& to = "copy.db") const {
    return {.from = folder.file(), .to = folder.file(to)};
  }

  /// The names of all files in the folder that begin so.
  std::vector<std::string> files(std::string const& begin) const {
    std::vector<std::string> names;
    for (auto const& entry :
         std::filesystem::directory_iterator{std::filesystem::path{folder.file()}.parent_path()}) {
      auto name = entry.path().filename().string();
      if (name.starts_with(begin)) names.push_back(std::move(name));
    }
    std::ranges::sort(names);
    return names;
  }

  std::string code_of(Expected<Done, Error> const& done) const {
    return done ? "done" : std::string{done.error().code};
  }

  Folder folder;
};
using Names = std::vector<std::string>;

TEST_F(Copying, a_copy_is_one_file_that_holds_what_the_log_held) {
  auto const log = open_log(folder.file());
  append_all(*log, 0, 600);
  ASSERT_EQ(code_of(copy_log(options())), "done");
  EXPECT_EQ(files("copy.db"), Names{"copy.db"});
  struct stat status {};
  ASSERT_EQ(::stat(folder.file("copy.db").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0600u);
  EXPECT_EQ(verdict(folder.file("copy.db")), "sound");
  EXPECT_EQ(files("copy.db"), Names{"copy.db"});
  EXPECT_EQ(open_reader(folder.file("copy.db"))->head().value().sequence, 600);
}

TEST_F(Copying, what_is_written_meanwhile_neither_holds_it_up_nor_tears_it) {
  auto const log = open_log(folder.file());
  for (int number = 0; number < 100; ++number) {
    Entry entry = sample_entry(number);
    entry.decision_json = "\"" + std::string(60'000, 'd') + "\"";
    ASSERT_TRUE(append(*log, std::move(entry)));
  }
  int steps = 0;
  auto asked = options();
  asked.go_on = [&](std::int64_t, std::int64_t) {
    ++steps;
    append_all(*log, 1000 + steps * 10, 1010 + steps * 10);
    return steps < 50;  // a copy that began anew after each write would never end
  };
  ASSERT_EQ(code_of(copy_log(asked)), "done");
  EXPECT_GT(steps, 1);
  EXPECT_EQ(open_reader(folder.file("copy.db"))->head().value().sequence, 100);
  EXPECT_EQ(verdict(folder.file("copy.db")), "sound");
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST_F(Copying, nothing_is_overwritten) {
  append_all(*open_log(folder.file()), 0, 3);
  std::ofstream{folder.file("copy.db")} << "precious";
  EXPECT_EQ(code_of(copy_log(options())), "copy.exists");
  EXPECT_EQ(files("copy.db"), Names{"copy.db"});
  EXPECT_EQ(std::filesystem::file_size(folder.file("copy.db")), 8U);
  std::ofstream{folder.file("other.db-wal")} << "left over";  // would be taken for the copy's own
  EXPECT_EQ(code_of(copy_log(options("other.db"))), "copy.exists");
  // Also where it comes to be while the copy is made.
  auto late = options("late.db");
  late.examine = [&](std::string const&) -> Expected<Done, Error> {
    std::ofstream{folder.file("late.db")} << "precious";
    return Done{};
  };
  EXPECT_EQ(code_of(copy_log(late)), "copy.exists");
  EXPECT_EQ(files("late.db"), Names{"late.db"});
}

TEST_F(Copying, one_that_is_interrupted_or_refused_leaves_nothing) {
  append_all(*open_log(folder.file()), 0, 300);
  auto stopped = options();
  stopped.go_on = [](std::int64_t, std::int64_t) { return false; };
  EXPECT_EQ(code_of(copy_log(stopped)), "copy.interrupted");
  auto refused = options();
  refused.examine = [](std::string const&) -> Expected<Done, Error> {
    return Failure<Error>{{"test.refused", "", ""}};
  };
  EXPECT_EQ(code_of(copy_log(refused)), "test.refused");
  EXPECT_EQ(files("copy.db"), Names{});
}

TEST_F(Copying, what_a_killed_one_left_is_cleared_away) {
  append_all(*open_log(folder.file()), 0, 300);
  std::ofstream{folder.file("copy.db.part")} << std::string(50'000, 'x');
  std::ofstream{folder.file("copy.db.part-wal")} << "x";
  std::ofstream{folder.file("copy.db.part-journal")} << "x";
  ASSERT_EQ(code_of(copy_log(options())), "done");
  EXPECT_EQ(verdict(folder.file("copy.db")), "sound");
  EXPECT_EQ(files("copy.db"), Names{"copy.db"});
}

TEST_F(Copying, two_at_once_to_one_place_do_not_meet) {
  append_all(*open_log(folder.file()), 0, 300);
  auto outer = options();
  std::string inner;
  outer.examine = [&](std::string const&) -> Expected<Done, Error> {
    inner = code_of(copy_log(options()));
    return Done{};
  };
  EXPECT_EQ(code_of(copy_log(outer)), "done");
  EXPECT_EQ(inner, "copy.in-use");
  EXPECT_EQ(verdict(folder.file("copy.db")), "sound");
}

TEST_F(Copying, whichever_write_fails_there_is_a_whole_copy_or_none) {
  append_all(*open_log(folder.file()), 0, 300);
  struct Kind {
    Fault fault;
    char const* code;
  };
  for (Kind const& kind : {Kind{Fault::no_room, "log.full"}, Kind{Fault::io_error, "log.io"},
                           Kind{Fault::no_sync, "log.io"}}) {
    int copies = 0;
    for (int nth = 0; copies == 0; nth += nth < 5 ? 1 : 40) {
      ASSERT_LT(nth, 4'000);
      auto asked = options();
      asked.vfs = failing_disk();
      set_fault(kind.fault, nth);
      auto const done = copy_log(asked);
      set_fault(Fault::none);
      if (done) {
        EXPECT_EQ(verdict(folder.file("copy.db")), "sound");
        ++copies;
      } else {
        EXPECT_EQ(done.error().code, kind.code) << done.error().message << " after " << nth;
        EXPECT_EQ(files("copy.db"), Names{}) << nth;
      }
    }
    std::filesystem::remove(folder.file("copy.db"));
  }
}

TEST_F(Copying, a_log_that_is_replaced_is_kept) {
  append_all(*open_log(folder.file()), 0, 10);
  auto backup = options();
  ASSERT_EQ(code_of(copy_log(backup)), "done");
  append_all(*open_log(folder.file()), 10, 30);
  CopyOptions const back{.from = folder.file("copy.db"),
                         .to = folder.file(),
                         .place = Place::taken,
                         .aside = folder.file("log.db.before")};
  {
    auto const log = open_log(folder.file());
    EXPECT_EQ(code_of(copy_log(back)), "copy.in-use");
    append_all(*log, 30, 31);
  }
  EXPECT_EQ(open_reader(folder.file())->head().value().sequence, 31);
  ASSERT_EQ(code_of(copy_log(back)), "done");
  EXPECT_EQ(open_reader(folder.file())->head().value().sequence, 10);
  EXPECT_EQ(open_reader(folder.file("log.db.before"))->head().value().sequence, 31);
  EXPECT_EQ(verdict(folder.file("log.db.before")), "sound");
  append_all(*open_log(folder.file()), 40, 50);
  EXPECT_EQ(verdict(folder.file()), "sound");
  EXPECT_EQ(code_of(copy_log(back)), "copy.exists");  // what was kept is not overwritten either
}

TEST_F(Copying, a_damaged_log_can_be_replaced_with_what_stands_beside_it) {
  append_all(*open_log(folder.file()), 0, 10);
  ASSERT_EQ(code_of(copy_log(options())), "done");
  std::ofstream{folder.file()} << "no log at all";
  std::ofstream{folder.file("log.db-wal")} << "nor this";
  CopyOptions const back{.from = folder.file("copy.db"),
                         .to = folder.file(),
                         .place = Place::taken,
                         .aside = folder.file("aside.db")};
  ASSERT_EQ(code_of(copy_log(back)), "done");
  EXPECT_EQ(verdict(folder.file()), "sound");
  EXPECT_EQ(files("aside.db"), (Names{"aside.db", "aside.db-wal"}));
}

std::string standing_of(std::string const& copy, std::string const& log) {
  auto const found = compare(*open_reader(copy), *open_reader(log));
  if (!found) return std::string{found.error().code};
  constexpr std::string_view names[] = {"whole", "older", "forked", "other log"};
  return std::string{names[static_cast<std::size_t>(found.value().how)]};
}

TEST_F(Copying, an_older_copy_is_known_from_a_forked_one_and_another_log) {
  append_all(*open_log(folder.file()), 0, 10);
  ASSERT_EQ(code_of(copy_log(options("older.db"))), "done");
  ASSERT_EQ(code_of(copy_log(options("forked.db"))), "done");
  std::filesystem::copy_file(folder.file("log.db.key"), folder.file("forked.db.key"));
  append_all(*open_log(folder.file("forked.db")), 50, 60);
  append_all(*open_log(folder.file()), 10, 20);
  append_all(*open_log(folder.file("other.db")), 0, 20);
  auto const log = folder.file();
  EXPECT_EQ(standing_of(log, log), "whole");
  EXPECT_EQ(standing_of(log, folder.file("older.db")), "whole");
  EXPECT_EQ(standing_of(folder.file("older.db"), log), "older");
  EXPECT_EQ(standing_of(folder.file("forked.db"), log), "forked");
  EXPECT_EQ(standing_of(folder.file("other.db"), log), "other log");
}

}  // namespace
}  // namespace heed::store::testing
