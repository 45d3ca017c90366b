#include "server/store/verify_policies.hpp"

#include <algorithm>

#include "server/store/activations.hpp"
#include "server/store/kinds.hpp"

namespace heed::store {

std::optional<Problem> ActivationCheck::add(RecordRow const& row) {
  if (row.columns.kind == kinds::policy) return add_activation(row);
  if (row.columns.kind == kinds::decision && count_ > 0) return add_decision(row.columns);
  return std::nullopt;
}

std::optional<Problem> ActivationCheck::add_activation(RecordRow const& row) {
  RecordColumns const& record = row.columns;
  bool const was_dropped = row.case_json.empty();
  if (!was_dropped && !is_activation(row.case_json, active_, record.revision)) {
    return Problem{
        "verify.activation", record.sequence,
        R"({"from":")" + active_ + R"(",…,"to":")" + std::string{record.revision} + R"(",…})",
        std::string{row.case_json},
        "the activation does not go on from the policy that was active before it"};
  }
  ++count_;
  active_ = record.revision;
  since_us_ = record.recorded_at_us;
  activated_.insert(active_);
  return std::nullopt;
}

std::optional<Problem> ActivationCheck::add_decision(RecordColumns const& record) {
  if (record.revision == active_) return std::nullopt;
  if (!activated_.contains(record.revision)) {
    return Problem{"verify.inactive", record.sequence, active_, std::string{record.revision},
                   "no record before it made the policy active that decided it"};
  }
  ++late_.count;
  late_.longest_us = std::max(late_.longest_us, record.recorded_at_us - since_us_);
  return std::nullopt;
}

}  // namespace heed::store
