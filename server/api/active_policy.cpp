#include "server/api/active_policy.hpp"

#include <utility>

#include "server/api/policy_folder.hpp"
#include "server/json/schema.hpp"
#include "server/store/revision.hpp"

namespace heed::api {

Expected<std::shared_ptr<ActivePolicy const>, NotLoaded> compile_active(
    std::vector<SourceText> sources, std::string const& origin, std::string way_out) {
  auto loaded = load_whole(sources, store::revision_of(sources));
  if (!loaded.rules) {
    Error error{"policy.mistakes", "the policy " + origin + " has mistakes", std::move(way_out)};
    return Failure<NotLoaded>{
        {std::move(error), std::move(loaded.diagnostics), std::move(sources)}};
  }
  if (!decides_something(*loaded.rules))
    return Failure<NotLoaded>{{{"policy.empty",
                                "the policy " + origin +
                                    " has no rule: each decision by it would "
                                    "be empty",
                                "write the first rule; `heed new DIR` makes a small policy to "
                                "start from"},
                               {},
                               {}}};
  auto active = std::make_shared<ActivePolicy>();
  active->schema = json::case_schema(*loaded.rules);
  active->sealed = find_sealed(*loaded.rules);
  active->rules = std::move(loaded.rules);
  active->sources = std::move(sources);
  return std::shared_ptr<ActivePolicy const>{std::move(active)};
}

Expected<std::shared_ptr<ActivePolicy const>, NotLoaded> load_active(std::string const& path) {
  auto sources = read_policy(path);
  if (!sources) return Failure<NotLoaded>{{sources.error(), {}, {}}};
  return compile_active(std::move(sources).value(), "in `" + path + "`",
                        "`heed check " + path + "` tells them");
}

PolicyOrigin folder_origin(std::string const& path) {
  return {[path] { return load_active(path); }, [path] { return fingerprint_of(path); }};
}

PolicyHolder::PolicyHolder(PolicyOrigin origin, std::shared_ptr<ActivePolicy const> first,
                           Keep keep)
    : origin_{std::move(origin)},
      keep_{std::move(keep)},
      read_{origin_.fingerprint()},
      seen_{read_},
      current_{std::move(first)} {}

PolicyHolder::PolicyHolder(std::string const& folder, std::shared_ptr<ActivePolicy const> first,
                           Keep keep)
    : PolicyHolder{folder_origin(folder), std::move(first), std::move(keep)} {}

std::shared_ptr<ActivePolicy const> PolicyHolder::current() const {
  std::lock_guard const lock{current_mutex_};
  return current_;
}

Expected<PolicyHolder::Outcome, NotLoaded> PolicyHolder::reload() {
  std::lock_guard const lock{reload_mutex_};
  read_ = origin_.fingerprint();
  auto fresh = origin_.load();
  if (!fresh) return Failure<NotLoaded>{fresh.error()};
  if (fresh.value()->rules->revision == current()->rules->revision) return Outcome::unchanged;
  auto const taken = take_locked(std::move(fresh).value(), keep_);
  if (!taken) return Failure<NotLoaded>{{taken.error(), {}, {}}};
  return Outcome::loaded;
}

bool PolicyHolder::has_changed() {
  std::lock_guard const lock{reload_mutex_};
  std::erase_if(former_, [](auto const& policy) {
    return policy.use_count() == 1 && policy->rules.use_count() == 1;
  });
  std::string now = origin_.fingerprint();
  bool const still = now == seen_;
  seen_ = std::move(now);
  return still && seen_ != read_;
}

Expected<Done, Error> PolicyHolder::take(std::shared_ptr<ActivePolicy const> fresh,
                                         Keep const& keep) {
  std::lock_guard const lock{reload_mutex_};
  return take_locked(std::move(fresh), keep);
}

Expected<Done, Error> PolicyHolder::take_locked(std::shared_ptr<ActivePolicy const> fresh,
                                                Keep const& keep) {
  auto const kept = keep(*fresh);
  if (!kept) return kept;
  std::lock_guard const change{current_mutex_};
  former_.push_back(std::exchange(current_, std::move(fresh)));
  return kept;
}

}  // namespace heed::api
