#include "server/store/migrations.hpp"

#include <array>
#include <filesystem>
#include <fstream>

#include "tests/unit/store/old_store.hpp"
#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

Expected<Done, Error> fill_words(Database& database) {
  return database.run("UPDATE words SET length = length(word)");
}

Expected<Done, Error> fail_halfway(Database& database) {
  if (auto done = database.script("DROP TABLE words"); !done) return done;
  return Failure<Error>{{"log.io", "the disk failed", ""}};
}

// Our own versions, and what could come after them.
std::vector<Migration> later_versions() {
  std::vector<Migration> steps{migrations().begin(), migrations().end()};
  steps.push_back(
      {"CREATE TABLE words (word TEXT) STRICT; INSERT INTO words SELECT id FROM records"});
  steps.push_back({"ALTER TABLE words ADD COLUMN length INTEGER", fill_words});
  return steps;
}

// The version that this program makes.
std::int64_t present() {
  return std::ssize(migrations());
}

Database open_database(std::string const& path) {
  auto database = Database::open({.path = path});
  EXPECT_TRUE(database) << (database ? "" : database.error().message);
  return std::move(database).value();
}

TEST(Migrations, bring_files_of_earlier_versions_to_the_present_and_keep_their_records) {
  for (std::size_t const version : {1u, 2u}) {
    for (int const records : {0, 10, 300}) {
      Folder const folder;
      write_chain(folder.file(), version, records);
      EXPECT_EQ(Reader::open({.path = folder.file()}).error().code, "log.too-old");
      append_all(*open_log(folder.file()), records, records + 300);
      EXPECT_EQ(verdict(folder.file()), "sound");
      auto const log = open_log(folder.file());
      EXPECT_TRUE(append(*log, sample_event(0)));
      auto const reader = open_reader(folder.file());
      EXPECT_EQ(reader->head().value().sequence, records + 300);
      EXPECT_EQ(reader->head().value().root, reader->tiles().root(records + 300).value());
    }
  }
}

TEST(Migrations, records_of_version_3_keep_their_form_and_hold_no_more_than_it) {
  Folder const folder;
  write_version_3(folder.file(), 300);
  append_all(*open_log(folder.file()), 300, 600);
  EXPECT_EQ(verdict(folder.file()), "sound");
  Database database = open_database(folder.file());
  EXPECT_EQ(database.read_integer("SELECT count(*) FROM records WHERE format = 2").value(), 300);
  EXPECT_EQ(database.read_integer("SELECT count(*) FROM records WHERE format = 3").value(), 300);
  for (char const* change : {"\"by\" = 't-9'", "trace = '00000000000000000000000000000001'",
                             "sealed = x'01'", "format = 3"}) {
    std::string const copy = folder.file("copy.db");
    tamper(folder.file(), "VACUUM INTO '" + copy + "'");
    tamper(copy, std::string{"UPDATE records SET "} + change + " WHERE sequence = 5");
    EXPECT_NE(verdict(copy), "sound") << change;
    std::remove(copy.c_str());
  }
}

TEST(Migrations, a_record_of_format_1_can_be_changed_no_more_than_another) {
  Folder const folder;
  write_chain(folder.file(), 2, 10);
  append_all(*open_log(folder.file()), 10, 20);
  for (char const* change :
       {"subject = 'c-9'", "previous = zeroblob(32)", "hash = zeroblob(32)", "format = 2"}) {
    std::string const copy = folder.file("copy.db");
    tamper(folder.file(), "VACUUM INTO '" + copy + "'");
    tamper(copy, std::string{"UPDATE records SET "} + change + " WHERE sequence = 5");
    EXPECT_NE(verdict(copy), "sound") << change;
    std::remove(copy.c_str());
  }
}

TEST(Migrations, no_tree_is_planted_over_records_that_were_changed_before) {
  for (char const* change :
       {"UPDATE records SET subject = 'c-9' WHERE sequence = 5",
        "DELETE FROM records WHERE sequence = 10", "DELETE FROM records WHERE sequence = 1",
        "UPDATE head SET hash = zeroblob(32)"}) {
    Folder const folder;
    write_chain(folder.file(), 2, 10);
    tamper(folder.file(), change);
    auto const log = Log::open({.path = folder.file()});
    ASSERT_FALSE(log);
    EXPECT_EQ(log.error().code, "log.corrupt") << change;
    EXPECT_NE(log.error().help.find("backup"), std::string::npos);
    EXPECT_EQ(open_database(folder.file()).read_integer("PRAGMA user_version").value(), 2);
  }
}

TEST(Migrations, go_through_every_version_in_turn) {
  Folder const folder;
  append_all(*open_log(folder.file()), 0, 10);
  Database database = open_database(folder.file());
  EXPECT_EQ(database.read_integer("PRAGMA user_version").value(), present());
  auto const steps = later_versions();
  ASSERT_TRUE(migrate(database, steps));
  EXPECT_EQ(database.read_integer("PRAGMA user_version").value(), present() + 2);
  EXPECT_EQ(database.read_integer("SELECT count(*) FROM words WHERE length = 36").value(), 10);
  EXPECT_EQ(database.read_integer("SELECT sequence FROM head").value(), 10);
}

TEST(Migrations, do_nothing_to_a_file_of_the_present_version) {
  Folder const folder;
  Database database = open_database(folder.file());
  auto const steps = later_versions();
  ASSERT_TRUE(migrate(database, steps));
  ASSERT_TRUE(migrate(database, steps));
  EXPECT_TRUE(check_version(database, steps));
}

TEST(Migrations, a_step_that_fails_leaves_the_version_before_it) {
  Folder const folder;
  Database database = open_database(folder.file());
  auto steps = later_versions();
  steps.back().then = fail_halfway;
  EXPECT_EQ(migrate(database, steps).error().code, "log.io");
  EXPECT_EQ(database.read_integer("PRAGMA user_version").value(), present() + 1);
  EXPECT_EQ(database.read_integer("SELECT count(*) FROM words").value(), 0);
  steps.back() = later_versions().back();
  EXPECT_TRUE(migrate(database, steps));
}

TEST(Migrations, refuse_a_file_of_a_later_version_and_leave_it_alone) {
  Folder const folder;
  open_log(folder.file());
  tamper(folder.file(), "PRAGMA user_version = 99");
  auto const log = Log::open({.path = folder.file()});
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, "log.too-new");
  EXPECT_EQ(log.error().message, 
            "the log is of version 99, this program knows " + std::to_string(present()));
  EXPECT_FALSE(log.error().help.empty());
  EXPECT_EQ(Reader::open({.path = folder.file()}).error().code, "log.too-new");
}

TEST(Migrations, a_reader_refuses_a_file_of_an_earlier_version) {
  Folder const folder;
  Database database = open_database(folder.file());
  ASSERT_TRUE(migrate(database));
  EXPECT_EQ(check_version(database, later_versions()).error().code, "log.too-old");
}

TEST(Open, refuses_what_is_no_log) {
  Folder const folder;
  std::string const text = folder.file("text.db");
  std::ofstream{text} << std::string(9'000, 'x');
  EXPECT_EQ(Log::open({.path = text}).error().code, "log.foreign");
  EXPECT_EQ(Reader::open({.path = text}).error().code, "log.foreign");
  std::string const other = folder.file("other.db");
  tamper(other, "CREATE TABLE mine (x); INSERT INTO mine VALUES (1)");
  EXPECT_EQ(Log::open({.path = other}).error().code, "log.foreign");
  EXPECT_EQ(Reader::open({.path = other}).error().code, "log.foreign");
  EXPECT_FALSE(std::filesystem::exists(other + "-wal"));
}

TEST(Open, names_a_file_that_is_not_there) {
  Folder const folder;
  auto const reader = Reader::open({.path = folder.file("none.db")});
  EXPECT_EQ(reader.error().code, "log.unreadable");
  EXPECT_NE(reader.error().message.find("none.db"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder.file("none.db")));
  EXPECT_EQ(Log::open({.path = folder.file("no/folder.db")}).error().code, "log.unreadable");
}

TEST(Open, makes_the_file_for_its_owner_alone) {
  Folder const folder;
  auto const log = open_log(folder.file());
  for (char const* end : {"", "-wal", "-shm"}) {
    auto const rights = std::filesystem::status(folder.file() + end).permissions();
    EXPECT_EQ(rights, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
}

TEST(Open, two_logs_never_share_a_name) {
  Folder const folder;
  open_log(folder.file("a.db"));
  open_log(folder.file("b.db"));
  EXPECT_NE(open_reader(folder.file("a.db"))->store_id().value(),
            open_reader(folder.file("b.db"))->store_id().value());
}

}  // namespace
}  // namespace heed::store::testing
