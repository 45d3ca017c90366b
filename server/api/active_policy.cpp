#include "server/api/active_policy.hpp"

#include "server/api/policy_folder.hpp"
#include "server/json/schema.hpp"
#include "server/store/revision.hpp"

namespace heed::api {

Expected<std::shared_ptr<ActivePolicy const>, NotLoaded> load_active(std::string const& path) {
  auto sources = read_policy(path);
  if (!sources) return Failure<NotLoaded>{{sources.error(), {}, {}}};
  auto loaded = load(sources.value(), store::revision_of(sources.value()));
  if (!loaded.rules) {
    Error error{"policy.mistakes", "the policy in `" + path + "` has mistakes",
                "`heed check " + path + "` tells them"};
    return Failure<NotLoaded>{
        {std::move(error), std::move(loaded.diagnostics), std::move(sources).value()}};
  }
  auto active = std::make_shared<ActivePolicy>();
  active->schema = json::case_schema(*loaded.rules);
  active->rules = std::move(loaded.rules);
  active->sources = std::move(sources).value();
  return std::shared_ptr<ActivePolicy const>{std::move(active)};
}

PolicyHolder::PolicyHolder(std::string path, std::shared_ptr<ActivePolicy const> first, Keep keep)
    : path_{std::move(path)},
      keep_{std::move(keep)},
      read_{fingerprint_of(path_)},
      seen_{read_},
      current_{std::move(first)} {}

std::shared_ptr<ActivePolicy const> PolicyHolder::current() const {
  std::lock_guard const lock{current_mutex_};
  return current_;
}

Expected<PolicyHolder::Outcome, NotLoaded> PolicyHolder::reload() {
  std::lock_guard const lock{reload_mutex_};
  read_ = fingerprint_of(path_);
  auto fresh = load_active(path_);
  if (!fresh) return Failure<NotLoaded>{fresh.error()};
  if (fresh.value()->rules->revision == current()->rules->revision) return Outcome::unchanged;
  auto const kept = keep_(*fresh.value());
  if (!kept) return Failure<NotLoaded>{{kept.error(), {}, {}}};
  std::lock_guard const change{current_mutex_};
  current_ = std::move(fresh).value();
  return Outcome::loaded;
}

bool PolicyHolder::has_changed() {
  std::lock_guard const lock{reload_mutex_};
  std::string now = fingerprint_of(path_);
  bool const still = now == seen_;
  seen_ = std::move(now);
  return still && seen_ != read_;
}

}  // namespace heed::api
