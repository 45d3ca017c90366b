#include <atomic>
#include <chrono>
#include <thread>

#include "engine/base/hex.hpp"
#include "server/store/revision.hpp"
#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

constexpr int records = 300;  // one indexed block and a tail

class Verify : public ::testing::Test {
 protected:
  void SetUp() override {
    auto const log = open_log(folder.file());
    for (int number = 0; number < records; ++number) {
      Entry entry = sample_entry(number);
      if (number == 100) {
        entry.key = "key";
        entry.request = as_bytes(sha256("request"));
      }
      ASSERT_TRUE(log->append(std::move(entry), [](auto appended) { ASSERT_TRUE(appended); }));
    }
  }

  std::string path() const { return folder.file(); }

  Folder folder;
};

TEST_F(Verify, holds_for_a_log_that_nobody_touched) {
  auto const verification = verify_file(path());
  EXPECT_FALSE(verification.problem);
  EXPECT_EQ(verification.records, records);
  EXPECT_EQ(verification.last_sequence, records);
  EXPECT_EQ(verification.store_id.size(), 32u);
}

TEST_F(Verify, finds_a_change_of_any_column_of_a_record) {
  struct Case {
    char const* change;
    char const* code;
  };
  constexpr Case cases[] = {
      {"sequence = -sequence", "verify.gap"},
      {"sequence = 9999", "verify.gap"},
      {"format = 4", "verify.format"},
      {"format = 1", "verify.link"},
      {"kind = 'decisiom'", "verify.hash"},
      {"id = 'x' || substr(id, 2)", "verify.hash"},
      {"at = at + 1", "verify.hash"},
      {"recorded_at = recorded_at - 1", "verify.hash"},
      {"subject = 'c-9'", "verify.hash"},
      {"subject = ''", "verify.hash"},
      {"revision = 'x' || substr(revision, 2)", "verify.hash"},
      {"engine = '0.1.1'", "verify.hash"},
      {"key = 'kez'", "verify.hash"},
      {"request = zeroblob(32)", "verify.hash"},
      {"request = x''", "verify.hash"},
      {"previous = zeroblob(32)", "verify.link"},
      {"previous = x'00'", "verify.link"},
      {"hash = zeroblob(32)", "verify.hash"},
      {"hash = CAST(hash || x'00' AS BLOB)", "verify.hash"},
      {"marks = replace(marks, 'violated', 'threatened')", "verify.hash"},
      {"marks = marks || char(10)", "verify.hash"},
      {"\"case\" = replace(\"case\", '100', '101')", "verify.hash"},
      {"\"by\" = 't-9'", "verify.hash"},
      {"trace = '0af7651916cd43dd8448eb211c80319c'", "verify.hash"},
      {"sealed = x'01'", "verify.hash"},
      {"decision = replace(decision, 'text', 'texu')", "verify.hash"},
  };
  for (Case const& tampered : cases) {
    std::string const copy = folder.file("copy.db");
    tamper(path(), "VACUUM INTO '" + copy + "'");
    tamper(copy, std::string{"UPDATE records SET "} + tampered.change + " WHERE sequence = 101");
    auto const verification = verify_file(copy);
    ASSERT_TRUE(verification.problem) << tampered.change;
    EXPECT_EQ(verification.problem->code, tampered.code) << tampered.change;
    EXPECT_EQ(verification.problem->sequence, 101) << tampered.change;
    EXPECT_EQ(verification.records, 100) << tampered.change;
    std::remove(copy.c_str());
  }
}

TEST(VerifyBytes, finds_a_flip_of_any_byte_of_any_column) {
  Folder const folder;
  {
    auto const log = open_log(folder.file());
    for (int number = 0; number < 3; ++number) {
      Entry entry = sample_entry(number);
      entry.key = "key " + std::to_string(number);
      entry.request = as_bytes(sha256("request"));
      entry.by = "t-1";
      entry.trace = "0af7651916cd43dd8448eb211c80319c";
      ASSERT_TRUE(append(*log, std::move(entry)));
    }
  }
  struct Column {
    std::string name;
    std::string bytes;
  };
  std::vector<Column> columns;
  ASSERT_TRUE(open_reader(folder.file())->visit(2, [&](RecordRow const& row) {
    RecordColumns const& read = row.columns;
    for (auto const& [name, bytes] :
         std::initializer_list<std::pair<char const*, std::string_view>>{
             {"kind", read.kind},
             {"id", read.id},
             {"subject", read.subject},
             {"revision", read.revision},
             {"engine", read.engine},
             {"key", read.key},
             {"request", read.request},
             {"hash", row.hash},
             {"marks", read.marks},
             {"\"by\"", read.by},
             {"trace", read.trace},
             {"\"case\"", row.case_json},
             {"decision", row.decision_json}}) {
      columns.push_back({name, std::string{bytes}});
    }
    return Visit::stop;
  }));
  for (Column const& column : columns) {
    bool const blob = column.name == "request" || column.name == "hash";
    auto const write = [&](std::string const& bytes) {
      std::string const value = "x'" + to_hex(bytes) + "'";
      tamper(folder.file(), "UPDATE records SET " + column.name + " = " +
                                (blob ? value : "CAST(" + value + " AS TEXT)") +
                                " WHERE sequence = 2");
    };
    for (std::size_t place = 0; place < column.bytes.size(); place += blob ? 1 : 3) {
      std::string flipped = column.bytes;
      flipped[place] = static_cast<char>(flipped[place] ^ (1 << (place % 8)));
      write(flipped);
      auto const verification = verify_file(folder.file());
      ASSERT_TRUE(verification.problem) << column.name << " at byte " << place;
      EXPECT_EQ(verification.problem->sequence, 2) << column.name << " at byte " << place;
    }
    write(column.bytes);
  }
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST_F(Verify, finds_records_that_are_missing_moved_or_added) {
  struct Case {
    char const* sql;
    char const* code;
    std::int64_t sequence;
  };
  constexpr Case cases[] = {
      {"DELETE FROM records WHERE sequence = 1", "verify.gap", 1},
      {"DELETE FROM records WHERE sequence = 150", "verify.gap", 150},
      {"DELETE FROM records WHERE sequence = 300", "verify.gap", 300},
      {"DELETE FROM records WHERE sequence > 290", "verify.gap", 291},
      {"DELETE FROM records", "verify.gap", 1},
      {"DELETE FROM records WHERE sequence = 300; UPDATE head SET sequence = 299", "verify.head",
       299},
      {"UPDATE head SET sequence = 301", "verify.gap", 301},
      {"UPDATE head SET sequence = 299", "verify.head", 299},
      {"UPDATE head SET root = zeroblob(32)", "verify.head", 300},
      {"UPDATE head SET root = zeroblob(31)", "verify.structure", 1},
      {"DELETE FROM head", "verify.structure", 1},
      {"UPDATE store SET id = 'another'", "verify.signer", 0},
      {"DELETE FROM store", "verify.signer", 0},
      {"UPDATE records SET sequence = 1000 WHERE sequence = 5;"
       "UPDATE records SET sequence = 5 WHERE sequence = 6;"
       "UPDATE records SET sequence = 6 WHERE sequence = 1000",
       "verify.hash", 5},
      {"INSERT INTO records SELECT 301, format, kind, 'x', at, recorded_at, subject, revision,"
       "engine, key, request, previous, hash, marks, \"case\", decision, \"by\", trace, sealed, "
       "digests FROM records "
       "WHERE sequence = 300",
       "verify.surplus", 0},
  };
  for (Case const& tampered : cases) {
    std::string const copy = folder.file("copy.db");
    tamper(path(), "VACUUM INTO '" + copy + "'");
    tamper(copy, tampered.sql);
    auto const verification = verify_file(copy);
    ASSERT_TRUE(verification.problem) << tampered.sql;
    EXPECT_EQ(verification.problem->code, tampered.code) << tampered.sql;
    EXPECT_EQ(verification.problem->sequence, tampered.sequence) << tampered.sql;
    std::remove(copy.c_str());
  }
}

TEST_F(Verify, finds_what_is_no_table_of_ours) {
  struct Case {
    char const* sql;
    char const* names;
  };
  constexpr Case cases[] = {
      {"CREATE TRIGGER t AFTER INSERT ON records BEGIN DELETE FROM keys; END", "trigger t"},
      {"CREATE VIEW v AS SELECT 1", "view v"},
      {"CREATE TABLE other (a)", "table other"},
      {"DROP INDEX events_of_subject", "index events_of_subject"},
      {"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'one = 1', "
       "'one =$1') WHERE name = 'store'",
       "table store"},
  };
  for (Case const& tampered : cases) {
    std::string const copy = folder.file("copy.db");
    tamper(path(), "VACUUM INTO '" + copy + "'");
    tamper(copy, tampered.sql);
    auto const verification = verify_file(copy);
    ASSERT_TRUE(verification.problem) << tampered.sql;
    EXPECT_EQ(verification.problem->code, "verify.schema") << tampered.sql;
    EXPECT_NE(verification.problem->message.find(tampered.names), std::string::npos)
        << verification.problem->message;
    std::remove(copy.c_str());
  }
}

TEST_F(Verify, finds_changes_beside_the_records) {
  struct Case {
    char const* sql;
    char const* code;
  };
  constexpr Case cases[] = {
      {"UPDATE sources SET text = text || ' ' WHERE name = 'rules.heed'", "verify.policy"},
      {"UPDATE sources SET name = 'other.heed' WHERE name = 'rules.heed'", "verify.policy"},
      {"DELETE FROM sources WHERE name = 'rules.heed'", "verify.policy"},
      {"DELETE FROM sources; DELETE FROM policies", "verify.no-policy"},
      {"UPDATE keys SET key = 'kez'", "verify.key"},
      {"UPDATE keys SET sequence = 7", "verify.key"},
      {"DELETE FROM keys", "verify.key"},
      {"DELETE FROM blocks", "verify.index"},
      {"UPDATE blocks SET at_last = at_last - 1", "verify.index"},
      {"INSERT INTO blocks VALUES (7, 0, 0)", "verify.index"},
      {"DELETE FROM postings WHERE term = 'role:team_lead'", "verify.index"},
      {"UPDATE postings SET places = x'00' WHERE term = 'role:team_lead'", "verify.index"},
      {"UPDATE postings SET block = 2 WHERE term = 'role:team_lead'", "verify.index"},
      {"UPDATE postings SET term = 'role:legal' WHERE term = 'role:team_lead'", "verify.index"},
      {"INSERT INTO postings VALUES (1, 'rule:more', x'01')", "verify.index"},
      {"INSERT INTO postings VALUES (9, 'rule:more', x'01')", "verify.index"},
      {"UPDATE head SET blocks_indexed = 0", "verify.index"},
      {"UPDATE head SET blocks_indexed = 2", "verify.index"},
  };
  for (Case const& tampered : cases) {
    std::string const copy = folder.file("copy.db");
    tamper(path(), "VACUUM INTO '" + copy + "'");
    tamper(copy, tampered.sql);
    EXPECT_EQ(verdict(copy), tampered.code) << tampered.sql;
    std::remove(copy.c_str());
  }
}

TEST_F(Verify, hands_each_record_with_its_policy_to_the_check) {
  std::int64_t checked = 0;
  VerifyOptions options;
  options.checks = {[&](Record const& record, StoredPolicy const* policy) {
    EXPECT_EQ(record.sequence, ++checked);
    EXPECT_EQ(policy->revision, sample_revision());
    EXPECT_EQ(policy->sources.size(), 2u);
    return record.sequence == 42 ? std::optional{Objection{"this", "that", "differs"}}
                                 : std::nullopt;
  }};
  auto const verification = verify_file(path(), options);
  ASSERT_TRUE(verification.problem);
  EXPECT_EQ(verification.problem->code, "verify.decision");
  EXPECT_EQ(verification.problem->sequence, 42);
  EXPECT_EQ(verification.problem->expected, "this");
  EXPECT_EQ(verification.problem->found, "that");
  EXPECT_EQ(checked, 42);
}

TEST_F(Verify, names_the_first_bad_decision_whoever_finds_one) {
  VerifyOptions options;
  std::atomic<int> asked = 0;
  for (int job = 0; job < 3; ++job) {
    options.checks.push_back([&](Record const& record, StoredPolicy const*) {
      ++asked;
      return record.sequence == 42 || record.sequence > 60
                 ? std::optional{Objection{"this", "that", "differs"}}
                 : std::nullopt;
    });
  }
  tamper(path(), "UPDATE records SET subject = 'c-9' WHERE sequence = 99");
  auto const verification = verify_file(path(), options);
  ASSERT_TRUE(verification.problem);
  EXPECT_EQ(verification.problem->code, "verify.decision");
  EXPECT_EQ(verification.problem->sequence, 42);
  EXPECT_EQ(verification.records, 41);
  EXPECT_GE(asked, 42);
}

TEST_F(Verify, names_a_bad_decision_before_damage_that_was_read_meanwhile) {
  VerifyOptions options;
  for (int job = 0; job < 2; ++job) {
    options.checks.push_back([](Record const& record, StoredPolicy const*) {
      std::this_thread::sleep_for(std::chrono::milliseconds{record.sequence < 20 ? 2 : 0});
      return record.sequence == 10 ? std::optional{Objection{"this", "that", "differs"}}
                                   : std::nullopt;
    });
  }
  for (char const* sql :
       {"UPDATE records SET subject = 'c-9' WHERE sequence = 299",
        "DELETE FROM postings WHERE block = 1", "DELETE FROM records WHERE sequence = 280"}) {
    std::string const copy = folder.file("copy.db");
    tamper(path(), "VACUUM INTO '" + copy + "'");
    tamper(copy, sql);
    auto const verification = verify_file(copy, options);
    ASSERT_TRUE(verification.problem);
    EXPECT_EQ(verification.problem->code, "verify.decision") << sql;
    EXPECT_EQ(verification.records, 9) << sql;
    std::remove(copy.c_str());
  }
}

TEST_F(Verify, asks_about_each_record_once) {
  VerifyOptions options;
  std::vector<std::atomic<int>> asked(records + 1);
  for (int job = 0; job < 3; ++job) {
    options.checks.push_back([&](Record const& record, StoredPolicy const*) {
      ++asked[static_cast<std::size_t>(record.sequence)];
      return std::optional<Objection>{};
    });
  }
  EXPECT_EQ(verdict(path(), options), "sound");
  for (std::size_t sequence = 1; sequence <= records; ++sequence) EXPECT_EQ(asked[sequence], 1);
}

TEST_F(Verify, uses_the_revision_that_the_caller_computes) {
  VerifyOptions options;
  options.revision = [](auto) { return std::string{"another"}; };
  EXPECT_EQ(verdict(path(), options), "verify.policy");
}

TEST_F(Verify, tells_how_far_it_is) {
  std::vector<std::int64_t> told;
  VerifyOptions options;
  options.progress = [&](std::int64_t done, std::int64_t of) {
    EXPECT_EQ(of, records);
    told.push_back(done);
  };
  EXPECT_EQ(verdict(path(), options), "sound");
  EXPECT_EQ(told, (std::vector<std::int64_t>{256, 300}));
}

TEST(VerifyEmpty, holds_for_a_log_without_records) {
  Folder const folder;
  open_log(folder.file());
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST(VerifyWhileWriting, holds_for_what_the_log_held_when_it_began) {
  Folder const folder;
  auto const log = open_log(folder.file());
  append_all(*log, 0, 100);
  auto const reader = open_reader(folder.file());
  VerifyOptions options;
  int more = 100;
  options.progress = [&](std::int64_t, std::int64_t) {
    append_all(*log, more, more + 300);
    more += 300;
  };
  auto const verification = verify(*reader, options);
  ASSERT_TRUE(verification);
  EXPECT_FALSE(verification.value().problem) << verification.value().problem->message;
  EXPECT_EQ(verification.value().records, 100);
}

}  // namespace
}  // namespace heed::store::testing
