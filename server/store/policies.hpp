#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/source.hpp"
#include "server/store/database.hpp"

/// The sources of every policy that decided anything, and of drafts that wait for it.
namespace heed::store {

struct StoredPolicy {
  std::string revision;  // revision_of(sources)
  std::string name;      // as the policy calls itself
  std::int64_t stored_at_us = 0;
  std::vector<SourceText> sources;  // by name
};

/// Who put a policy into the store: a token's id. Who put one that another had put before wrote it
/// as well.
struct PolicyWriter {
  std::string by;
  std::int64_t at_us = 0;  // for the first time
};

/// Stores a policy in a transaction of its own; one that is stored already is left as it is. Where
/// `by` is not empty, it is kept as one of its writers.
///
/// Fails with log.wrong-revision where the revision is not that of the sources.
Expected<Done, Error> insert_policy(Database& database, StoredPolicy const& policy,
                                    PolicyWriter const& writer = {});

/// Who wrote a policy, by id.
Expected<std::vector<PolicyWriter>, Error> writers_of(Database& database,
                                                      std::string_view revision);

/// The policy of a revision; nothing where none is stored.
Expected<std::optional<StoredPolicy>, Error> find_policy(Database& database,
                                                         std::string_view revision);

/// All revisions stored, in the order of their storing, without their sources.
Expected<std::vector<StoredPolicy>, Error> list_policies(Database& database);

}  // namespace heed::store
