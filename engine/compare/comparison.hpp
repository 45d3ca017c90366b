#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/limits.hpp"
#include "engine/compare/policies.hpp"
#include "engine/run/decision.hpp"

/// What a change of policy changes, for whom and why: many cases decided under both.
namespace heed {

/// One thing that the two policies decide otherwise, in words of each language; no words where a
/// decision says nothing of it.
struct PointChange {
  std::string point;  // `need:respect`, `action:refund`, …: engine/compare/points.hpp
  Texts title;        // what it is about
  Texts before, after;
  std::uint64_t cases = 1;
};

/// A case as its reader knows it.
struct CaseName {
  std::uint64_t line = 0;  // of its file, or the record's number in a log; from 1
  std::string subject;     // may be empty
};

struct ComparedCase {
  CaseName name;
  Instant at;
  std::vector<PointChange> changes;  // those of its group, by point
};

/// The cases in which something differs through the same rules, for the same reasons. A case stands
/// in as many groups as there are such rules and reasons.
struct ComparisonGroup {
  std::vector<std::string> rules;   // by name: that changed, or read what did; may be empty
  std::vector<std::size_t> causes;  // places in PolicyComparison::changes; empty: none was found
  std::uint64_t cases = 0;
  std::vector<PointChange> points;  // the most frequent first; `…` where many differ (merging.hpp)
  std::uint64_t points_left_out = 0;   // beyond the limit
  std::vector<ComparedCase> examples;  // the first few
  std::vector<CaseName> names;         // the first limits::compare_cases_max
};

struct Refusal {
  CaseName name;
  bool by_before = false, by_after = false;
  std::string why;  // the first mistake
};

struct PolicyComparison {
  struct Side {
    std::string name, revision;
    Texts title;
  };
  Side before, after;
  std::vector<DeclarationChange> changes;
  std::map<std::string, Texts> rule_titles;  // by name; the new policy's where both have one
  std::uint64_t cases = 0, same = 0, changed = 0;
  std::uint64_t refused_by_before = 0, refused_by_after = 0, refused_by_both = 0;
  std::vector<Refusal> refusals;        // the first few of those that one refused
  std::vector<ComparisonGroup> groups;  // the most cases first
  std::uint64_t groups_left_out = 0;    // cases' changes beyond limits::compare_groups_max
  Zone zone = Zone::utc();
};

/// Compares case by case; memory does not grow with the number of cases.
class Comparer {
 public:
  /// The policies outlive it. `examples` of each group are kept with all that changes in them.
  Comparer(PolicySide const& before, PolicySide const& after, std::size_t examples);
  ~Comparer();
  Comparer(Comparer const&) = delete;
  Comparer& operator=(Comparer const&) = delete;

  /// Two decisions of one case. True where anything differs.
  bool add(CaseName const& name, Decision const& before, Decision const& after);
  void add_refused(Refusal refusal);
  PolicyComparison finish() &&;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace heed
