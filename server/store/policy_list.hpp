#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/activations.hpp"
#include "server/store/policies.hpp"

/// The policies of a store as their owners see them.
namespace heed::store {

struct ListedPolicy {
  StoredPolicy policy;                        // without its sources, where it is one of a list
  std::vector<PolicyWriter> writers;          // by id; empty where it came from a folder alone
  std::vector<ActivationRecord> activations;  // the newest first, some of them
  bool is_active = false;
};

struct PolicyPage {
  std::vector<ListedPolicy> policies;  // the one stored last first
  std::int64_t next = 0;               // where the next page begins; 0 where there is none
};

/// A page of all revisions. `before` is the `next` of the page before, 0 for the first.
Expected<PolicyPage, Error> list_policies(Database& database, std::int64_t before,
                                          std::size_t limit);

/// A revision with its sources; nothing where it is not stored.
Expected<std::optional<ListedPolicy>, Error> show_policy(Database& database,
                                                         std::string_view revision);

/// The revision of the newest activation; empty where the log has none.
Expected<std::string, Error> active_revision(Database& database);

}  // namespace heed::store
