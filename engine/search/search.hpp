#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "engine/search/candidates.hpp"
#include "engine/search/trial.hpp"

/// Looking for the smallest change of facts that brings something about.
namespace heed::search {

struct Goal {
  /// Asked of a frame in which facts that may still change are unknown and what is left open is
  /// unknown: false only where no values of them can bring it about.
  std::function<bool(run::Frame&)> may_be;
  /// Asked of the changed case, with the rules of the cone settled.
  std::function<bool(run::Frame&)> is;
  /// Asked once `is` holds: whether the whole decision of the changed case bears it out.
  std::function<bool(Case const&)> is_confirmed;
};

/// Facts and the candidates that they take.
using Change = std::vector<std::pair<FactId, Candidate const*>>;

struct Answer {
  Change change;  // by fact; empty where none was found
  bool is_complete = true;
};

/// The change of the fewest facts, of these the nearest; of equally near ones the first by its
/// facts and then by its candidates. Goes through changes of one fact, of two, and so on, and
/// passes over those of which a frame that knows less says that they cannot do. `candidates` are
/// those of the trial's cone and outlive the answer.
Answer find_smallest_change(Trial& trial, Case const& subject,
                            std::vector<Candidates> const& candidates, Goal const& goal,
                            std::size_t facts_max);

}  // namespace heed::search
