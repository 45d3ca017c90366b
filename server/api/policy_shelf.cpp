#include "server/api/policy_shelf.hpp"

#include <algorithm>
#include <utility>

#include "server/store/policy_list.hpp"

namespace heed::api {

Expected<std::shared_ptr<ActivePolicy const>, NotLoaded> PolicyShelf::find(
    std::string_view revision) {
  auto const is_it = [&](auto const& policy) { return policy->rules->revision == revision; };
  {
    std::lock_guard const lock{mutex_};
    auto const kept = std::ranges::find_if(kept_, is_it);
    if (kept != kept_.end()) return *kept;
  }
  auto stored = reader_.policy(revision);
  if (!stored) return Failure<NotLoaded>{{stored.error(), {}, {}}};
  std::string const named = '`' + std::string{revision} + '`';
  if (!stored.value()) {
    Error error{"policies.unknown", "no policy of revision " + named + " is stored",
                "`GET /v1/policies` lists those that are"};
    return Failure<NotLoaded>{{std::move(error), {}, {}}};
  }
  auto compiled =
      compile_active(std::move(stored.value()->sources), "of revision " + named,
                     "it was written for another version of Heed: mend it, and put it again");
  if (!compiled) return compiled;
  std::lock_guard const lock{mutex_};
  kept_.push_front(compiled.value());
  if (kept_.size() > kept_max) kept_.pop_back();
  return compiled;
}

Expected<std::shared_ptr<ActivePolicy const>, NotLoaded> PolicyShelf::find_active() {
  auto const revision = [this] {
    auto const held = reader_.hold();
    return store::active_revision(held.database);
  }();
  if (!revision) return Failure<NotLoaded>{{revision.error(), {}, {}}};
  if (!revision.value().empty()) return find(revision.value());
  Error error{"policies.none-active", "no policy is active in the store yet",
              "name the folder of the one to begin with: `--first-policy FOLDER`"};
  return Failure<NotLoaded>{{std::move(error), {}, {}}};
}

std::string PolicyShelf::active_revision() {
  auto const held = reader_.hold();
  auto revision = store::active_revision(held.database);
  return revision ? std::move(revision).value() : std::string{};
}

PolicyOrigin store_origin(PolicyShelf& shelf) {
  return {[&shelf] { return shelf.find_active(); }, [&shelf] { return shelf.active_revision(); }};
}

}  // namespace heed::api
