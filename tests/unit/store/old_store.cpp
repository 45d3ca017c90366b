#include "tests/unit/store/old_store.hpp"

#include "server/store/index.hpp"
#include "server/store/migrations.hpp"
#include "server/store/rows.hpp"
#include "server/store/tree.hpp"
#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

Database open_database(std::string const& path) {
  auto database = Database::open({.path = path});
  EXPECT_TRUE(database) << (database ? "" : database.error().message);
  return std::move(database).value();
}

// A row of a table from before version 4.
Expected<Done, Error> insert_old_row(Database& database, RecordColumns const& columns,
                                     Digest const& hash, Entry const& entry) {
  return database.run("INSERT INTO records VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                      columns.sequence, columns.format, columns.kind, columns.id, columns.at_us,
                      columns.recorded_at_us, columns.subject, columns.revision, columns.engine,
                      columns.key, Blob{columns.request}, Blob{columns.previous},
                      Blob{as_bytes(hash)}, columns.marks, entry.case_json, entry.decision_json);
}

}  // namespace

void write_version_3(std::string const& path, int records) {
  Database database = open_database(path);
  ASSERT_TRUE(migrate(database, migrations().first(3)));
  ASSERT_TRUE(insert_policy(database, {sample_revision(), "sample", 1, sample_sources()}));
  auto tree = GrowingTree::load(database, 0);
  ASSERT_TRUE(database.script("BEGIN"));
  for (int number = 0; number < records; ++number) {
    auto const prepared = prepare(sample_entry(number)).value();
    Entry const& entry = prepared.entry;
    RecordColumns const columns{.sequence = number + 1,
                                .format = unsealed_format,
                                .kind = entry.kind,
                                .id = entry.id,
                                .at_us = entry.at_us,
                                .recorded_at_us = 42,
                                .subject = entry.subject,
                                .revision = entry.revision,
                                .engine = entry.engine,
                                .marks = prepared.marks,
                                .case_digest = prepared.case_digest,
                                .decision_digest = prepared.decision_digest};
    Digest const hash = hash_record(columns);
    ASSERT_TRUE(insert_old_row(database, columns, hash, entry));
    ASSERT_TRUE(tree.value().append(database, hash));
  }
  ASSERT_TRUE(index_full_blocks(database, 0, records));
  ASSERT_TRUE(database.run("UPDATE head SET sequence = ?, root = ?, blocks_indexed = ?",
                           std::int64_t{records}, Blob{as_bytes(tree.value().root())},
                           std::int64_t{records / 256}));
  ASSERT_TRUE(database.script("COMMIT"));
}

void write_chain(std::string const& path, std::size_t version, int records) {
  Database database = open_database(path);
  ASSERT_TRUE(migrate(database, migrations().first(version)));
  auto id = database.query("SELECT id FROM store");
  ASSERT_TRUE(id.value().next());
  Digest previous = genesis_hash(id.value().bytes(0));
  ASSERT_TRUE(insert_policy(database, {sample_revision(), "sample", 1, sample_sources()}));
  ASSERT_TRUE(database.script("BEGIN"));
  for (int number = 0; number < records; ++number) {
    auto const prepared = prepare(sample_entry(number)).value();
    Entry const& entry = prepared.entry;
    RecordColumns const columns{.sequence = number + 1,
                                .format = chained_format,
                                .kind = entry.kind,
                                .id = entry.id,
                                .at_us = entry.at_us,
                                .recorded_at_us = 42,
                                .subject = entry.subject,
                                .revision = entry.revision,
                                .engine = entry.engine,
                                .previous = as_bytes(previous),
                                .marks = prepared.marks,
                                .case_digest = prepared.case_digest,
                                .decision_digest = prepared.decision_digest};
    Digest const hash = hash_record(columns);
    ASSERT_TRUE(insert_old_row(database, columns, hash, entry));
    previous = hash;
  }
  ASSERT_TRUE(index_full_blocks(database, 0, records));
  ASSERT_TRUE(database.run("UPDATE head SET sequence = ?, hash = ?, blocks_indexed = ?",
                           std::int64_t{records}, Blob{as_bytes(previous)},
                           std::int64_t{records / 256}));
  ASSERT_TRUE(database.script("COMMIT"));
}

}  // namespace heed::store::testing
