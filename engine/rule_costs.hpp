#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/advisor.hpp"

/// What single rules cost the decisions of a policy, for who measures it.
namespace heed {

/// A clock that only goes forward, in nanoseconds: handed in, for the engine reads none.
using Nanoseconds = std::int64_t (*)();

/// Of one rule, over the cases that were added.
struct RuleCost {
  RuleId rule{};
  std::uint64_t asked = 0;  // cases in which the look-up of single facts left it possible
  std::uint64_t fired = 0, waited = 0;
  double ns = 0;  // together; may be below 0 where the difference is less than the clock's noise
};

/// Measures, case by case, how much sooner decisions would be there without each rule:
///
/// - for one that fires or waits by deciding the case without it, so that its condition, what it
///   does, says and writes, and the questions that it waits for are in it;
/// - for one that is asked and does neither, by asking its condition once more, with nothing
///   remembered: what it shares with others (defines, tables, windows of time) is charged to each.
///
/// Of several tries the least counts. So the costs of all rules need not add up to a decision's.
class RuleCosts {
 public:
  /// `rules` must outlive it.
  RuleCosts(RuleSet const& rules, Nanoseconds clock);
  ~RuleCosts();

  void add(Case const& subject, Instant now);

  std::vector<RuleCost> const& costs() const { return costs_; }  // by RuleId, each rule
  /// Of the cases that were added: deciding them, each at its quickest.
  double decide_ns() const { return decide_ns_; }

 private:
  std::vector<RuleId> add_asked(Case const& subject, Instant now);
  std::int64_t time_saved(RuleId rule, Case const& subject, Instant now, std::int64_t& whole);

  std::unique_ptr<RuleSet> rules_;  // a copy, of which one rule at a time is out of its days
  std::shared_ptr<RuleIndex> index_;
  std::unique_ptr<Evaluator> evaluator_;
  Nanoseconds clock_;
  std::vector<RuleCost> costs_;
  double decide_ns_ = 0;
};

}  // namespace heed
