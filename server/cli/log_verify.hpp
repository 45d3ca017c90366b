#pragma once
#include <cstdint>
#include <string>

#include "server/store/verify.hpp"

/// Verifying a log, as several commands do.
namespace heed::cli {

enum class Depth {
  quick,      // records, tree, signatures, sources of policies, index: nothing is decided again
  decisions,  // and each decision computed again to the same bytes
};

struct Verified {
  store::Verification found;
  std::int64_t decided_again = 0;
  std::int64_t by_another_engine = 0;
};

/// Shows progress where there is a terminal. `jobs` 0: as many as the machine has. Fails only where
/// nothing can be said; what is damaged is `found.problem`.
Expected<Verified, Error> verify_log(store::Reader& reader, unsigned jobs, Depth depth);

/// What of the sealed values was opened and what was not, and why; a line each.
std::string seals_text(store::Verification const& found);

/// What is wrong, on a few lines: which record, what was expected and what was found.
std::string words_of(store::Problem const& problem);

}  // namespace heed::cli
