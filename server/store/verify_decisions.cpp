#include "server/store/verify_decisions.hpp"

#include <utility>

namespace heed::store {

void WaitingDecisions::add(Record record, StoredPolicy const* policy) {
  if (checks_.empty()) return;
  bytes_ += record.entry.case_json.size() + record.entry.decision_json.size();
  waiting_.push_back({std::move(record), policy});
}

// Takes one record after the other, up to the first one with an objection: those before it are
// taken by then.
void WaitingDecisions::work(std::size_t part) {
  for (std::size_t place = next_++; place < asked_.size(); place = next_++) {
    auto objection = checks_[part](asked_[place].record, asked_[place].policy);
    if (!objection) continue;
    found_[part] = Objected{place, std::move(*objection)};
    return;
  }
}

void WaitingDecisions::start() {
  asked_ = std::exchange(waiting_, {});
  bytes_ = 0;
  next_ = 0;
  found_.assign(checks_.size(), std::nullopt);
  if (asked_.empty()) return;
  for (std::size_t part = 1; part < checks_.size(); ++part)
    threads_.emplace_back([this, part] { work(part); });
}

std::optional<Problem> WaitingDecisions::finish() {
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  std::optional<Problem> problem;
  for (auto& objected : found_) {
    if (!objected) continue;
    std::int64_t const sequence = asked_[objected->place].record.sequence;
    if (problem && problem->sequence < sequence) continue;
    Objection& objection = objected->objection;
    problem = Problem{"verify.decision", sequence, std::move(objection.expected),
                      std::move(objection.found), std::move(objection.message)};
  }
  found_.clear();
  return problem;
}

std::optional<Problem> WaitingDecisions::examine() {
  if (auto problem = finish()) return problem;
  start();
  if (!asked_.empty()) work(0);
  return finish();
}

std::optional<Problem> WaitingDecisions::examine_ahead() {
  if (checks_.size() < 2) return examine();
  if (auto problem = finish()) return problem;
  start();
  if (!asked_.empty()) threads_.emplace_back([this] { work(0); });
  return std::nullopt;
}

}  // namespace heed::store
