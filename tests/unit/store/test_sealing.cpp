#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/base/hex.hpp"
#include "server/seal/key_file.hpp"
#include "server/store/erasure.hpp"
#include "server/store/retention.hpp"
#include "server/store/uuid.hpp"
#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

constexpr std::string_view marker = "the marker that nobody may find";

std::string new_id() {
  static UuidSource ids;
  return ids.next(system_now_us());
}

Entry secret_entry(int number, std::string subject = "c-1") {
  Entry entry = sample_entry(number);
  entry.subject = std::move(subject);
  entry.secret = std::string{marker} + " " + std::to_string(number);
  return entry;
}

Event secret_event(int number) {
  Event event = sample_event(number);
  event.subject = "c-1";
  event.secret = std::string{marker};
  return event;
}

std::unique_ptr<Reader> open_with_master(Folder const& folder) {
  auto const key = seal::read_master_file(folder.file() + ".master");
  auto reader = Reader::open(
      {.path = folder.file(), .master = std::make_shared<seal::Key const>(*key.value())});
  EXPECT_TRUE(reader) << (reader ? "" : reader.error().message);
  return std::move(reader).value();
}

Verification verify_opened(Folder const& folder, VerifyOptions const& options = {}) {
  return verify(*open_with_master(folder), options).value();
}

std::string bytes_of(std::string const& path) {
  std::ifstream file{path, std::ios::binary};
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::string wrapped_key(Folder const& folder, int number) {
  auto database = Database::open({.path = folder.file()});
  auto found = database.value().query("SELECT wrapped FROM subject_keys WHERE number = ?",
                                      std::int64_t{number});
  EXPECT_TRUE(found.value().next());
  return std::string{found.value().bytes(0)};
}

TEST(Sealing, is_opened_with_the_master_key_alone) {
  Folder const folder;
  auto const log = open_log(folder.file());
  Entry const entry = secret_entry(0);
  ASSERT_TRUE(append(*log, entry));
  auto const locked = open_reader(folder.file())->find(entry.id).value();
  EXPECT_EQ(locked->seal, Seal::locked);
  EXPECT_EQ(locked->entry.secret, "");
  auto const opened = open_with_master(folder)->find(entry.id).value();
  EXPECT_EQ(opened->seal, Seal::opened);
  EXPECT_EQ(opened->entry.secret, entry.secret);
  for (char const* end : {"", "-wal"})
    EXPECT_EQ(bytes_of(folder.file() + end).find(marker), std::string::npos) << end;
}

TEST(Sealing, a_subject_has_one_key_and_a_record_without_one_its_own) {
  Folder const folder;
  auto const log = open_log(folder.file());
  ASSERT_TRUE(append(*log, secret_entry(0)));
  ASSERT_TRUE(append(*log, secret_entry(1)));
  ASSERT_TRUE(append(*log, secret_entry(2, "c-2")));
  ASSERT_TRUE(append(*log, secret_entry(3, "")));
  ASSERT_TRUE(append(*log, secret_entry(4, "")));
  auto database = Database::open({.path = folder.file()});
  EXPECT_EQ(database.value().read_integer("SELECT count(*) FROM subject_keys").value(), 4);
  auto const found = verify_opened(folder);
  EXPECT_FALSE(found.problem);
  EXPECT_EQ(found.sealed, 5);
  EXPECT_EQ(found.locked, 0);
  EXPECT_EQ(verify_file(folder.file()).locked, 5);
}

TEST(Sealing, a_key_that_came_before_gets_the_secret_again) {
  Folder const folder;
  auto const log = open_log(folder.file());
  Entry entry = secret_entry(0);
  entry.key = "key";
  entry.request = as_bytes(sha256("request"));
  ASSERT_TRUE(append(*log, entry));
  Entry again = secret_entry(1);
  again.key = "key";
  again.request = entry.request;
  auto const first = append(*log, again);
  ASSERT_TRUE(first);
  EXPECT_EQ(first.value().written, Written::before);
  EXPECT_EQ(first.value().secret, entry.secret);
  again.request = as_bytes(sha256("another"));
  EXPECT_EQ(append(*log, again).error().code, "log.key-reused");
  // What stands in the store can be guessed by nobody.
  EXPECT_EQ(bytes_of(folder.file() + "-wal").find(entry.request), std::string::npos);
}

TEST(Sealing, another_master_key_is_refused_and_a_missing_one_not_made_anew) {
  Folder const folder;
  append_all(*open_log(folder.file()), 0, 1);
  std::string const path = folder.file() + ".master";
  std::filesystem::rename(path, path + ".kept");
  EXPECT_EQ(Log::open({.path = folder.file()}).error().code, "master.missing");
  EXPECT_FALSE(std::filesystem::exists(path));
  ASSERT_TRUE(seal::write_master_file(path, seal::make_key()));
  EXPECT_EQ(Log::open({.path = folder.file()}).error().code, "master.wrong");
  auto const wrong = std::make_shared<seal::Key const>(seal::make_key());
  EXPECT_EQ(Reader::open({.path = folder.file(), .master = wrong}).error().code, "master.wrong");
  std::filesystem::permissions(path, std::filesystem::perms{0640});
  EXPECT_EQ(Log::open({.path = folder.file()}).error().code, "master.exposed");
  EXPECT_TRUE(Log::open({.path = folder.file(), .seals = false}));
}

TEST(Sealing, verify_finds_each_change_of_what_is_sealed_or_its_key) {
  Folder const folder;
  {
    auto const log = open_log(folder.file());
    ASSERT_TRUE(append(*log, secret_entry(0)));
    ASSERT_TRUE(append(*log, secret_entry(1, "c-2")));
  }
  struct Case {
    char const* sql;
    char const* code;
  };
  Case const cases[] = {
      {"UPDATE records SET sealed = x'' WHERE sequence = 1", "verify.hash"},
      {"UPDATE records SET sealed = zeroblob(length(sealed)) WHERE sequence = 1", "verify.hash"},
      {"UPDATE subject_keys SET wrapped = zeroblob(72) WHERE number = 1", "verify.sealed"},
      {"DELETE FROM subject_keys WHERE number = 1", "verify.sealed"},
      {"UPDATE subject_keys SET wrapped = (SELECT wrapped FROM subject_keys WHERE number = 2)",
       "verify.sealed"},
      {"INSERT INTO erased_keys VALUES (1, 2)", "verify.erasure"},
      {"INSERT INTO erased_keys VALUES (1, 99)", "verify.erasure"},
  };
  for (auto const& [sql, code] : cases) {
    Folder const copied;
    tamper(folder.file(), "VACUUM INTO '" + copied.file() + "'");
    std::filesystem::copy(folder.file() + ".master", copied.file() + ".master");
    tamper(copied.file(), sql);
    auto const found = verify_opened(copied);
    ASSERT_TRUE(found.problem) << sql;
    EXPECT_EQ(found.problem->code, code) << sql;
  }
}

TEST(Erasing, leaves_no_copy_of_the_key_and_every_proof) {
  Folder const folder;
  auto const log = open_log(folder.file());
  for (int number = 0; number < 300; ++number)
    ASSERT_TRUE(append(
        *log, secret_entry(number, number % 3 == 0 ? "c-1" : "d-" + std::to_string(number))));
  ASSERT_TRUE(append(*log, secret_event(0)));
  std::string const wrapped = wrapped_key(folder, 1);
  std::string const other = wrapped_key(folder, 2);
  ASSERT_EQ(wrapped.size(), 72u);
  auto const in_files = [&](std::string const& bytes) {
    return (bytes_of(folder.file()) + bytes_of(folder.file() + "-wal")).find(bytes) !=
           std::string::npos;
  };
  EXPECT_TRUE(in_files(wrapped));
  auto const erased = log->erase({.subject = "c-1", .by = "t-9", .id = new_id()});
  ASSERT_TRUE(erased) << erased.error().message;
  EXPECT_TRUE(erased.value().is_cleared);
  EXPECT_EQ(erased.value().records, 100);
  EXPECT_EQ(erased.value().events, 1);
  EXPECT_FALSE(in_files(wrapped));
  EXPECT_TRUE(in_files(other));
  auto const found = verify_opened(folder);
  EXPECT_FALSE(found.problem) << found.problem->message;
  EXPECT_EQ(found.sealed, 300);
  EXPECT_EQ(found.erased, 100);
  auto const reader = open_with_master(folder);
  EXPECT_EQ(reader->find(std::int64_t{1}).value()->seal, Seal::erased);
  EXPECT_EQ(reader->find(std::int64_t{2}).value()->seal, Seal::opened);
  auto const record = reader->find(erased.value().sequence).value();
  EXPECT_EQ(record->entry.kind, "erasure");
  EXPECT_EQ(record->entry.by, "t-9");
  EXPECT_EQ(record->entry.case_json,
            R"({"events":1,"key":1,"record":"","records":100,"subject":"c-1"})");
}

TEST(Erasing, a_subject_may_come_again_with_a_new_key) {
  Folder const folder;
  auto const log = open_log(folder.file());
  ASSERT_TRUE(append(*log, secret_entry(0)));
  ASSERT_TRUE(log->erase({.subject = "c-1", .id = new_id()}));
  EXPECT_EQ(log->erase({.subject = "c-1", .id = new_id()}).error().code, "erase.nothing");
  Entry const entry = secret_entry(1);
  ASSERT_TRUE(append(*log, entry));
  EXPECT_EQ(open_with_master(folder)->find(entry.id).value()->seal, Seal::opened);
  ASSERT_TRUE(log->erase({.subject = "c-1", .id = new_id()}));
  auto const found = verify_opened(folder);
  EXPECT_FALSE(found.problem);
  EXPECT_EQ(found.erased, 2);
}

TEST(Erasing, of_one_record_that_has_no_subject) {
  Folder const folder;
  auto const log = open_log(folder.file());
  Entry const entry = secret_entry(0, "");
  ASSERT_TRUE(append(*log, entry));
  ASSERT_TRUE(append(*log, secret_entry(1, "")));
  auto const erased = log->erase({.record = entry.id, .id = new_id()});
  ASSERT_TRUE(erased);
  EXPECT_EQ(erased.value().records, 1);
  auto const found = verify_opened(folder);
  EXPECT_FALSE(found.problem);
  EXPECT_EQ(found.erased, 1);
}

TEST(Erasing, that_no_record_tells_of_is_found) {
  Folder const folder;
  {
    auto const log = open_log(folder.file());
    ASSERT_TRUE(append(*log, secret_entry(0)));
    ASSERT_TRUE(log->erase({.subject = "c-1", .id = new_id()}));
  }
  tamper(folder.file(), "UPDATE erased_keys SET sequence = 1");
  EXPECT_EQ(verdict(folder.file()), "verify.erasure");
}

// A clock that stands still: everything is as old as it says.
LogOptions at_time(Folder const& folder, std::int64_t now_us) {
  return {.path = folder.file(), .clock = [now_us] { return now_us; }};
}

TEST(Retention, drops_what_old_records_held_and_keeps_every_proof) {
  Folder const folder;
  {
    auto const log = open_log(at_time(folder, 1'000));
    for (int number = 0; number < 300; ++number) ASSERT_TRUE(append(*log, secret_entry(number)));
    ASSERT_TRUE(append(*log, secret_event(0)));
  }
  Digest const root = open_reader(folder.file())->head().value().root;
  auto const log = open_log(at_time(folder, 2'000));
  ASSERT_TRUE(append(*log, secret_entry(300)));
  auto const retained = log->retain({.before_us = 1'500, .by = "command-line", .id = new_id()});
  ASSERT_TRUE(retained) << retained.error().message;
  EXPECT_EQ(retained.value().records, 300);
  EXPECT_EQ(retained.value().events, 1);
  auto const reader = open_with_master(folder);
  EXPECT_EQ(reader->tiles().root(300).value(), root);
  auto const dropped = reader->find(std::int64_t{7}).value();
  EXPECT_TRUE(dropped->is_dropped);
  EXPECT_EQ(dropped->entry.case_json, "");
  EXPECT_EQ(dropped->entry.subject, "c-1");
  EXPECT_FALSE(reader->find(std::int64_t{301}).value()->is_dropped);
  EXPECT_EQ(reader->find(std::int64_t{302}).value()->entry.kind, "retention");
  auto const found = verify_opened(folder);
  EXPECT_FALSE(found.problem) << found.problem->message;
  EXPECT_EQ(found.dropped, 300);
  EXPECT_EQ(reader->list({.subject = "c-1"}, {.limit = 500}).value().records.size(), 301u);
  auto const again = log->retain({.before_us = 1'500, .id = new_id()});
  ASSERT_TRUE(again);
  EXPECT_EQ(again.value().sequence, 0);
}

TEST(Retention, beyond_what_a_record_says_is_found) {
  Folder const folder;
  {
    auto const log = open_log(at_time(folder, 1'000));
    for (int number = 0; number < 3; ++number) ASSERT_TRUE(append(*log, secret_entry(number)));
  }
  {
    auto const log = open_log(at_time(folder, 2'000));
    ASSERT_TRUE(append(*log, secret_entry(3)));
    ASSERT_TRUE(log->retain({.before_us = 1'500, .id = new_id()}));
  }
  EXPECT_EQ(verdict(folder.file()), "sound");
  auto const reader = open_reader(folder.file());
  auto const record = reader->find(std::int64_t{4}).value();
  std::string sealed;
  ASSERT_TRUE(reader->visit(4, [&](RecordRow const& row) {
    sealed = std::string{row.sealed};
    return Visit::stop;
  }));
  tamper(folder.file(),
         "UPDATE records SET \"case\" = '', decision = '', sealed = x'', digests = x'" +
             to_hex(sha256(record->entry.case_json)) + to_hex(sha256(record->entry.decision_json)) +
             to_hex(sha256(sealed)) + "' WHERE sequence = 4");
  EXPECT_EQ(verdict(folder.file()), "verify.dropped");
}

}  // namespace
}  // namespace heed::store::testing
