#include "server/api/logged_case.hpp"

namespace heed::api {

LoggedCase open_logged(store::Record const& record) {
  auto const& entry = record.entry;
  if (entry.case_json.empty()) return {.kept = Kept::dropped, .case_json = {}, .decision_json = {}};
  return {.kept = Kept::whole, .case_json = entry.case_json, .decision_json = entry.decision_json};
}

}  // namespace heed::api
