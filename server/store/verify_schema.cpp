#include "server/store/verify_schema.hpp"

#include <map>
#include <string>

#include "server/store/migrations.hpp"

namespace heed::store {
namespace {

/// Tables, indexes and whatever else there is, by kind and name, with the statement that makes it.
using Schema = std::map<std::string, std::string>;

Expected<Schema, Error> read_schema(Database& database) {
  auto rows = database.query("SELECT type, name, tbl_name, sql FROM sqlite_schema");
  if (!rows) return pass_on(rows);
  Schema schema;
  while (true) {
    auto const row = rows.value().next();
    if (!row) return pass_on(row);
    if (row.value() == Row::none) return schema;
    auto const& query = rows.value();
    std::string name{query.bytes(0)};
    name.append(" ").append(query.bytes(1)).append(" of ").append(query.bytes(2));
    schema.emplace(std::move(name), query.bytes(3));
  }
}

Expected<Schema, Error> our_schema() {
  auto empty = Database::in_memory();
  if (!empty) return pass_on(empty);
  if (auto made = migrate(empty.value()); !made) return pass_on(made);
  return read_schema(empty.value());
}

Finding differs(std::string const& name, std::string expected, std::string found) {
  return std::optional{Problem{"verify.schema", 0, std::move(expected), std::move(found),
                               "the file's " + name + " is not as Heed makes it"}};
}

}  // namespace

Finding examine_schema(Database& database) {
  auto const ours = our_schema();
  if (!ours) return pass_on(ours);
  auto found = read_schema(database);
  if (!found) return pass_on(found);
  for (auto const& [name, sql] : ours.value()) {
    auto const there = found.value().find(name);
    if (there == found.value().end()) return differs(name, sql, "");
    if (there->second != sql) return differs(name, sql, there->second);
    found.value().erase(there);
  }
  if (found.value().empty()) return std::optional<Problem>{};
  auto const& [name, sql] = *found.value().begin();
  return differs(name, "", sql);
}

}  // namespace heed::store
