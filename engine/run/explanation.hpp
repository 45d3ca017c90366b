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
  std::vector<Read> reads;
  std::vector<ConditionTrace> parts;
};

/// A deadline in working time and how it was counted.
struct DueTrace {
  std::string text;  // as the language writes it: `4 working hours`
  Instant at;
  Counted counted;
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
  std::vector<std::string> overridden_by;  // rules that fired and silence it, or that wait and may
  /// Facts, by name: what keeps a pending rule waiting, or what one that fired still lacks for what
  /// it writes and says.
  std::vector<std::string> waits_for;
  std::vector<DueTrace> dues;  // of a rule that fired, in the order written
};

struct Explanation {
  Decision decision;
  std::vector<RuleExplanation> rules;  // every rule, by name
};

}  // namespace heed
