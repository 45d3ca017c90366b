#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "server/store/problem.hpp"
#include "server/store/rows.hpp"

/// The part of verify that follows which policy was active.
namespace heed::store {

/// Decisions by a policy in whose place another had come.
struct LateDecisions {
  std::int64_t count = 0;
  std::int64_t longest_us = 0;  // from the activation to the record of the last of them
};

/// Each activation goes on from the one before it, and each decision was made by a policy that a
/// record before it had made the active one. That it was still the active one cannot be demanded: a
/// request keeps the policy with which it began. Those that came late are counted.
///
/// Nothing is demanded before the first activation: earlier versions recorded none.
class ActivationCheck {
 public:
  /// The next record, whose columns hold.
  std::optional<Problem> add(RecordRow const& row);

  std::int64_t activations() const { return count_; }
  LateDecisions const& late() const { return late_; }

 private:
  std::optional<Problem> add_activation(RecordRow const& row);
  std::optional<Problem> add_decision(RecordColumns const& record);

  std::int64_t count_ = 0;
  std::string active_;
  std::int64_t since_us_ = 0;  // when the activation was recorded
  std::set<std::string, std::less<>> activated_;
  LateDecisions late_;
};

}  // namespace heed::store
