#pragma once
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "server/api/active_policy.hpp"
#include "server/api/worker.hpp"
#include "server/store/reader.hpp"

/// Policies of the store, ready to decide: drafts that are tried, revisions that are activated.
namespace heed::api {

/// Any thread.
class PolicyShelf {
 public:
  /// `reader` outlives it.
  explicit PolicyShelf(store::Reader& reader) : reader_{reader} {}

  /// A stored policy, compiled; the last few are kept so.
  ///
  /// Fails with policies.unknown, with policy.mistakes where this program cannot take it any more,
  /// or as reading the store does.
  Expected<std::shared_ptr<ActivePolicy const>, NotLoaded> find(std::string_view revision);

  /// The one that the newest activation names; policies.none-active where there was none.
  Expected<std::shared_ptr<ActivePolicy const>, NotLoaded> find_active();

  /// Its revision; empty where there is none, or the store cannot be read.
  std::string active_revision();

 private:
  static constexpr std::size_t kept_max = 4;

  store::Reader& reader_;
  std::mutex mutex_;
  std::deque<std::shared_ptr<ActivePolicy const>> kept_;  // the one asked for last first
};

/// Where the policy is the store's: it changes where another program activates one.
PolicyOrigin store_origin(PolicyShelf& shelf);

/// What the routes of policies work with. Checking, testing and comparing has a thread of its own,
/// so that who reads the log does not wait for it.
struct PolicyDesk {
  explicit PolicyDesk(store::Reader& reader) : shelf{reader} {}

  PolicyShelf shelf;
  std::optional<Worker> worker{std::in_place, 64u};
  bool by_folder = true;   // the folder says which policy decides: none is activated over HTTP
  bool four_eyes = false;  // who wrote a policy may not activate it
};

}  // namespace heed::api
