#include "server/store/verify_decisions.hpp"

#include <thread>
#include <utility>

namespace heed::store {

void WaitingDecisions::add(Record record, StoredPolicy const* policy) {
  if (checks_.empty()) return;
  bytes_ += record.entry.case_json.size() + record.entry.decision_json.size();
  waiting_.push_back({std::move(record), policy});
}

// Every n-th record of those that wait, up to the first one with an objection.
std::optional<WaitingDecisions::Objected> WaitingDecisions::examine_part(std::size_t part) const {
  for (std::size_t place = part; place < waiting_.size(); place += checks_.size()) {
    Waiting const& waiting = waiting_[place];
    auto objection = checks_[part](waiting.record, waiting.policy);
    if (objection) return Objected{place, std::move(*objection)};
  }
  return std::nullopt;
}

std::optional<Problem> WaitingDecisions::examine() {
  if (waiting_.empty()) return std::nullopt;
  std::vector<std::optional<Objected>> found(checks_.size());
  std::vector<std::thread> threads;
  for (std::size_t part = 1; part < checks_.size(); ++part)
    threads.emplace_back([&, part] { found[part] = examine_part(part); });
  found[0] = examine_part(0);
  for (std::thread& thread : threads) thread.join();
  std::optional<Problem> problem;
  for (auto& objected : found) {
    if (!objected) continue;
    std::int64_t const sequence = waiting_[objected->place].record.sequence;
    if (problem && problem->sequence < sequence) continue;
    Objection& objection = objected->objection;
    problem = Problem{"verify.decision", sequence, std::move(objection.expected),
                      std::move(objection.found), std::move(objection.message)};
  }
  waiting_.clear();
  bytes_ = 0;
  return problem;
}

}  // namespace heed::store
