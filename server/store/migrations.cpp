#include "server/store/migrations.hpp"

#include <array>
#include <cstdint>

#include "server/store/envelope.hpp"
#include "server/store/rows.hpp"
#include "server/store/tree.hpp"

namespace heed::store {
namespace {

// Columns that a list reads come before the two long ones, which SQLite then need not load.
constexpr auto version_1 = R"(
CREATE TABLE store (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL) STRICT;
INSERT INTO store VALUES (1, lower(hex(randomblob(16))));

CREATE TABLE head (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  sequence INTEGER NOT NULL,
  hash BLOB NOT NULL,
  blocks_indexed INTEGER NOT NULL,
  keys_expired INTEGER NOT NULL
) STRICT;

CREATE TABLE records (
  sequence INTEGER PRIMARY KEY,
  format INTEGER NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  subject TEXT NOT NULL,
  revision TEXT NOT NULL,
  engine TEXT NOT NULL,
  key TEXT NOT NULL,
  request BLOB NOT NULL,
  previous BLOB NOT NULL,
  hash BLOB NOT NULL,
  marks TEXT NOT NULL,
  "case" TEXT NOT NULL,
  decision TEXT NOT NULL
) STRICT;

CREATE TABLE keys (key TEXT PRIMARY KEY, sequence INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE blocks (
  block INTEGER PRIMARY KEY,
  at_first INTEGER NOT NULL,
  at_last INTEGER NOT NULL
) STRICT;

CREATE TABLE postings (
  block INTEGER NOT NULL,
  term TEXT NOT NULL,
  places BLOB NOT NULL,
  PRIMARY KEY (block, term)
) STRICT, WITHOUT ROWID;

CREATE TABLE policies (
  revision TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  stored_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sources (
  revision TEXT NOT NULL REFERENCES policies,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (revision, name)
) STRICT;
)";

// Events of customers' histories. Rows of `events` are never changed, so that sequences have no
// gaps. The second index serves the view of a customer: its rows are in the order of recording.
constexpr auto version_2 = R"(
CREATE TABLE events (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  event TEXT NOT NULL,
  subject TEXT NOT NULL,
  at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  fields TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT;
CREATE INDEX events_of_subject ON events (subject, event, at);
CREATE INDEX events_as_recorded ON events (subject);
CREATE INDEX events_by_time ON events (event, at);

CREATE TABLE event_keys (
  key TEXT PRIMARY KEY,
  request BLOB NOT NULL,
  sequence INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX event_keys_by_age ON event_keys (recorded_at);
)";

// The tree over all records in the place of the chain that bound each one to the one before: the
// head holds its root. Rows of `tiles` are never deleted, those of leaves never changed.
constexpr auto version_3 = R"(
ALTER TABLE head RENAME COLUMN hash TO root;

CREATE TABLE tiles (
  level INTEGER NOT NULL,
  tile INTEGER NOT NULL,
  hashes BLOB NOT NULL,
  UNIQUE (level, tile)
) STRICT;

CREATE TABLE signers (
  number INTEGER PRIMARY KEY,
  verifier_key TEXT NOT NULL,
  since INTEGER NOT NULL,
  handover TEXT NOT NULL
) STRICT;

CREATE TABLE checkpoint (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  signer INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;
INSERT INTO checkpoint VALUES (1, 0, 0, '');
)";

// Who did it, in which trace, and what is sealed of it. `digests` stands for the columns of a
// record that were dropped for their age. A sealed value opens with the key that its bytes name;
// keys are wrapped by the master key, which is no part of the store: `master_key` knows it again.
constexpr auto version_4 = R"(
ALTER TABLE records ADD COLUMN "by" TEXT NOT NULL DEFAULT '';
ALTER TABLE records ADD COLUMN trace TEXT NOT NULL DEFAULT '';
ALTER TABLE records ADD COLUMN sealed BLOB NOT NULL DEFAULT x'';
ALTER TABLE records ADD COLUMN digests BLOB NOT NULL DEFAULT x'';
ALTER TABLE events ADD COLUMN sealed BLOB NOT NULL DEFAULT x'';

CREATE TABLE master_key (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL) STRICT;

CREATE TABLE subject_keys (
  number INTEGER PRIMARY KEY,
  wrapped BLOB NOT NULL
) STRICT;

CREATE TABLE keys_in_use (
  subject TEXT NOT NULL,
  record TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (subject, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE retention (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  records INTEGER NOT NULL,
  events INTEGER NOT NULL,
  records_done INTEGER NOT NULL,
  events_done INTEGER NOT NULL
) STRICT;

CREATE TABLE erased_keys (number INTEGER PRIMARY KEY, sequence INTEGER NOT NULL) STRICT;
)";

// Who wrote a policy, and where the records are that say which one is active: few among many.
constexpr auto version_5 = R"(
CREATE TABLE writers (
  revision TEXT NOT NULL REFERENCES policies,
  "by" TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (revision, "by")
) STRICT;
CREATE INDEX activations ON records (revision) WHERE kind = 'policy';
)";

// What stands in which of 64 blocks: a search need not ask each of them. The select is that of
// select_span in index.hpp, for all spans that are full.
constexpr auto version_6 = R"(
CREATE TABLE spans (
  span INTEGER NOT NULL,
  term TEXT NOT NULL,
  blocks INTEGER NOT NULL,
  PRIMARY KEY (span, term)
) STRICT, WITHOUT ROWID;
INSERT INTO spans
  SELECT (block - 1) / 64 + 1, term, sum(1 << ((block - 1) % 64)) FROM postings, head
  WHERE block <= blocks_indexed / 64 * 64 GROUP BY 1, 2;
)";

// The head of an empty log: SQLite cannot hash.
Expected<Done, Error> insert_head(Database& database) {
  auto store = database.query("SELECT id FROM store");
  if (!store) return pass_on(store);
  if (auto row = store.value().next(); !row) return pass_on(row);
  Digest const genesis = genesis_hash(store.value().bytes(0));
  return database.run("INSERT INTO head VALUES (1, 0, ?, 0, 0)", Blob{as_bytes(genesis)});
}

// The head and the genesis hash of a log whose records are a chain.
struct Chain {
  std::int64_t last = 0;
  Digest head{};
  Digest genesis{};
};

Expected<Chain, Error> read_chain(Database& database) {
  auto read = database.query("SELECT head.sequence, head.root, store.id FROM head, store");
  if (!read) return pass_on(read);
  auto const row = read.value().next();
  if (!row) return pass_on(row);
  if (row.value() == Row::none) return Chain{};
  return Chain{read.value().integer(0), to_digest(read.value().bytes(1)),
               genesis_hash(read.value().bytes(2))};
}

Failure<Error> not_as_written(std::int64_t sequence) {
  return {{"log.corrupt",
           "record " + std::to_string(sequence) + " of the log is not what was written",
           "keep the file as it is and restore a backup; `heed log verify` of the version that "
           "wrote it says more"}};
}

// Plants the tree over the records of a chain, which must hold: a tree over what was changed before
// would make it look true.
Expected<Done, Error> plant_tree(Database& database) {
  static std::string const sql = select_old_records("WHERE r.sequence >= 1 ORDER BY r.sequence");
  auto chain = read_chain(database);
  if (!chain) return pass_on(chain);
  auto tree = GrowingTree::load(database, 0);
  if (!tree) return pass_on(tree);
  Digest previous = chain.value().genesis;
  {
    auto rows = database.query(sql);
    if (!rows) return pass_on(rows);
    while (true) {
      auto const found = rows.value().next();
      if (!found) return pass_on(found);
      if (found.value() == Row::none) break;
      RecordRow row = read_row(rows.value());
      fill_digests(row);
      Digest const hash = hash_record(row.columns);
      if (row.columns.sequence != tree.value().size() + 1 || row.hash != as_bytes(hash) ||
          row.columns.previous != as_bytes(previous)) {
        return not_as_written(tree.value().size() + 1);
      }
      previous = hash;
      auto const grown = tree.value().append(database, leaf_of(row.columns));
      if (!grown) return grown;
    }
  }
  if (tree.value().size() != chain.value().last || previous != chain.value().head)
    return not_as_written(tree.value().size() + 1);
  return database.run("UPDATE head SET root = ?", Blob{as_bytes(tree.value().root())});
}

std::int64_t last_version(std::span<Migration const> steps) {
  return static_cast<std::int64_t>(steps.size());
}

Failure<Error> too_new(std::int64_t version, std::int64_t newest) {
  return {{"log.too-new",
           "the log is of version " + std::to_string(version) + ", this program knows " +
               std::to_string(newest),
           "use the program that wrote it, or a newer one"}};
}

Expected<Done, Error> take_step(Database& database, std::span<Migration const> steps,
                                std::int64_t version) {
  Migration const& step = steps[static_cast<std::size_t>(version)];
  if (auto made = database.script(step.sql); !made) return made;
  if (step.then != nullptr) {
    if (auto made = step.then(database); !made) return made;
  }
  return database.script("PRAGMA application_id = " + std::to_string(application_id) +
                         "; PRAGMA user_version = " + std::to_string(version + 1) + "; COMMIT");
}

}  // namespace

std::span<Migration const> migrations() {
  static std::array<Migration, 6> const ours{{{version_1, insert_head},
                                              {version_2},
                                              {version_3, plant_tree},
                                              {version_4},
                                              {version_5},
                                              {version_6}}};
  return ours;
}

Expected<Done, Error> migrate(Database& database, std::span<Migration const> steps) {
  while (true) {
    // The version is read under the lock: another program may be migrating the same file.
    if (auto begun = database.script("BEGIN IMMEDIATE"); !begun) return begun;
    auto const version = database.read_integer("PRAGMA user_version");
    if (!version || version.value() >= last_version(steps)) {
      database.roll_back();
      if (!version) return pass_on(version);
      if (version.value() == last_version(steps)) return Done{};
      return too_new(version.value(), last_version(steps));
    }
    if (auto taken = take_step(database, steps, version.value()); !taken) {
      database.roll_back();
      return taken;
    }
  }
}

Expected<Done, Error> check_version(Database& database, std::span<Migration const> steps) {
  auto const version = database.read_integer("PRAGMA user_version");
  if (!version) return pass_on(version);
  if (version.value() > last_version(steps)) return too_new(version.value(), last_version(steps));
  if (version.value() < last_version(steps)) {
    return Failure<Error>{{"log.too-old",
                           "the log is of version " + std::to_string(version.value()) +
                               ", this program reads " + std::to_string(last_version(steps)),
                           "start the server on it once, which brings it up to date"}};
  }
  return Done{};
}

}  // namespace heed::store
