#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "engine/advisor.hpp"
#include "server/pages/replay.hpp"
#include "server/store/reader.hpp"

/// Logged cases decided again under another policy: what would change, for whom and why.
namespace heed::api {

/// Decisions that would change are listed up to here: some 200 bytes each.
constexpr std::size_t replay_listed_max = 100'000;
/// Cases named in each group of those that cannot be compared, or not whole.
constexpr std::size_t replay_named_max = 20;

struct ReplayOptions {
  store::Filter filter = {};  // of decisions
  unsigned jobs = 0;          // threads that decide; 0: as many as the machine has
  unsigned examples = 3;      // of each group of changes
  std::function<void(std::uint64_t so_far)> progress = {};
};

/// Decides each under the policy that decided it and under `policy`, with the history and the
/// figures that the record holds. `jobs` changes how long it takes, nothing else.
///
/// Fails as reading the log does.
Expected<pages::Replay, Error> replay(store::Reader& reader, PolicySide const& policy,
                                      ReplayOptions const& options);

/// One line: schemas/replay.schema.json.
std::string replay_json(pages::Replay const& replay);

}  // namespace heed::api
