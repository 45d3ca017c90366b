#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/run/decision.hpp"

/// Why each rule fired, waits or did not fire, as data; words for it are in engine/run/words.hpp.
namespace heed {

enum class Truth { no, unknown, yes };

enum class RuleStatus { fired, pending, did_not_fire, out_of_its_days, overridden };

/// One condition of a rule and what became of it. `parts` are the conditions that it joins, in the
/// order written; a leaf has the values that it read.
struct ConditionTrace {
  struct Read {
    std::string name;  // of a fact, need, score, answer, define, table, or `now`
    Shown value;       // null where unknown or none
    bool known = false;
  };
  std::string text;  // as the language writes it
  Place where;
  Truth truth = Truth::unknown;
  bool is_conjunction = false;  // all of `parts` must hold
  bool is_sequence = false;     // and each only matters once those before it do
  std::vector<Read> reads;
  std::vector<ConditionTrace> parts;
};

/// A deadline in working time and how it was counted.
struct DueTrace {
  std::string text;  // as the language writes it: `4 working hours`
  Instant at;
  Counted counted;
};

/// A fact that would have to be otherwise.
struct FactChange {
  std::string fact;
  Shown before, after;  // null where unknown or none
  bool was_known = false, is_known = false;
  std::optional<Value> value;  // what `after` shows; nothing where it is not known
};

/// The smallest change of facts that was found to bring something about: few facts first, then a
/// small distance (docs/contributor/readings.md). Deciding the changed case has confirmed it.
struct NearestMiss {
  std::vector<FactChange> changes;  // by fact; empty where none was found
  std::uint64_t tries = 0;          // evaluations that the search took
  /// False: it stopped at its limit, so there may be a smaller one; without tries it never began.
  bool is_complete = true;
};

/// The smallest change under which somebody else, or at another time, would take over.
struct EscalationMiss {
  NearestMiss change;
  std::vector<Escalation> then;  // the escalations of the changed case
};

struct RuleExplanation {
  std::string rule;
  Texts title, because;
  std::vector<std::string> sources;
  RuleStatus status = RuleStatus::did_not_fire;
  std::optional<ConditionTrace> when;  // nothing for a rule without `when`, or out of its days
  /// The first condition, in the order written, that kept the rule from firing; nothing where it
  /// fired.
  std::optional<ConditionTrace> stopped_by;
  /// Every condition that did, where a conjunction joins them; `stopped_by` is among them.
  std::vector<ConditionTrace> failed;
  std::vector<std::string> overridden_by;  // rules that fired and silence it, or that wait and may
  /// Facts, by name: what keeps a pending rule waiting, or what one that fired still lacks for what
  /// it writes and says.
  std::vector<std::string> waits_for;
  std::vector<DueTrace> dues;  // of a rule that fired, in the order written
  /// Nothing where it was not looked for (engine/search/nearest.hpp), and where the rule fired.
  std::optional<NearestMiss> nearest;
};

struct Explanation {
  Decision decision;
  std::vector<RuleExplanation> rules;        // every rule, by name
  std::optional<EscalationMiss> escalation;  // nothing where it was not looked for
};

}  // namespace heed
