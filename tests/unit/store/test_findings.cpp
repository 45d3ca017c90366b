#include <filesystem>
#include <regex>

#include "server/store/uuid.hpp"
#include "server/store/witness.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

// What differs from run to run: ids, hashes and keys.
std::string without_chance(Folder const& folder, std::string text) {
  std::string const path = std::filesystem::path{folder.file()}.parent_path().string();
  for (auto at = text.find(path); at != std::string::npos; at = text.find(path))
    text.replace(at, path.size(), "FOLDER");
  text = std::regex_replace(text, std::regex{R"(\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44})"}, "+KEY");
  text = std::regex_replace(text, std::regex{"[0-9a-f]{64}"}, "HASH");
  return std::regex_replace(text, std::regex{"[0-9a-f]{32}"}, "ID");
}

std::string words_of(Error const& error) {
  return "[" + std::string{error.code} + "] " + error.message +
         (error.help.empty() ? "" : "\n    " + error.help) + "\n";
}

std::string words_of(Problem const& problem) {
  std::string text = "[" + std::string{problem.code} + "] record " +
                     std::to_string(problem.sequence) + ": " + problem.message + "\n";
  if (!problem.expected.empty()) text += "    expected " + problem.expected + "\n";
  if (!problem.found.empty()) text += "    found " + problem.found + "\n";
  return text;
}

std::string new_id() {
  static UuidSource ids;
  return ids.next(system_now_us());
}

// Each code once, as a person reads it.
TEST(Findings, of_the_tree_and_its_signatures_read_well) {
  Folder const folder;
  {
    auto const log = open_log(folder.file());
    append_all(*log, 0, 300);
    ASSERT_TRUE(log->rotate_key(new_id()));
  }
  std::string text;
  for (char const* sql :
       {"UPDATE records SET subject = 'c-9' WHERE sequence = 7",
        "UPDATE records SET previous = zeroblob(32) WHERE sequence = 7",
        "DELETE FROM records WHERE sequence > 290",
        "UPDATE tiles SET hashes = zeroblob(8192) WHERE level = 0",
        "INSERT INTO tiles VALUES (5, 0, zeroblob(32))", "UPDATE head SET root = zeroblob(32)",
        "UPDATE checkpoint SET note = ''", "UPDATE checkpoint SET sequence = 5",
        "UPDATE checkpoint SET note = replace(note, char(10) || '301', char(10) || '302')",
        "UPDATE signers SET since = 5 WHERE number = 2",
        "UPDATE signers SET handover = '' WHERE number = 2",
        "UPDATE signers SET number = 5 WHERE number = 2", "DELETE FROM signers WHERE number = 1"}) {
    std::string const copy = folder.file("copy.db");
    tamper(folder.file(), "VACUUM INTO '" + copy + "'");
    tamper(copy, sql);
    auto const found = verify_file(copy);
    ASSERT_TRUE(found.problem) << sql;
    text += words_of(*found.problem);
    std::remove(copy.c_str());
  }
  text = without_chance(folder, std::move(text));
  EXPECT_EQ(text, heed::testing::golden("log/findings.txt", text));
}

TEST(Findings, of_a_witness_read_well) {
  Folder const folder;
  append_all(*open_log(folder.file()), 0, 10);
  auto const look = [&](std::string const& name, std::optional<Witnessed> const& seen) {
    auto const now = witness(*open_reader(folder.file(name)), seen, {});
    EXPECT_FALSE(now);
    return now ? "" : words_of(now.error());
  };
  auto const grow = [&](std::string const& name, int from, int until) {
    append_all(
        *open_log(LogOptions{
            .path = folder.file(name), .key_path = folder.file("log.db.key"), .seals = false}),
        from, until);
  };
  tamper(folder.file(), "VACUUM INTO '" + folder.file("older.db") + "'");
  grow("log.db", 10, 20);
  auto const seen = witness(*open_reader(folder.file()), {}, {}).value();
  std::string text = look("older.db", seen);
  grow("older.db", 30, 40);
  text += look("older.db", seen);
  grow("older.db", 40, 50);
  text += look("older.db", seen);
  open_log(folder.file("other.db"));
  text += look("other.db", seen);
  text += words_of(read_witnessed("nothing").error());
  tamper(folder.file(),
         "UPDATE checkpoint SET note = replace(note, char(10) || '20', char(10) || '21')");
  text += look("log.db", seen);
  std::filesystem::rename(folder.file("log.db.key"), folder.file("kept"));
  ASSERT_TRUE(replace_lost_key({.path = folder.file()}, new_id()));
  text += look("log.db", seen);
  text = without_chance(folder, std::move(text));
  EXPECT_EQ(text, heed::testing::golden("log/witness.txt", text));
}

TEST(Findings, of_the_key_read_well) {
  Folder const folder;
  open_log(folder.file());
  open_log(folder.file("other.db"));
  std::string const path = folder.file("log.db.key");
  std::string text;
  auto const open = [&](std::string const& name) {
    auto const log = Log::open({.path = folder.file(name)});
    EXPECT_FALSE(log);
    if (!log) text += words_of(log.error());
  };
  std::filesystem::permissions(path, std::filesystem::perms{0640});
  open("log.db");
  std::filesystem::permissions(path, std::filesystem::perms{0600});
  std::filesystem::rename(path, folder.file("kept"));
  open("log.db");
  std::filesystem::copy(folder.file("other.db.key"), path);
  open("log.db");
  std::filesystem::rename(folder.file("other.db.key"), folder.file("third.db.key"));
  open("third.db");
  text = without_chance(folder, std::move(text));
  EXPECT_EQ(text, heed::testing::golden("log/key.txt", text));
}

}  // namespace
}  // namespace heed::store::testing
