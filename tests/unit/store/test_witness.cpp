#include "server/store/witness.hpp"

#include <filesystem>

#include "server/proof/tree.hpp"
#include "server/store/uuid.hpp"
#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

std::string new_id() {
  static UuidSource ids;
  return ids.next(system_now_us());
}

// A log of 300 records that an auditor has seen.
class Witnessing : public ::testing::Test {
 protected:
  void SetUp() override {
    grow(folder.file(), 0, 300);
    seen = *look(folder.file());
  }

  // Whoever has the key may write what they like.
  void grow(std::string const& path, int from, int until) {
    append_all(
        *open_log(LogOptions{.path = path, .key_path = folder.file("log.db.key"), .seals = false}),
        from, until);
  }
  std::string copy(std::string const& name) {
    std::string path = folder.file(name);
    tamper(folder.file(), "VACUUM INTO '" + path + "'");
    return path;
  }
  std::optional<Witnessed> look(std::string const& path, std::string const& trusted = {}) {
    auto const now = witness(*open_reader(path), seen, trusted);
    code = now ? "" : now.error().code;
    message = now ? "" : now.error().message;
    return now ? std::optional{now.value()} : std::nullopt;
  }

  Folder folder;
  std::optional<Witnessed> seen;
  std::string code;
  std::string message;
};

TEST_F(Witnessing, a_log_that_grew_continues_what_was_seen) {
  for (int until : {300, 301, 512, 900}) {
    grow(folder.file(), 300, until);
    auto const now = look(folder.file());
    ASSERT_TRUE(now) << message;
    EXPECT_EQ(read_witnessed(to_text(*now)).value().note, now->note);
    seen = now;
  }
}

TEST_F(Witnessing, what_was_kept_cannot_be_changed) {
  std::string const text = to_text(*seen);
  for (std::size_t place = 0; place < text.size(); place += 3) {
    std::string changed = text;
    changed[place] = static_cast<char>(changed[place] ^ 1);
    auto const read = read_witnessed(changed);
    ASSERT_FALSE(read) << place;
    EXPECT_EQ(read.error().code, "witness.unreadable");
  }
}

TEST_F(Witnessing, an_older_copy_that_was_put_back_is_refused) {
  std::string const older = copy("older.db");
  grow(folder.file(), 300, 400);
  seen = *look(folder.file());
  EXPECT_FALSE(look(older));
  EXPECT_EQ(code, "witness.shorter");
  EXPECT_NE(message.find("300"), std::string::npos);
  EXPECT_NE(message.find("400"), std::string::npos);
}

// Cut off with all that knows of it, and signed anew with the key.
TEST_F(Witnessing, a_log_that_was_cut_off_is_refused) {
  Database database = std::move(Database::open({.path = folder.file()})).value();
  std::vector<Digest> leaves;
  ASSERT_TRUE(open_reader(folder.file())->visit(1, [&](RecordRow const& row) {
    leaves.push_back(to_digest(row.hash));
    return leaves.size() < 290 ? Visit::next : Visit::stop;
  }));
  ASSERT_TRUE(database.script("DELETE FROM records WHERE sequence > 290"));
  ASSERT_TRUE(database.run("UPDATE head SET sequence = 290, root = ?",
                           Blob{as_bytes(proof::root_over(leaves))}));
  open_log(folder.file());
  EXPECT_EQ(verdict(folder.file()), "sound");
  EXPECT_FALSE(look(folder.file()));
  EXPECT_EQ(code, "witness.shorter");
}

TEST_F(Witnessing, a_log_with_as_many_other_records_is_refused) {
  std::string const older = copy("older.db");
  grow(folder.file(), 300, 400);
  seen = *look(folder.file());
  grow(older, 1'300, 1'400);
  EXPECT_EQ(verdict(older), "sound");
  EXPECT_FALSE(look(older));
  EXPECT_EQ(code, "witness.forked");
}

TEST_F(Witnessing, a_log_that_was_rewritten_and_went_on_is_refused) {
  std::string const older = copy("older.db");
  grow(folder.file(), 300, 400);
  seen = *look(folder.file());
  grow(older, 1'300, 1'700);
  EXPECT_EQ(verdict(older), "sound");
  EXPECT_FALSE(look(older));
  EXPECT_EQ(code, "witness.rewritten");
}

TEST_F(Witnessing, one_record_of_the_past_that_was_rewritten_is_refused) {
  std::string const other = folder.file("other.db");
  {  // the same log written again, but for one record
    open_log(LogOptions{.path = other});
    std::string const id = open_reader(folder.file())->store_id().value();
    std::string const key = open_reader(folder.file())->signers().value()[0].verifier_key;
    tamper(other, "UPDATE store SET id = '" + id + "'; UPDATE signers SET verifier_key = '" + key +
                      "'; UPDATE checkpoint SET signer = 0, note = ''");
  }
  grow(other, 0, 500);  // other ids: every record is another
  EXPECT_EQ(verdict(other), "sound");
  EXPECT_FALSE(look(other));
  EXPECT_EQ(code, "witness.rewritten");
}

TEST_F(Witnessing, a_proof_is_not_believed_because_the_tree_says_so) {
  grow(folder.file(), 300, 600);
  tamper(folder.file(), "UPDATE tiles SET hashes = zeroblob(8192) WHERE level = 0 AND tile = 1");
  EXPECT_FALSE(look(folder.file()));
  EXPECT_EQ(code, "witness.rewritten");
}

TEST_F(Witnessing, another_log_is_refused) {
  open_log(folder.file("other.db"));
  EXPECT_FALSE(look(folder.file("other.db")));
  EXPECT_EQ(code, "witness.other-log");
}

TEST_F(Witnessing, a_head_that_the_key_did_not_sign_is_refused) {
  grow(folder.file(), 300, 310);
  tamper(folder.file(),
         "UPDATE checkpoint SET note = replace(note, char(10) || '310', char(10) || '311')");
  EXPECT_FALSE(look(folder.file()));
  EXPECT_EQ(code, "witness.signature");
  tamper(folder.file(), "UPDATE checkpoint SET note = ''");
  EXPECT_FALSE(look(folder.file()));
  EXPECT_EQ(code, "witness.signature");
}

TEST_F(Witnessing, a_new_key_is_followed_where_the_old_one_signed_for_it) {
  for (int round = 0; round < 3; ++round) {
    auto const log = open_log(folder.file());
    ASSERT_TRUE(log->rotate_key(new_id()));
    append_all(*log, 1'000 + round, 1'001 + round);
  }
  auto const now = look(folder.file());
  ASSERT_TRUE(now) << message;
  EXPECT_EQ(now->verifier_key, open_reader(folder.file())->signers().value()[3].verifier_key);
  EXPECT_TRUE(look(folder.file()));
}

TEST_F(Witnessing, a_new_key_for_which_the_old_one_did_not_sign_needs_a_word) {
  std::filesystem::remove(folder.file("log.db.key"));
  auto const fresh = replace_lost_key({.path = folder.file()}, new_id());
  ASSERT_TRUE(fresh);
  EXPECT_FALSE(look(folder.file()));
  EXPECT_EQ(code, "witness.key");
  EXPECT_TRUE(look(folder.file(), proof::to_text(fresh.value()))) << message;
}

// The old key's signature stands under a head that does not name the new key.
TEST_F(Witnessing, a_new_key_that_no_record_names_is_refused) {
  std::string const id = open_reader(folder.file())->store_id().value();
  auto const thief = proof::make_signing_key(origin_of(id));
  auto const head = open_reader(folder.file())->signed_head().value();
  auto note = proof::read_note(head.note).value();
  note.signatures.push_back(proof::make_note(note.text, {&thief}).signatures[0]);
  std::string const handover = proof::to_text(note);
  tamper(folder.file(), "INSERT INTO signers VALUES (2, '" + proof::to_text(thief.verifier()) +
                            "', 300, '" + handover +
                            "'); UPDATE checkpoint SET signer = 2, note = '" + handover + "'");
  EXPECT_EQ(verdict(folder.file()), "verify.signer");
  EXPECT_FALSE(look(folder.file()));
  EXPECT_EQ(code, "witness.key");
}

TEST_F(Witnessing, a_key_that_was_named_is_the_one_that_counts_at_first) {
  seen.reset();
  auto const other = proof::make_signing_key("heed/00");
  EXPECT_FALSE(look(folder.file(), proof::to_text(other.verifier())));
  EXPECT_EQ(code, "witness.signature");
  EXPECT_FALSE(look(folder.file(), "nonsense"));
  EXPECT_EQ(code, "witness.key");
}

}  // namespace
}  // namespace heed::store::testing
