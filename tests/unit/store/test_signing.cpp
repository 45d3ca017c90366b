#include <sys/stat.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>

#include "server/proof/checkpoint.hpp"
#include "server/store/key_file.hpp"
#include "server/store/uuid.hpp"
#include "tests/unit/store/failing_disk.hpp"
#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

std::string new_id() {
  static UuidSource ids;
  return ids.next(system_now_us());
}

proof::Checkpoint open_signed(std::string const& note, std::string const& verifier_key) {
  auto const checkpoint =
      proof::open_checkpoint(note, proof::read_verifier_key(verifier_key).value());
  EXPECT_TRUE(checkpoint) << checkpoint.error().message;
  return checkpoint ? checkpoint.value() : proof::Checkpoint{};
}

TEST(Signing, a_new_log_has_a_key_for_its_owner_alone_and_a_signed_head) {
  Folder const folder;
  auto const log = open_log(folder.file());
  struct stat status {};
  ASSERT_EQ(stat(folder.file("log.db.key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  auto const reader = open_reader(folder.file());
  auto const signers = reader->signers().value();
  ASSERT_EQ(signers.size(), 1u);
  auto const checkpoint = open_signed(reader->signed_head().value().note, signers[0].verifier_key);
  EXPECT_EQ(checkpoint.origin, "heed/" + reader->store_id().value());
  EXPECT_EQ(checkpoint.tree.size, 0);
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST(Signing, covers_every_answered_record_when_asked) {
  Folder const folder;
  auto const log = open_log(folder.file());
  auto const reader = open_reader(folder.file());
  std::string const key = reader->signers().value()[0].verifier_key;
  for (int number = 0; number < 40; ++number) {
    ASSERT_TRUE(append(*log, sample_entry(number)));
    auto const note = log->sign();
    ASSERT_TRUE(note) << note.error().message;
    auto const checkpoint = open_signed(note.value(), key);
    EXPECT_EQ(checkpoint.tree.size, number + 1);
    EXPECT_EQ(checkpoint.tree.hash, reader->head().value().root);
    EXPECT_EQ(log->sign().value(), note.value());
    EXPECT_EQ(reader->signed_head().value().note, note.value());
  }
}

TEST(Signing, follows_by_itself) {
  Folder const folder;
  auto const log = open_log(folder.file());
  append_all(*log, 0, 50);
  ASSERT_TRUE(append(*log, sample_entry(50)));
  auto const reader = open_reader(folder.file());
  for (int wait = 0; wait < 200 && reader->signed_head().value().sequence < 51; ++wait)
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  EXPECT_EQ(reader->signed_head().value().sequence, 51);
  ASSERT_TRUE(append(*log, sample_entry(51)));
  log->close();
  EXPECT_EQ(reader->signed_head().value().sequence, 52);
  EXPECT_EQ(verify_file(folder.file()).signed_records, 52);
}

TEST(Signing, that_fails_is_told_and_made_up_for) {
  Folder const folder;
  auto const log = open_log(LogOptions{
      .path = folder.file(), .vfs = failing_disk(), .signing_gap = std::chrono::milliseconds{50}});
  ASSERT_TRUE(append(*log, sample_entry(0)));
  ASSERT_TRUE(append(*log, sample_entry(1)));
  set_fault(Fault::no_room);
  auto const wait_until = [&](auto const& holds) {
    for (int wait = 0; wait < 500 && !holds(); ++wait)
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    return holds();
  };
  EXPECT_TRUE(wait_until([&] { return log->status().failing.has_value(); }));
  EXPECT_EQ(log->status().failing->code, "log.full");
  EXPECT_EQ(log->status().failures, 0u);  // of entries
  set_fault(Fault::none);
  EXPECT_TRUE(wait_until([&] { return !log->status().failing; }));
  EXPECT_EQ(open_reader(folder.file())->signed_head().value().sequence, 2);
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST(Signing, a_key_that_others_may_use_is_refused) {
  Folder const folder;
  open_log(folder.file());
  std::string const path = folder.file("log.db.key");
  for (unsigned const mode : {0640u, 0604u, 0620u, 0601u}) {
    ASSERT_EQ(chmod(path.c_str(), mode), 0);
    auto const log = Log::open({.path = folder.file()});
    ASSERT_FALSE(log);
    EXPECT_EQ(log.error().code, "key.exposed");
    EXPECT_NE(log.error().help.find("chmod 600"), std::string::npos);
  }
  ASSERT_EQ(chmod(path.c_str(), 0600), 0);
  EXPECT_TRUE(Log::open({.path = folder.file()}));
}

TEST(Signing, a_key_that_is_lost_foreign_or_broken_is_refused_with_the_way_out) {
  Folder const folder;
  open_log(folder.file());
  open_log(folder.file("other.db"));
  std::string const path = folder.file("log.db.key");
  std::filesystem::rename(path, folder.file("kept"));
  auto const missing = Log::open({.path = folder.file()});
  EXPECT_EQ(missing.error().code, "key.missing");
  EXPECT_NE(missing.error().help.find("--lost"), std::string::npos);
  std::filesystem::copy(folder.file("other.db.key"), path);
  EXPECT_EQ(Log::open({.path = folder.file()}).error().code, "key.wrong");
  std::ofstream{path} << "PRIVATE+KEY+nonsense\n";
  EXPECT_EQ(Log::open({.path = folder.file()}).error().code, "key.malformed");
  std::filesystem::rename(folder.file("kept"), path);
  EXPECT_TRUE(Log::open({.path = folder.file()}));
  std::filesystem::copy(path, folder.file("third.db.key"));
  EXPECT_EQ(Log::open({.path = folder.file("third.db")}).error().code, "key.wrong");
}

TEST(Signing, the_key_may_be_kept_elsewhere) {
  Folder const folder;
  auto const log = open_log({.path = folder.file(), .key_path = folder.file("elsewhere")});
  EXPECT_TRUE(std::filesystem::exists(folder.file("elsewhere")));
  EXPECT_FALSE(std::filesystem::exists(folder.file("log.db.key")));
}

TEST(Rotation, is_recorded_in_the_log_and_signed_by_both_keys) {
  Folder const folder;
  auto const log = open_log(folder.file());
  append_all(*log, 0, 10);
  auto const fresh = log->rotate_key(new_id());
  ASSERT_TRUE(fresh) << fresh.error().message;
  append_all(*log, 10, 20);
  auto const reader = open_reader(folder.file());
  auto const signers = reader->signers().value();
  ASSERT_EQ(signers.size(), 2u);
  EXPECT_EQ(signers[1].verifier_key, proof::to_text(fresh.value()));
  EXPECT_EQ(signers[1].since, 11);
  auto const record = reader->find(std::int64_t{11}).value();
  EXPECT_EQ(record->entry.kind, "key");
  EXPECT_EQ(record->entry.case_json,
            rotation_text(signers[1].verifier_key, signers[0].verifier_key));
  for (auto const& signer : signers)
    EXPECT_EQ(open_signed(signers[1].handover, signer.verifier_key).tree.size, 11);
  EXPECT_EQ(open_signed(log->sign().value(), signers[1].verifier_key).tree.size, 21);
  auto const verification = verify_file(folder.file());
  EXPECT_FALSE(verification.problem) << verification.problem->message;
  EXPECT_EQ(verification.keys.size(), 2u);
  EXPECT_EQ(verification.keys_not_handed_over, 0);
}

TEST(Rotation, by_another_program_is_followed) {
  Folder const folder;
  auto const log = open_log(folder.file());
  append_all(*log, 0, 10);
  auto const fresh = open_log(folder.file())->rotate_key(new_id());
  ASSERT_TRUE(fresh) << fresh.error().code << ": " << fresh.error().message;
  ASSERT_TRUE(append(*log, sample_entry(11)));
  EXPECT_EQ(open_signed(log->sign().value(), proof::to_text(fresh.value())).tree.size, 12);
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST(Rotation, that_another_program_finishes_first_has_succeeded) {
  Folder const folder;
  std::string const path = folder.file("log.db.key");
  auto const log = open_log(folder.file());
  std::atomic<bool> was_first = false;
  for (int turn = 0; turn < 2000 && !was_first; ++turn) {
    std::atomic<bool> is_done = false;
    std::thread other{[&] {  // moves the key, as one does that finds it waiting
      while (!is_done && !was_first)
        was_first = std::rename((path + ".new").c_str(), path.c_str()) == 0;
    }};
    auto const fresh = log->rotate_key(new_id());
    is_done = true;
    other.join();
    ASSERT_TRUE(fresh) << fresh.error().code << ": " << fresh.error().message;
    auto const signature = log->sign();
    ASSERT_TRUE(signature) << signature.error().code;
    EXPECT_EQ(open_signed(signature.value(), proof::to_text(fresh.value())).tree.size, turn + 1);
  }
  EXPECT_TRUE(was_first);
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST(Rotation, that_was_interrupted_is_finished) {
  Folder const folder;
  std::string const path = folder.file("log.db.key");
  {
    auto const log = open_log(folder.file());
    std::filesystem::copy(path, folder.file("old"));
    ASSERT_TRUE(log->rotate_key(new_id()));
  }
  // As it is where the program dies after the commit, before the file has its name.
  std::filesystem::rename(path, path + ".new");
  std::filesystem::rename(folder.file("old"), path);
  EXPECT_TRUE(Log::open({.path = folder.file()}));
  EXPECT_FALSE(std::filesystem::exists(path + ".new"));
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST(Rotation, of_a_lost_key_is_counted) {
  Folder const folder;
  append_all(*open_log(folder.file()), 0, 10);
  std::filesystem::remove(folder.file("log.db.key"));
  LogOptions const options{.path = folder.file()};
  auto const fresh = replace_lost_key(options, new_id());
  ASSERT_TRUE(fresh) << fresh.error().message;
  append_all(*open_log(folder.file()), 10, 20);
  auto const verification = verify_file(folder.file());
  EXPECT_FALSE(verification.problem) << verification.problem->message;
  EXPECT_EQ(verification.keys_not_handed_over, 1);
}

TEST(VerifySignatures, finds_what_is_not_signed_or_not_by_the_logs_keys) {
  Folder const folder;
  {
    auto const log = open_log(folder.file());
    append_all(*log, 0, 10);
    ASSERT_TRUE(log->rotate_key(new_id()));
    append_all(*log, 10, 20);
  }
  open_log(folder.file("other.db"));
  auto const other = open_reader(folder.file("other.db"))->signers().value()[0].verifier_key;
  struct Case {
    std::string sql;
    char const* code;
  };
  std::vector<Case> const cases = {
      {"UPDATE checkpoint SET note = ''", "verify.signature"},
      {"DELETE FROM checkpoint", "verify.signature"},
      {"UPDATE checkpoint SET note = replace(note, '— heed', '— eehd')", "verify.signature"},
      {"UPDATE checkpoint SET note = replace(note, char(10) || '21' || char(10), char(10) || '20' "
       "|| char(10))",
       "verify.signature"},
      {"UPDATE checkpoint SET sequence = 20", "verify.signature"},
      {"UPDATE checkpoint SET signer = 1", "verify.signature"},
      {"UPDATE checkpoint SET note = (SELECT handover FROM signers WHERE number = 2)",
       "verify.signature"},
      {"DELETE FROM signers", "verify.signature"},
      {"DELETE FROM signers WHERE number = 2", "verify.signature"},
      {"DELETE FROM signers WHERE number = 1", "verify.signer"},
      {"UPDATE signers SET number = 3 WHERE number = 2", "verify.signer"},
      {"UPDATE signers SET since = 12 WHERE number = 2", "verify.signer"},
      {"UPDATE signers SET handover = '' WHERE number = 2", "verify.signature"},
      {"UPDATE signers SET verifier_key = '" + other + "' WHERE number = 1", "verify.signer"},
      {"UPDATE signers SET verifier_key = 'none' WHERE number = 2", "verify.signer"},
  };
  for (Case const& tampered : cases) {
    std::string const copy = folder.file("copy.db");
    tamper(folder.file(), "VACUUM INTO '" + copy + "'");
    tamper(copy, tampered.sql);
    EXPECT_EQ(verdict(copy), tampered.code) << tampered.sql;
    std::remove(copy.c_str());
  }
}

// Somebody who may write the store, but has not the key, writes its end anew with hashes that hold.
TEST(VerifySignatures, finds_records_written_anew_without_the_key) {
  Folder const folder;
  append_all(*open_log(folder.file()), 0, 10);
  std::string const older = folder.file("older.db");
  tamper(folder.file(), "VACUUM INTO '" + older + "'");
  append_all(*open_log(folder.file()), 10, 20);
  auto const genuine = open_reader(folder.file())->signed_head().value();
  append_all(
      *open_log(LogOptions{.path = older, .key_path = folder.file("log.db.key"), .seals = false}),
      30, 50);
  EXPECT_EQ(verdict(older), "sound");  // with the key all can be written anew: see `log witness`
  tamper(older, "UPDATE checkpoint SET sequence = 20, note = '" + genuine.note + "'");
  auto const verification = verify_file(older);
  ASSERT_TRUE(verification.problem);
  EXPECT_EQ(verification.problem->code, "verify.signature");
  EXPECT_EQ(verification.problem->sequence, 20);
}

}  // namespace
}  // namespace heed::store::testing
