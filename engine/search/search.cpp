#include "engine/search/search.hpp"

#include <algorithm>
#include <limits>

#include "engine/run/evaluate.hpp"

namespace heed::search {
namespace {

class Search {
 public:
  Search(Trial& trial, Case const& subject, std::vector<Candidates> const& candidates,
         Goal const& goal, std::size_t facts_max)
      : trial_{trial},
        subject_{subject},
        candidates_{candidates},
        goal_{goal},
        facts_max_{facts_max} {
    for (std::size_t at = 0; at < candidates.size(); ++at) {
      if (!candidates[at].values.empty()) changeable_.push_back(at);
      if (!candidates[at].is_complete) answer_.is_complete = false;
    }
  }

  Answer find() {
    if (!may_be_without(changeable_)) return std::move(answer_);
    find_necessary();
    auto const least = std::max<std::size_t>(necessary_.size(), 1);
    auto const most = std::min(std::max(facts_max_, least), changeable_.size());
    for (auto count = least; count <= most && answer_.change.empty() && !is_over(); ++count) {
      chosen_ = necessary_;
      choose(0, count);
    }
    auto const is_exhausted = most == changeable_.size() || !answer_.change.empty();
    if (is_over() || !is_exhausted) answer_.is_complete = false;
    return std::move(answer_);
  }

 private:
  bool is_over() const { return trial_.is_over(); }
  FactId fact_at(std::size_t at) const { return trial_.cone().facts[at]; }

  /// Whether it may come about while these facts are not known.
  bool may_be_without(std::vector<std::size_t> const& facts) {
    for (auto const at : facts) trial_.forget(fact_at(at));
    auto frame = trial_.look(run::Reading::left_open);
    trial_.settle(frame);
    auto const may_be = goal_.may_be(frame);
    for (auto const at : facts) trial_.restore(fact_at(at));
    return may_be;
  }

  /// The facts that any change must take in.
  void find_necessary() {
    for (auto const at : changeable_) {
      if (is_over()) return;
      auto others = changeable_;
      std::erase(others, at);
      if (!may_be_without(others)) necessary_.push_back(at);
    }
  }

  /// Takes in further facts from `from` on until there are `count`.
  void choose(std::size_t from, std::size_t count) {
    if (is_over()) return;
    if (chosen_.size() == count) {
      auto facts = chosen_;
      std::ranges::sort(facts);
      if (may_be_without(facts)) try_values_of(facts);
      return;
    }
    for (auto next = from; next < changeable_.size(); ++next) {
      if (std::ranges::find(necessary_, changeable_[next]) != necessary_.end()) continue;
      chosen_.push_back(changeable_[next]);
      choose(next + 1, count);
      chosen_.pop_back();
    }
  }

  void try_values_of(std::vector<std::size_t> const& facts) {
    for (auto const at : facts) trial_.forget(fact_at(at));
    try_values(facts, 0, 0);
    for (auto const at : facts) trial_.restore(fact_at(at));
  }

  /// Those before `place` have values, the others are not known.
  void try_values(std::vector<std::size_t> const& facts, std::size_t place,
                  std::uint64_t distance) {
    if (place == facts.size()) return try_change(distance);
    auto const fact = fact_at(facts[place]);
    for (auto const& candidate : candidates_[facts[place]].values) {
      if (is_over() || distance + candidate.distance >= nearest_) break;
      trial_.change(fact, candidate);
      changed_.emplace_back(fact, &candidate);
      if (place + 1 == facts.size() || may_go_on()) {
        try_values(facts, place + 1, distance + candidate.distance);
      }
      changed_.pop_back();
    }
    trial_.forget(fact);
  }

  bool may_go_on() {
    auto frame = trial_.look(run::Reading::left_open);
    trial_.settle(frame);
    return goal_.may_be(frame);
  }

  void try_change(std::uint64_t distance) {
    auto frame = trial_.look(run::Reading::plain);
    trial_.settle(frame);
    if (!goal_.is(frame)) return;
    auto changed = subject_;
    for (auto const& [fact, candidate] : changed_) changed.facts[index(fact)] = candidate->value;
    if (!goal_.is_confirmed(changed)) return;
    nearest_ = distance;
    answer_.change = changed_;
  }

  Trial& trial_;
  Case const& subject_;
  std::vector<Candidates> const& candidates_;
  Goal const& goal_;
  std::size_t facts_max_;
  std::vector<std::size_t> changeable_, necessary_, chosen_;  // places in the cone's facts
  Change changed_;
  std::uint64_t nearest_ = std::numeric_limits<std::uint64_t>::max();
  Answer answer_;
};

}  // namespace

Answer find_smallest_change(Trial& trial, Case const& subject,
                            std::vector<Candidates> const& candidates, Goal const& goal,
                            std::size_t facts_max) {
  return Search{trial, subject, candidates, goal, facts_max}.find();
}

}  // namespace heed::search
