#include "server/store/policy_list.hpp"

#include <limits>
#include <utility>

namespace heed::store {
namespace {

constexpr std::int64_t activations_shown = 20;  // of each revision

Expected<Done, Error> fill_in(Database& database, ListedPolicy& listed, std::string_view active) {
  auto writers = writers_of(database, listed.policy.revision);
  if (!writers) return pass_on(writers);
  auto activations = activations_of(database, listed.policy.revision, activations_shown);
  if (!activations) return pass_on(activations);
  listed.writers = std::move(writers).value();
  listed.activations = std::move(activations).value();
  listed.is_active = listed.policy.revision == active;
  return Done{};
}

// One more than `limit`, so that the end shows.
Expected<PolicyPage, Error> read_page(Database& database, std::int64_t before, std::size_t limit) {
  auto found = database.query(
      "SELECT revision, name, stored_at, rowid FROM policies WHERE rowid < ? "
      "ORDER BY rowid DESC LIMIT ?",
      before == 0 ? std::numeric_limits<std::int64_t>::max() : before,
      static_cast<std::int64_t>(limit) + 1);
  if (!found) return pass_on(found);
  PolicyPage page;
  std::int64_t last = 0;
  while (true) {
    auto const row = found.value().next();
    if (!row) return pass_on(row);
    if (row.value() == Row::none) return page;
    if (page.policies.size() == limit) {
      page.next = last;
      return page;
    }
    ListedPolicy listed;
    listed.policy.revision = std::string{found.value().bytes(0)};
    listed.policy.name = std::string{found.value().bytes(1)};
    listed.policy.stored_at_us = found.value().integer(2);
    last = found.value().integer(3);
    page.policies.push_back(std::move(listed));
  }
}

}  // namespace

Expected<PolicyPage, Error> list_policies(Database& database, std::int64_t before,
                                          std::size_t limit) {
  auto const active = active_revision(database);
  if (!active) return pass_on(active);
  auto page = read_page(database, before, limit);
  if (!page) return page;
  for (ListedPolicy& listed : page.value().policies) {
    if (auto filled = fill_in(database, listed, active.value()); !filled) return pass_on(filled);
  }
  return page;
}

Expected<std::optional<ListedPolicy>, Error> show_policy(Database& database,
                                                         std::string_view revision) {
  auto const active = active_revision(database);
  if (!active) return pass_on(active);
  auto found = find_policy(database, revision);
  if (!found) return pass_on(found);
  if (!found.value()) return std::optional<ListedPolicy>{};
  ListedPolicy listed;
  listed.policy = std::move(*found.value());
  if (auto filled = fill_in(database, listed, active.value()); !filled) return pass_on(filled);
  return std::optional{std::move(listed)};
}

Expected<std::string, Error> active_revision(Database& database) {
  auto last = last_activation(database);
  if (!last) return pass_on(last);
  return last.value() ? std::move(last.value()->revision) : std::string{};
}

}  // namespace heed::store
