#pragma once
#include <vector>

#include "engine/search/trial.hpp"

/// The values worth trying of each fact.
namespace heed::search {

struct Candidates {
  std::vector<Candidate> values;  // the nearest first; without the value that the fact has
  bool is_complete = true;        // false where there are more than limits::search_values_max
};

/// By the facts of the trial's cone. Yes and no; every value of a choice; numbers, money, durations
/// and days where a comparison in the cone turns, and the next on either side; texts that are
/// compared or mentioned; what the customer's history has where it is compared with that; sets with
/// more or less of the items that are looked for; none where the fact may be none; not known
/// where the cone reads whether it is known. The rest of the case stays as it is meanwhile. Facts
/// of other kinds have no candidates, nor have those with which a figure was counted that the case
/// brings: they stay as they are together with it.
std::vector<Candidates> find_candidates(Trial& trial);

}  // namespace heed::search
