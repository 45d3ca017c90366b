#include "server/store/policies.hpp"

#include "server/store/revision.hpp"

namespace heed::store {
namespace {

StoredPolicy read_policy(Query const& row) {
  return {.revision = std::string{row.bytes(0)},
          .name = std::string{row.bytes(1)},
          .stored_at_us = row.integer(2),
          .sources = {}};
}

Expected<Done, Error> insert_within(Database& database, StoredPolicy const& policy,
                                    PolicyWriter const& writer) {
  if (auto begun = database.run("BEGIN IMMEDIATE"); !begun) return begun;
  auto const known = find_policy(database, policy.revision);
  if (!known) return pass_on(known);
  if (!known.value()) {
    if (auto stored = database.run("INSERT INTO policies VALUES (?, ?, ?)", policy.revision,
                                   policy.name, policy.stored_at_us);
        !stored) {
      return stored;
    }
    for (SourceText const& source : policy.sources) {
      if (auto stored = database.run("INSERT INTO sources VALUES (?, ?, ?)", policy.revision,
                                     source.name, source.text);
          !stored) {
        return stored;
      }
    }
  }
  if (!writer.by.empty()) {
    auto const kept = database.run("INSERT OR IGNORE INTO writers VALUES (?, ?, ?)",
                                   policy.revision, writer.by, writer.at_us);
    if (!kept) return kept;
  }
  return database.run("COMMIT");
}

}  // namespace

Expected<Done, Error> insert_policy(Database& database, StoredPolicy const& policy,
                                    PolicyWriter const& writer) {
  if (revision_of(policy.sources) != policy.revision) {
    return Failure<Error>{{"log.wrong-revision",
                           "`" + policy.revision + "` is not the revision of these sources", ""}};
  }
  auto inserted = insert_within(database, policy, writer);
  if (!inserted) database.roll_back();
  return inserted;
}

Expected<std::vector<PolicyWriter>, Error> writers_of(Database& database,
                                                      std::string_view revision) {
  auto found =
      database.query(R"(SELECT "by", at FROM writers WHERE revision = ? ORDER BY "by")", revision);
  if (!found) return pass_on(found);
  std::vector<PolicyWriter> writers;
  while (true) {
    auto const row = found.value().next();
    if (!row) return pass_on(row);
    if (row.value() == Row::none) return writers;
    writers.push_back({std::string{found.value().bytes(0)}, found.value().integer(1)});
  }
}

Expected<std::optional<StoredPolicy>, Error> find_policy(Database& database,
                                                         std::string_view revision) {
  auto found =
      database.query("SELECT revision, name, stored_at FROM policies WHERE revision = ?", revision);
  if (!found) return pass_on(found);
  auto const row = found.value().next();
  if (!row) return pass_on(row);
  if (row.value() == Row::none) return std::optional<StoredPolicy>{};
  StoredPolicy policy = read_policy(found.value());
  auto sources =
      database.query("SELECT name, text FROM sources WHERE revision = ? ORDER BY name", revision);
  if (!sources) return pass_on(sources);
  while (true) {
    auto const source = sources.value().next();
    if (!source) return pass_on(source);
    if (source.value() == Row::none) return std::optional{std::move(policy)};
    policy.sources.push_back({.name = std::string{sources.value().bytes(0)},
                              .text = std::string{sources.value().bytes(1)}});
  }
}

Expected<std::vector<StoredPolicy>, Error> list_policies(Database& database) {
  auto found = database.query("SELECT revision, name, stored_at FROM policies ORDER BY rowid");
  if (!found) return pass_on(found);
  std::vector<StoredPolicy> policies;
  while (true) {
    auto const row = found.value().next();
    if (!row) return pass_on(row);
    if (row.value() == Row::none) return policies;
    policies.push_back(read_policy(found.value()));
  }
}

}  // namespace heed::store
