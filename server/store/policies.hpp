#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/source.hpp"
#include "server/store/database.hpp"

/// The sources of every policy that decided anything.
namespace heed::store {

struct StoredPolicy {
  std::string revision;  // revision_of(sources)
  std::string name;      // as the policy calls itself
  std::int64_t stored_at_us = 0;
  std::vector<SourceText> sources;  // by name
};

/// Stores a policy in a transaction of its own; one that is stored already is left as it is.
///
/// Fails with log.wrong-revision where the revision is not that of the sources.
Expected<Done, Error> insert_policy(Database& database, StoredPolicy const& policy);

/// The policy of a revision; nothing where none is stored.
Expected<std::optional<StoredPolicy>, Error> find_policy(Database& database,
                                                         std::string_view revision);

/// All revisions stored, in the order of their storing, without their sources.
Expected<std::vector<StoredPolicy>, Error> list_policies(Database& database);

}  // namespace heed::store
