#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/advisor.hpp"
#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"

/// The policy that decides now, and how another takes its place.
namespace heed::api {

/// A policy in use. Immutable: a request keeps the one with which it began.
struct ActivePolicy {
  std::shared_ptr<RuleSet const> rules;
  std::vector<SourceText> sources;
  std::string schema;  // JSON Schema of a case
  SealedNames sealed;  // what of its cases and decisions is kept sealed
};

/// Why a policy was not loaded: an error of the disk, or mistakes in the text.
struct NotLoaded {
  Error error;
  Diagnostics diagnostics;
  std::vector<SourceText> sources;
};

/// Reads, checks and compiles a policy's folder. Fails as read_policy and compile_active do.
Expected<std::shared_ptr<ActivePolicy const>, NotLoaded> load_active(std::string const& path);

/// Checks and compiles a policy whose sources were read. `origin` names it in the error, `way_out`
/// is the error's help.
/// Fails with policy.mistakes, or with policy.empty where no rule could ever decide anything.
Expected<std::shared_ptr<ActivePolicy const>, NotLoaded> compile_active(
    std::vector<SourceText> sources, std::string const& origin, std::string way_out);

/// Where a server's policy stands when nobody activates one over HTTP: a folder, or the store.
struct PolicyOrigin {
  std::function<Expected<std::shared_ptr<ActivePolicy const>, NotLoaded>()> load;
  /// Differs where `load` may answer another policy. Empty where nothing can be said.
  std::function<std::string()> fingerprint;
};
PolicyOrigin folder_origin(std::string const& path);

/// The policy in use by a server. Any thread.
class PolicyHolder {
 public:
  /// `keep` is called with each new policy before it decides anything, and may refuse it: it stores
  /// the sources, and records that they decide from then on.
  using Keep = std::function<Expected<Done, Error>(ActivePolicy const&)>;

  PolicyHolder(PolicyOrigin origin, std::shared_ptr<ActivePolicy const> first, Keep keep);
  PolicyHolder(std::string const& folder, std::shared_ptr<ActivePolicy const> first, Keep keep);

  std::shared_ptr<ActivePolicy const> current() const;

  enum class Outcome { loaded, unchanged };
  /// Takes the policy as it stands at its origin now, whole, or keeps the one in use and says why.
  Expected<Outcome, NotLoaded> reload();

  /// Whether the origin has changed since it was last read, and has then stood still for a look:
  /// a file that is just being written is not read. Lets go of policies that decide nothing any
  /// more: freeing a large one takes a while, and is not for a thread that answers.
  bool has_changed();

  /// Takes `fresh` once `keep` has held; no reload comes between the two.
  Expected<Done, Error> take(std::shared_ptr<ActivePolicy const> fresh, Keep const& keep);

 private:
  Expected<Done, Error> take_locked(std::shared_ptr<ActivePolicy const> fresh, Keep const& keep);

  PolicyOrigin const origin_;
  Keep const keep_;
  std::mutex reload_mutex_;
  std::string read_, seen_;                                  // fingerprints, under reload_mutex_
  std::vector<std::shared_ptr<ActivePolicy const>> former_;  // under reload_mutex_
  mutable std::mutex current_mutex_;
  std::shared_ptr<ActivePolicy const> current_;
};

}  // namespace heed::api
