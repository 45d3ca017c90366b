#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/run/frame.hpp"
#include "engine/search/cone.hpp"

/// A case whose facts may be changed and tried again.
namespace heed::search {

/// A value that a fact could have instead of its own.
struct Candidate {
  std::optional<Value> value;   // nothing: it is not known
  std::uint64_t distance = 0;   // in millionths: of the value that it has
  std::vector<bool> mentioned;  // of a text, by RuleSet::mentions
};

class Trial {
 public:
  /// All of them outlive the trial.
  Trial(RuleSet const& rules, Case const& subject, Instant now, Cone const& cone,
        std::uint64_t tries_max);
  Trial(Trial const&) = delete;
  Trial& operator=(Trial const&) = delete;

  RuleSet const& rules() const { return subject_inputs_.rules; }
  Cone const& cone() const { return cone_; }
  run::Inputs const& unchanged() const { return subject_inputs_; }
  /// The case as it is, read plainly; settled once.
  run::Frame& unchanged_frame();

  /// `candidate` lives until the fact is changed again.
  void change(FactId fact, Candidate const& candidate);
  void forget(FactId fact);   // not known, whatever its default
  void restore(FactId fact);  // as the case has it

  /// The changed case, with no rule settled: for what reads none of their targets. Lives no longer
  /// than the trial, and only until a fact is changed.
  run::Frame look(run::Reading reading) const { return run::Frame{inputs_, reading}; }
  /// Settles the rules of the cone.
  void settle(run::Frame& frame);
  /// How often that was done, and whether that is as often as it may be.
  std::uint64_t tries() const { return tries_; }
  bool is_over() const { return tries_ >= tries_max_; }

  /// Which mentions a text brings, by RuleSet::mentions.
  std::vector<bool> find_mentions(FactId fact, Value const& text) const;

 private:
  void take_mentions(FactId fact, std::vector<bool> const& from);

  Cone const& cone_;
  run::Inputs subject_inputs_, inputs_;
  std::optional<run::Frame> unchanged_frame_;
  std::uint64_t tries_ = 0, tries_max_;
};

}  // namespace heed::search
