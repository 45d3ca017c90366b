// Whatever is done to a log behind its back is found, and the place named; what is not found says
// nothing that a hash covers. HEED_FLIPS=10000 tries as often; HEED_SEED begins elsewhere.
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "server/store/revision.hpp"
#include "server/store/uuid.hpp"
#include "server/store/witness.hpp"
#include "tests/unit/store/store_fixture.hpp"
#include "tests/unit/store/tampering.hpp"

namespace heed::store::testing {
namespace {

constexpr int records = 530;  // two indexed blocks and a tail

int wanted(char const* name, int otherwise) {
  char const* const value = std::getenv(name);
  return value == nullptr ? otherwise : std::atoi(value);
}

// What one says in the line in which it first differs from the other.
std::string first_other_line(std::string const& one, std::string const& other) {
  auto const differs = std::ranges::mismatch(one, other).in1 - one.begin();
  auto const at = static_cast<std::size_t>(differs);
  auto const begin = one.rfind('\n', at == 0 ? 0 : at - 1) + 1;
  return one.substr(begin, one.find('\n', at) - begin);
}

// A log with keys, events, two policies and two signing keys; `older` is a copy of its first half.
void write_log(std::string const& path, std::string const& older) {
  UuidSource ids;
  auto const other_sources = std::vector<SourceText>{{"policy.heed", "policy other\n"}};
  for (int half = 0; half < 2; ++half) {
    auto const log = open_log(path);
    ASSERT_TRUE(log->put_policy(revision_of(other_sources), "other", other_sources));
    for (int number = half * records / 2; number < (half + 1) * records / 2; ++number) {
      Entry entry = sample_entry(number);
      if (number % 7 == 0) {
        entry.key = "key-" + std::to_string(number);
        entry.request = as_bytes(sha256(entry.key));
      }
      if (number % 5 == 0) entry.revision = revision_of(other_sources);
      if (number % 11 == 0) entry.events = {sample_event(number)};
      ASSERT_TRUE(log->append(std::move(entry), [](auto appended) { ASSERT_TRUE(appended); }));
    }
    if (half == 0) {
      ASSERT_TRUE(log->rotate_key(ids.next(system_now_us())));
    }
    log->close();
    if (half == 0) tamper(path, "VACUUM INTO '" + older + "'");
  }
  tamper(path, "PRAGMA wal_checkpoint(TRUNCATE)");
}

class Tampered : public ::testing::Test {
 protected:
  void SetUp() override {
    write_log(genuine, older);
    said = what_it_says(genuine);
    ASSERT_EQ(verdict(genuine), "sound");
    seen = witness(*open_reader(genuine), {}, {}).value();
  }

  void put(std::string const& from) const {
    for (char const* end : {"-wal", "-shm"}) std::filesystem::remove(copy + end);
    std::filesystem::copy_file(from, copy, std::filesystem::copy_options::overwrite_existing);
  }

  // The problem that verify names; an error of opening or reading is one too.
  std::optional<Problem> problem_of_copy() const {
    auto const reader = Reader::open({.path = copy});
    if (!reader) return Problem{reader.error().code, 0, {}, {}, reader.error().message};
    auto const found = verify(*reader.value(), {});
    if (!found) return Problem{found.error().code, 0, {}, {}, found.error().message};
    // What was made of a key's handover is told as a key that was lost: it cannot be known apart.
    if (!found.value().problem && found.value().keys_not_handed_over != 0)
      return Problem{"verify.signer", 0, {}, {}, "a key was not signed for by the one before it"};
    return found.value().problem;
  }

  void expect_named(Tampering const& done, Problem const& problem) const {
    EXPECT_FALSE(problem.message.empty()) << done.what;
    if (!done.codes.empty()) {
      EXPECT_TRUE(done.codes.contains(std::string{problem.code})) << done.what << problem.code;
    }
    if (done.sequence != 0) {
      EXPECT_EQ(problem.sequence, done.sequence) << done.what << ": " << problem.code;
    }
  }

  Folder folder;
  std::string genuine = folder.file("genuine.db");
  std::string older = folder.file("older.db");
  std::string copy = folder.file("copy.db");
  Said said;
  std::optional<Witnessed> seen;
};

TEST_F(Tampered, rows_are_found_and_named) {
  int const seed = wanted("HEED_SEED", 20'261'122);
  std::mt19937 chance{static_cast<std::mt19937::result_type>(seed)};
  std::map<std::string, int> found;
  int unchanged = 0;
  int const tries = wanted("HEED_FLIPS", 120);
  for (int number = 0; number < tries; ++number) {
    put(genuine);
    auto const done = number % 25 == 0 ? forge(copy, chance) : tamper_with_rows(copy, chance);
    auto const problem = problem_of_copy();
    if (problem) {
      expect_named(done, *problem);
      ++found[done.table];
    } else if (what_it_says(copy).covered == said.covered) {
      ++unchanged;
    } else {
      ADD_FAILURE() << done.what << " is not found (seed " << seed << ", " << number << ")";
    }
    if (number % 25 == 1) {  // an older copy put back is sound, and no continuation
      put(older);
      EXPECT_FALSE(problem_of_copy());
      auto const now = witness(*open_reader(copy), seen, {});
      ASSERT_FALSE(now);
      EXPECT_EQ(now.error().code, "witness.shorter");
    }
  }
  for (auto const& [table, count] : found) std::printf("%s: %d found\n", table.c_str(), count);
  std::printf("seed %d: %d tried, %d of them changed nothing\n", seed, tries, unchanged);
}

TEST_F(Tampered, bytes_are_found_wherever_they_say_something) {
  int const seed = wanted("HEED_SEED", 20'261'122);
  std::mt19937 chance{static_cast<std::mt19937::result_type>(seed)};
  int found = 0;
  int same = 0;
  int other = 0;
  int const tries = wanted("HEED_FLIPS", 120);
  for (int number = 0; number < tries; ++number) {
    put(genuine);
    auto const done = tamper_with_bytes(copy, chance);
    if (auto const problem = problem_of_copy()) {
      expect_named(done, *problem);
      ++found;
      continue;
    }
    auto const now = what_it_says(copy);
    EXPECT_TRUE(now.covered == said.covered)
        << done.what << " is not found (seed " << seed << ", " << number << "), but says "
        << first_other_line(now.covered, said.covered);
    (now.other == said.other ? same : other) += 1;
  }
  EXPECT_GT(found, tries / 4);
  std::printf(
      "seed %d: %d tried, %d found, %d in room that says nothing, %d in what no hash covers\n",
      seed, tries, found, same, other);
}

// A new table must be covered, or be known not to be.
TEST_F(Tampered, every_table_is_covered_or_known_not_to_be) {
  std::set<std::string> known = tables_not_covered();
  for (Covered const& covered : covered_tables()) known.insert(covered.name);
  auto database = Database::open({.path = genuine, .access = Access::read});
  ASSERT_TRUE(database);
  auto tables = database.value().query("SELECT name FROM sqlite_schema WHERE type = 'table'");
  ASSERT_TRUE(tables);
  while (tables.value().next().value() == Row::ready)
    EXPECT_TRUE(known.contains(std::string{tables.value().bytes(0)})) << tables.value().bytes(0);
}

}  // namespace
}  // namespace heed::store::testing
