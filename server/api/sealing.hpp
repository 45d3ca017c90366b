#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/advisor.hpp"
#include "server/json/resolved.hpp"
#include "server/seal/key.hpp"
#include "server/store/record.hpp"

/// Between documents with their private values and what the log keeps of them. In the log a sealed
/// value is replaced by `{"sealed":"<commitment>"}`; beside the record stands, sealed, its secret:
/// {"salt":"<hex>","values":{"<pointer>":<value>,…}}. docs/log-format.md specifies it.
namespace heed::api {

/// Whether a decision may hold a value that is sealed.
enum class MayHold { nothing_sealed, sealed_values };

/// Of a decision by the policy that seals what `sealed` names.
template <class Of>
MayHold may_hold(Of const& decision, SealedNames const& sealed) {
  bool const has_matches = !sealed.facts.empty() && !decision.matches.empty();
  bool const has_events = !sealed.event_fields.empty() && !decision.record.empty();
  bool const is_plain = sealed.scores.empty() && sealed.answers.empty() &&
                        sealed.arguments.empty() && sealed.scripts.empty() &&
                        sealed.because.empty() && sealed.said.empty() && sealed.checks.empty() &&
                        sealed.times.empty();
  return has_matches || has_events || !is_plain ? MayHold::sealed_values : MayHold::nothing_sealed;
}

/// Fills in an entry's case and its decision, which comes in canonical bytes; what is to be sealed
/// of the two goes into the entry's secret.
void seal_entry(store::Entry& entry, json::Resolving const& resolving, std::string decision,
                MayHold may_hold, SealedNames const& sealed);

/// The same of an event's fields.
void seal_event(store::Event& event, SealedNames const& sealed);

/// Whether all that the record held is at hand.
bool is_readable(store::Record const& record);

/// For who may not read what is sealed: as if there were no master key.
void close_record(store::Record& record);

/// Puts what is sealed back into case and decision, where the record's secret was opened. False
/// where the record does not commit to it.
bool open_record(store::Record& record);

/// The same of a decision alone, as the answer to a request that came again.
bool open_decision(std::string& decision_json, std::string_view secret);

/// The same of an event's fields; what cannot be opened stays as it is.
void open_event(store::StoredEvent& stored);

/// The case of a row that may be decided again: opened where it must be. Nothing where it is not to
/// be had: sealed for good, without its master key, dropped, or damaged.
std::optional<std::string> readable_case(std::string_view case_json, store::Secret const* secret,
                                         bool is_dropped);

}  // namespace heed::api
