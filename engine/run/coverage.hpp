#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/compile/rule_set.hpp"

/// What cases reached of a policy: pure counts, by which its owner sees what no test has tried.
namespace heed {

struct Coverage {
  struct Rule {
    std::string name;
    Place where;
    std::uint64_t fired = 0, pending = 0, silent = 0;  // cases; silent: out of its days too
  };
  /// A part of a condition that joins no other: of a rule, a define, a `requires`, a line
  /// of an authority, or the condition of a value. Counted in each case that comes to it: what
  /// follows `and then` only where what precedes is true, the conditions within a rule's values
  /// only where it fired.
  struct Part {
    Place where;
    std::string text;
    std::uint64_t yes = 0, no = 0, unknown = 0;
  };
  struct Row {
    std::string table;
    Place where;
    std::uint64_t applied = 0, open = 0;  // surely; neither surely nor surely not
  };
  /// Something that rules of the policy can bring about.
  struct Outcome {
    enum class Kind {
      need_met,
      need_threatened,
      need_violated,
      done,
      forbidden,
      offered,
      said,
      escalated,
      alerted,
      recorded
    };
    Kind kind = Kind::done;
    std::string name;  // of the need, action, script, role or event
    std::uint64_t count = 0;
  };
  std::uint64_t cases = 0;
  std::vector<Rule> rules;        // by name
  std::vector<Part> parts;        // by place
  std::vector<Row> rows;          // by place
  std::vector<Outcome> outcomes;  // by kind, then name
};

/// How much of something was reached. A part has two branches, true and false; unknown is none.
struct Share {
  std::uint64_t reached = 0, all = 0;
};
struct Shares {
  Share rules, branches, rows, outcomes;
};
Shares shares_of(Coverage const& coverage);
Share total_of(Shares const& shares);
/// In hundredths of a percent, rounded down, so that only all of it is 10,000; that too where there
/// is nothing to reach.
std::uint64_t hundredths_of(Share const& share);

namespace run {

struct Deciding;

/// Counts over cases. `policy` outlives it.
class CoverageCounter {
 public:
  explicit CoverageCounter(Policy const& policy);

  void count(Deciding& deciding);
  Coverage take() &&;

 private:
  void count_rules(Deciding const& deciding);
  void count_rows(Deciding& deciding);
  void count_conditions(Deciding& deciding);
  void count_outcomes(Deciding const& deciding);

  Policy const& policy_;
  Coverage coverage_;
  std::vector<std::vector<std::size_t>> rows_;  // places in coverage_.rows, by table and row
  std::unordered_map<Expression const*, std::size_t> parts_;  // places in coverage_.parts
};

}  // namespace run
}  // namespace heed
