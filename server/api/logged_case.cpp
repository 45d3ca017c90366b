#include "server/api/logged_case.hpp"

#include "server/api/sealing.hpp"

namespace heed::api {

LoggedCase open_logged(store::Record const& record) {
  auto const& entry = record.entry;
  if (record.is_dropped || entry.case_json.empty()) return {.kept = Kept::dropped};
  if (record.seal == store::Seal::none)
    return {.case_json = entry.case_json, .decision_json = entry.decision_json};
  auto opened = record;
  if (record.seal == store::Seal::opened && open_record(opened)) {
    return {.case_json = std::move(opened.entry.case_json),
            .decision_json = std::move(opened.entry.decision_json)};
  }
  return {.kept = record.seal == store::Seal::erased ? Kept::erased : Kept::sealed,
          .case_json = {},
          .decision_json = entry.decision_json};
}

}  // namespace heed::api
