#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/advisor.hpp"

/// What deciding logged cases again under another policy told (server/api/replay.hpp), and how it
/// is laid out.
namespace heed::pages {

/// Cases with one thing in common that keeps them from being compared, or compared whole.
struct ReplayGroup {
  std::string what;  // a JSON Pointer and what is wrong there; a fact; an event; an expression
  std::uint64_t cases = 0;
  std::vector<CaseName> names;  // the first few
};

/// A decision that would be another one.
struct ChangedDecision {
  std::int64_t sequence = 0;
  std::string id, subject, revision;
  Instant at;
};

struct Replay {
  PolicyComparison::Side policy;              // under which they were decided again
  std::vector<PolicyComparison> comparisons;  // with each revision that decided, as it came first
  std::uint64_t decisions = 0;                // that were asked for
  std::uint64_t compared = 0, changed = 0;
  std::uint64_t dropped = 0;               // passed over: their case is gone
  std::uint64_t without_policy = 0;        // passed over: what decided them cannot be loaded
  std::uint64_t unreadable = 0;            // passed over: the policy cannot read the case
  std::uint64_t by_another_engine = 0;     // so the decision of then is made again, too
  std::uint64_t not_as_logged = 0;         // what decided them decides otherwise than was logged
  std::vector<ChangedDecision> changes;    // by sequence; the first ones
  std::vector<ReplayGroup> refusals;       // of what cannot be read: the first mistake of each case
  std::vector<ReplayGroup> passed_over;    // what only the policy of then declares
  std::vector<ReplayGroup> short_history;  // events of which the record may hold too few
  std::vector<ReplayGroup> no_figures;     // counted over all customers, and not in the record
  Zone zone = Zone::utc();
};

/// One page: what would change for whom and why, for each revision that decided; what could not be
/// compared; which decisions. No script.
std::string replay_page(Replay const& replay, Language language);

/// The same as plain text, for a terminal.
std::string replay_text(Replay const& replay, Language language);

}  // namespace heed::pages
