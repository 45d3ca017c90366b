#include "server/store/verify_surplus.hpp"

#include "server/store/policies.hpp"

namespace heed::store {
namespace {

Finding sound() {
  return std::optional<Problem>{};
}

// The first row of `sql` is one that should not be: the record that it is about, and what it says.
Finding none_of(Database& database, std::string_view sql, std::string_view code,
                std::string_view message) {
  auto rows = database.query(sql);
  if (!rows) return pass_on(rows);
  auto const row = rows.value().next();
  if (!row) return pass_on(row);
  if (row.value() == Row::none) return sound();
  return std::optional{Problem{code, rows.value().integer(0), "",
                               std::string{rows.value().bytes(1)}, std::string{message}}};
}

Finding examine_policies(
    Database& database,
    std::function<std::string(std::span<SourceText const>)> const& revision_of_sources) {
  auto const listed = list_policies(database);
  if (!listed) return pass_on(listed);
  for (StoredPolicy const& policy : listed.value()) {
    auto const stored = find_policy(database, policy.revision);
    if (!stored) return pass_on(stored);
    if (!stored.value()) continue;
    std::string computed = revision_of_sources(stored.value()->sources);
    if (computed == policy.revision) continue;
    return std::optional{Problem{"verify.policy", 0, policy.revision, std::move(computed),
                                 "the sources of a policy that is stored are not its own"}};
  }
  return none_of(database,
                 "SELECT 0, revision || ' ' || name FROM sources WHERE revision NOT IN "
                 "(SELECT revision FROM policies) LIMIT 1",
                 "verify.policy", "a source is stored that is of no policy");
}

}  // namespace

Finding examine_surplus(
    Database& database,
    std::function<std::string(std::span<SourceText const>)> const& revision_of_sources) {
  auto found = examine_policies(database, revision_of_sources);
  if (!found || found.value()) return found;
  found = none_of(database,
                  "SELECT k.sequence, k.key FROM keys AS k LEFT JOIN records AS r ON "
                  "r.sequence = k.sequence AND r.key = k.key WHERE r.sequence IS NULL LIMIT 1",
                  "verify.key", "an idempotency key leads to a record that did not come with it");
  if (!found || found.value()) return found;
  found = none_of(database,
                  "SELECT sequence, (SELECT count(*) FROM tiles WHERE level = 0) AS held FROM head "
                  "WHERE held < sequence / 256",
                  "verify.tree", "a tile of the tree is missing");
  if (!found || found.value()) return found;
  return none_of(database,
                 "SELECT 0, 'store' FROM store WHERE one <> 1 UNION ALL SELECT 0, 'head' FROM head "
                 "WHERE one <> 1 UNION ALL SELECT 0, 'checkpoint' FROM checkpoint WHERE one <> 1",
                 "verify.structure", "a table of one row has another");
}

}  // namespace heed::store
