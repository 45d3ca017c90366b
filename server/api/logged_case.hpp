#pragma once
#include <string>

#include "server/store/record.hpp"

namespace heed::api {

/// What a record still tells of its case.
enum class Kept {
  whole,
  dropped,  // by age: only its hashes are there
  sealed,   // what is private in it, and there is no master key at hand
  erased,   // what was private in it
};

/// A case and its decision as they can be read today: the one way to them for what decides logged
/// cases again or shows them.
struct LoggedCase {
  Kept kept = Kept::whole;
  std::string case_json;      // canonical; empty where it is not whole
  std::string decision_json;  // canonical; with commitments where values are sealed or erased
};

/// INVARIANT: the record is of kind `decision`.
LoggedCase open_logged(store::Record const& record);

}  // namespace heed::api
