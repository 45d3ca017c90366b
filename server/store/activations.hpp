#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/database.hpp"
#include "server/store/rows.hpp"

/// Which policy decides, and from when on: records of kind `policy`. The newest one names the
/// policy that is active.
///
/// Such a record names in `revision` the policy that is active from there on, in `by` who activated
/// it, and holds in `case`, with its members sorted:
///
///     {"from":"<revision>","tests":{"demanded":true,"failed":0,"passed":12},"to":"<revision>",
///      "way":"http","writers":["<token>"]}
///
/// `from` is empty where none was active before, `tests` null where none were run. `way` is
/// `folder` where the server's folder holds the policy, and `by` is then empty.
namespace heed::store {

enum class ActivationWay { folder, http };

/// What became of the policy's own tests.
struct TestCounts {
  std::uint64_t passed = 0, failed = 0;
  bool demanded = true;  // whether one that failed would have kept the policy from its activation
};

/// What is to be activated, by whom.
struct Activation {
  std::string id;        // of the record
  std::string revision;  // stored before
  /// One of these must be active now; none: whatever is active.
  std::vector<std::string> instead_of = {};
  ActivationWay way = ActivationWay::folder;
  std::optional<TestCounts> tests = {};
  std::string by = {};     // the token's id
  std::string trace = {};  // as in Entry
  bool four_eyes = false;  // who wrote it may not activate it
};

/// An activation as the log holds it.
struct ActivationRecord {
  std::int64_t sequence = 0;
  std::string id;
  std::int64_t at_us = 0;
  std::string by;
  std::string revision;
  std::string text;  // the record's `case`; empty where it was dropped for its age
};

/// What the record of an activation holds. `writers` are sorted.
std::string activation_text(Activation const& activation, std::string_view from,
                            std::vector<std::string> const& writers);

/// Whether a record's text is that of an activation of `to` after `from`.
bool is_activation(std::string_view text, std::string_view from, std::string_view to);

/// The newest activation; nothing where the log has none.
Expected<std::optional<ActivationRecord>, Error> last_activation(Database& database);

/// Activations of a revision, the newest first, at most `limit`.
Expected<std::vector<ActivationRecord>, Error> activations_of(Database& database,
                                                              std::string_view revision,
                                                              std::int64_t limit);

}  // namespace heed::store
