#include "tests/unit/store/tampering.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>

#include "engine/base/hex.hpp"
#include "server/store/head.hpp"
#include "server/store/rows.hpp"
#include "server/store/tree.hpp"

namespace heed::store::testing {
namespace {

std::size_t below(std::mt19937& chance, std::size_t limit) {
  return std::uniform_int_distribution<std::size_t>{0, limit - 1}(chance);
}

struct CloseDatabase {
  void operator()(sqlite3* connection) const { sqlite3_close(connection); }
};
struct FreeValue {
  void operator()(sqlite3_value* value) const { sqlite3_value_free(value); }
};
using Connection = std::unique_ptr<sqlite3, CloseDatabase>;
using Value = std::unique_ptr<sqlite3_value, FreeValue>;
using Row = std::vector<Value>;

struct Rows {
  std::vector<std::string> columns;
  std::vector<Row> rows;
};

Connection connect(std::string const& path) {
  sqlite3* connection = nullptr;
  sqlite3_open(path.c_str(), &connection);
  Connection opened{connection};
  sqlite3_exec(connection,
               "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; "
               "PRAGMA synchronous = OFF",
               nullptr, nullptr, nullptr);
  return opened;
}

// Runs a statement with these values; nothing where SQLite refuses.
std::optional<Rows> run(sqlite3* connection, std::string const& sql,
                        std::vector<sqlite3_value*> const& values = {}) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(connection, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) return {};
  int place = 0;
  for (sqlite3_value* value : values) sqlite3_bind_value(statement, ++place, value);
  Rows found;
  for (int column = 0; column < sqlite3_column_count(statement); ++column)
    found.columns.emplace_back(sqlite3_column_name(statement, column));
  int result = SQLITE_ROW;
  while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
    Row row;
    for (int column = 0; column < sqlite3_column_count(statement); ++column)
      row.emplace_back(sqlite3_value_dup(sqlite3_column_value(statement, column)));
    found.rows.push_back(std::move(row));
  }
  sqlite3_finalize(statement);
  if (result != SQLITE_DONE) return {};
  return found;
}

std::string bytes_of(sqlite3_value* value) {
  auto const* const data = static_cast<char const*>(sqlite3_value_blob(value));
  auto const count = static_cast<std::size_t>(sqlite3_value_bytes(value));
  return data == nullptr ? std::string{} : std::string{data, count};
}

// The value with one thing about it changed, as a literal of SQL.
std::string changed(sqlite3_value* value, std::mt19937& chance) {
  int const type = sqlite3_value_type(value);
  if (type == SQLITE_INTEGER) {
    auto const bit = std::int64_t{1} << below(chance, 40);
    return std::to_string(sqlite3_value_int64(value) ^ bit);
  }
  std::string bytes = bytes_of(value);
  auto const way = bytes.empty() ? 1 : below(chance, 8);
  if (way == 0) bytes.pop_back();
  if (way == 1) bytes += 'x';
  if (way > 1) {
    char& byte = bytes[below(chance, bytes.size())];
    byte = static_cast<char>(byte ^ (1 << below(chance, 8)));
  }
  std::string const literal = "x'" + to_hex(bytes) + "'";
  return type == SQLITE_TEXT ? "CAST(" + literal + " AS TEXT)" : literal;
}

std::string join(std::vector<std::string> const& words, std::string const& before,
                 std::string const& after, std::string const& between) {
  std::string text;
  for (std::string const& word : words)
    text += (text.empty() ? "" : between) + before + word + after;
  return text;
}

// A table with its rows, and what can be done to them. Each answers what it did, or nothing where
// SQLite refused.
class Table {
 public:
  Table(sqlite3* connection, Covered const& covered, std::mt19937& chance)
      : connection_{connection}, covered_{covered}, chance_{chance} {
    auto rows = run(connection, "SELECT * FROM " + covered.name + " ORDER BY rowid");
    if (!rows) rows = run(connection, "SELECT * FROM " + covered.name);
    if (rows) rows_ = std::move(*rows);
  }

  std::optional<Tampering> tamper() {
    if (rows_.rows.empty()) return {};
    bool const one_row = rows_.rows.size() == 1;
    switch (below(chance_, one_row ? 3 : 8)) {
      case 0:
        return cut();
      case 3:
        return insert();
      case 4:
      case 5:
        return swap();
      case 6:
        return repeat();
      default:
        return change();
    }
  }

 private:
  bool is_key(std::string const& column) const {
    return std::ranges::find(covered_.key, column) != covered_.key.end();
  }
  sqlite3_value* value(std::size_t row, std::string const& column) const {
    auto const place = std::ranges::find(rows_.columns, column) - rows_.columns.begin();
    return rows_.rows[row][static_cast<std::size_t>(place)].get();
  }
  std::vector<sqlite3_value*> key_of(std::size_t row) const {
    std::vector<sqlite3_value*> key;
    for (std::string const& column : covered_.key) key.push_back(value(row, column));
    return key;
  }
  std::string where() const { return " WHERE " + join(covered_.key, "\"", "\" = ?", " AND "); }

  Tampering done(std::string const& what, std::size_t row) const {
    Tampering tampering{what + " row " + std::to_string(row) + " of " + covered_.name,
                        covered_.name, 0, covered_.codes};
    if (covered_.name == "records")
      tampering.sequence = sqlite3_value_int64(value(row, "sequence"));
    return tampering;
  }

  // Deletes a row, or all from it on.
  std::optional<Tampering> cut() {
    std::size_t const row = below(chance_, rows_.rows.size());
    std::size_t const last = below(chance_, 4) == 0 ? rows_.rows.size() : row + 1;
    for (std::size_t place = row; place < last; ++place)
      if (!run(connection_, "DELETE FROM " + covered_.name + where(), key_of(place))) return {};
    return done(last == row + 1 ? "deleted" : "deleted all from", row);
  }

  std::optional<Tampering> change() {
    std::size_t const row = below(chance_, rows_.rows.size());
    std::string const column = rows_.columns[below(chance_, rows_.columns.size())];
    if (covered_.not_of_it.contains(column)) return {};
    std::string const fresh = changed(value(row, column), chance_);
    auto const set = "UPDATE " + covered_.name + " SET \"" + column + "\" = " + fresh + where();
    if (!run(connection_, set, key_of(row))) return {};
    auto tampering = done("changed `" + column + "` of", row);
    return tampering;
  }

  bool put(std::size_t contents, std::vector<sqlite3_value*> const& key) {
    std::vector<sqlite3_value*> values;
    for (std::string const& column : rows_.columns) {
      auto const place = std::ranges::find(covered_.key, column) - covered_.key.begin();
      values.push_back(is_key(column) ? key[static_cast<std::size_t>(place)]
                                      : value(contents, column));
    }
    std::vector<std::string> const marks(values.size(), "?");
    return run(connection_,
               "INSERT INTO " + covered_.name + " VALUES (" + join(marks, "", "", ",") + ")",
               values)
        .has_value();
  }

  bool remove(std::size_t row) {
    return run(connection_, "DELETE FROM " + covered_.name + where(), key_of(row)).has_value();
  }

  // Two rows change places.
  std::optional<Tampering> swap() {
    std::size_t const one = below(chance_, rows_.rows.size());
    std::size_t const other = below(chance_, rows_.rows.size());
    if (one == other || !remove(one) || !remove(other)) return {};
    if (!put(one, key_of(other)) || !put(other, key_of(one))) return {};
    return done("swapped with another", std::min(one, other));
  }

  // One row stands in the place of another; of a record under an id that is free.
  std::optional<Tampering> repeat() {
    std::size_t const one = below(chance_, rows_.rows.size());
    std::size_t const other = below(chance_, rows_.rows.size());
    if (one == other || !remove(other)) return {};
    free_id(one);
    if (!put(one, key_of(other))) return {};
    return done("repeated another in", std::min(one, other));
  }

  // A copy of a row under the next key.
  std::optional<Tampering> insert() {
    std::size_t const row = below(chance_, rows_.rows.size());
    free_id(row);
    std::string fresh;
    for (std::string const& column : rows_.columns) {
      std::string const quoted = "\"" + column + "\"";
      bool const counts = sqlite3_value_type(value(row, column)) == SQLITE_INTEGER;
      std::string next = quoted + " || 'x'";
      if (counts) next = "(SELECT max(" + quoted + ") + 1 FROM " + covered_.name + ")";
      fresh += (fresh.empty() ? "" : ", ") + (is_key(column) ? next : quoted);
    }
    if (!run(connection_,
             "INSERT INTO " + covered_.name + " SELECT " + fresh + " FROM " + covered_.name +
                 where(),
             key_of(row))) {
      return {};
    }
    auto tampering = done("added a copy of", row);
    tampering.sequence = 0;
    return tampering;
  }

  // No two records share an id: the one that is copied gives its own up.
  void free_id(std::size_t row) {
    if (covered_.name == "records")
      run(connection_, "UPDATE records SET id = 'x' || substr(id, 2)" + where(), key_of(row));
  }

  sqlite3* connection_;
  Covered const& covered_;
  std::mt19937& chance_;
  Rows rows_;
};

// The tree over the rows as they are, and the head over it.
void make_fit(Database& database) {
  std::int64_t const count = database.read_integer("SELECT count(*) FROM records").value();
  ASSERT_TRUE(database.run("DELETE FROM tiles"));
  auto tree = GrowingTree::load(database, 0);
  std::vector<Digest> leaves;
  {
    auto rows = database.query(select_records("ORDER BY r.sequence"));
    ASSERT_TRUE(rows);
    while (rows.value().next().value() == store::Row::ready) {
      RecordRow row = read_row(rows.value());
      fill_digests(row);
      leaves.push_back(hash_record(row.columns));
    }
  }
  for (std::size_t place = 0; place < leaves.size(); ++place) {
    ASSERT_TRUE(tree.value().append(database, leaves[place]));
    ASSERT_TRUE(database.run("UPDATE records SET hash = ? WHERE sequence = ?",
                             Blob{as_bytes(leaves[place])}, static_cast<std::int64_t>(place) + 1));
  }
  ASSERT_TRUE(database.run("UPDATE head SET sequence = ?, root = ?, blocks_indexed = ?", count,
                           Blob{as_bytes(tree.value().root())}, count / 256));
}

std::string dump(sqlite3* connection, std::string const& sql) {
  auto const rows = run(connection, sql);
  if (!rows) return "unreadable";
  std::string text = sql + "\n";
  for (Row const& row : rows->rows) {
    for (Value const& value : row)
      text += std::to_string(sqlite3_value_type(value.get())) + bytes_of(value.get()) + '\x1f';
    text += '\n';
  }
  return text;
}

std::string read_file(std::string const& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

std::vector<Covered> const& covered_tables() {
  static std::vector<Covered> const tables{
      {"records",
       {"sequence"},
       {},
       {"verify.gap", "verify.surplus", "verify.hash", "verify.link", "verify.format",
        "verify.kind", "verify.dropped"}},
      {"head", {"one"}, {"keys_expired"}, {}},
      {"tiles", {"level", "tile"}, {}, {"verify.tree"}},
      {"signers", {"number"}, {}, {"verify.signer", "verify.signature"}},
      {"checkpoint", {"one"}, {}, {}},
      {"policies", {"revision"}, {"name", "stored_at"}, {"verify.no-policy", "verify.policy"}},
      {"sources", {"revision", "name"}, {}, {"verify.policy", "verify.no-policy"}},
      {"keys", {"key"}, {}, {"verify.key"}},
      {"blocks", {"block"}, {}, {"verify.index"}},
      {"postings", {"block", "term"}, {}, {"verify.index"}},
      {"store", {"one"}, {}, {}}};
  return tables;
}

std::set<std::string> const& tables_not_covered() {
  static std::set<std::string> const tables{"events",       "event_keys",
                                            "subject_keys", "master_key",
                                            "keys_in_use",  "erased_keys",
                                            "retention",    "writers",
                                            "spans"};  // no log here has 64 blocks: test_spans.cpp
  return tables;
}

Tampering tamper_with_rows(std::string const& path, std::mt19937& chance) {
  auto const connection = connect(path);
  while (true) {
    run(connection.get(), "BEGIN");
    // Records half of the time: they are what counts.
    auto const& tables = covered_tables();
    auto const choice = below(chance, 2 * tables.size());
    Covered const& covered = tables[choice < tables.size() ? choice : 0];
    auto done = Table{connection.get(), covered, chance}.tamper();
    run(connection.get(), done ? "COMMIT" : "ROLLBACK");
    if (done) return *done;
  }
}

Tampering forge(std::string const& path, std::mt19937& chance) {
  auto opened = Database::open({.path = path});
  EXPECT_TRUE(opened);
  Database& database = opened.value();
  EXPECT_TRUE(database.script("BEGIN"));
  auto const last = database.read_integer("SELECT sequence FROM head").value();
  auto const place =
      static_cast<std::int64_t>(below(chance, static_cast<std::size_t>(last - 1)) + 1);
  bool const cuts = below(chance, 3) == 0;
  std::string const at = std::to_string(place);
  if (cuts) {
    EXPECT_TRUE(database.script("DELETE FROM records WHERE sequence > " + at +
                                "; DELETE FROM blocks WHERE block > " + at +
                                " / 256; DELETE FROM postings WHERE block > " + at +
                                " / 256; DELETE FROM keys WHERE sequence > " + at));
  } else {
    EXPECT_TRUE(
        database.script("UPDATE records SET recorded_at = recorded_at + 1 WHERE sequence = " + at));
  }
  make_fit(database);
  EXPECT_TRUE(database.script("COMMIT"));
  return {(cuts ? "cut behind record " : "forged record ") + at,
          "records",
          0,
          {"verify.signature", "verify.signer"}};
}

Tampering tamper_with_bytes(std::string const& path, std::mt19937& chance) {
  constexpr std::size_t page = 16'384;
  std::string file = read_file(path);
  std::size_t const at = below(chance, file.size());
  std::size_t const one = at / page * page;
  std::size_t const other = below(chance, file.size()) / page * page;
  std::string what;
  switch (below(chance, 8)) {
    case 0:
      file.resize(at / 512 * 512);
      what = "cut the file";
      break;
    case 1:
      file.replace(one, page, std::string{file.substr(other, page)});
      what = "copied page " + std::to_string(other / page) + " over the one";
      break;
    case 2: {
      std::string const kept = file.substr(one, page);
      file.replace(one, page, std::string{file.substr(other, page)});
      file.replace(other, page, kept);
      what = "swapped page " + std::to_string(other / page) + " with the one";
      break;
    }
    case 3:
      file.replace(at / 512 * 512, 512, 512, static_cast<char>(below(chance, 256)));
      what = "overwrote the sector";
      break;
    default:
      file[at] = static_cast<char>(file[at] ^ (1 << below(chance, 8)));
      what = "flipped a bit";
  }
  std::ofstream{path, std::ios::binary} << file;
  return {what + " at byte " + std::to_string(at), {}, 0, {}};
}

Said what_it_says(std::string const& path) {
  auto const connection = connect(path);
  auto const tables = run(connection.get(), "SELECT name FROM sqlite_schema WHERE type = 'table'");
  if (!tables) return {"unreadable", "unreadable"};
  Said said;
  for (Covered const& covered : covered_tables()) {
    auto const columns = run(connection.get(), "SELECT * FROM " + covered.name + " LIMIT 0");
    if (!columns) return {"unreadable", "unreadable"};
    std::vector<std::string> names;
    for (std::string const& column : columns->columns)
      if (!covered.not_of_it.contains(column)) names.push_back(column);
    said.covered +=
        dump(connection.get(), "SELECT " + join(names, "\"", "\"", ", ") + " FROM " + covered.name +
                                   " ORDER BY " + join(covered.key, "\"", "\"", ", "));
  }
  said.other = dump(connection.get(), "SELECT * FROM sqlite_schema");
  for (std::string const& table : tables_not_covered())
    said.other += dump(connection.get(), "SELECT * FROM " + table);
  said.other += dump(connection.get(), "SELECT * FROM policies");
  said.other += dump(connection.get(), "SELECT * FROM head");
  return said;
}

}  // namespace heed::store::testing
