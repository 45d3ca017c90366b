#pragma once
#include <string_view>

#include "server/store/record.hpp"

namespace heed::api {

/// What a record still tells of its case.
enum class Kept {
  whole,
  dropped,  // by age: only its hashes are there
};

/// A case and its decision as they can be read today: the one way to them for what decides logged
/// cases again or shows them. Views into the record.
struct LoggedCase {
  Kept kept = Kept::whole;
  std::string_view case_json, decision_json;  // canonical; empty where they are gone
};

/// INVARIANT: the record is of kind `decision`.
LoggedCase open_logged(store::Record const& record);

}  // namespace heed::api
