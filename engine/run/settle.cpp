#include "engine/run/settle.hpp"

#include <algorithm>
#include <functional>

#include "engine/run/evaluate.hpp"
#include "engine/run/kleene.hpp"
#include "engine/run/targets.hpp"

namespace heed::run {
namespace {

bool is_in_its_days(Rule const& rule, Date today) {
  return (!rule.from || *rule.from <= today) && (!rule.until || today <= *rule.until);
}

RuleStatus status_from(Truth truth) {
  if (truth == Truth::yes) return RuleStatus::fired;
  return truth == Truth::no ? RuleStatus::did_not_fire : RuleStatus::pending;
}

/// Settles the rules of a frame, each in its turn.
class Settling {
 public:
  explicit Settling(Frame& frame)
      : frame_{frame}, index_{frame.inputs.rules.index.get()}, candidates_{frame.candidates} {
    if (index_ == nullptr) return;
    find_candidates(candidates_, frame.inputs, *index_);
    for (auto const rule : index_->dated)
      if (!counts_today(rule)) candidates_.remove(index_->at[index(rule)]);
  }

  void settle_all() {
    if (index_ == nullptr) {
      for (auto const& layer : frame_.inputs.rules.layers) settle(layer);
      return;
    }
    for (auto const& stretch : index_->stretches) {
      if (!stretch.repeats) {
        for (auto const& [at, truth] : choose(candidates_, *index_, stretch.begin, stretch.end))
          settle(index_->steps[at].rule, with_rest(truth, at));
        continue;
      }
      auto& possible = frame_.turn;
      possible.clear();
      candidates_.for_each(stretch.begin, stretch.end,
                           [&](std::uint32_t at) { possible.push_back(index_->steps[at].rule); });
      settle(possible, stretch.repeats);
    }
  }

  void settle(Layer const& layer) {
    auto& possible = frame_.turn;
    possible.clear();
    for (auto const rule : layer.rules) {
      auto const may_fire =
          index_ != nullptr ? candidates_.is_possible(index_->at[index(rule)]) : counts_today(rule);
      if (may_fire) possible.push_back(rule);
    }
    settle(possible, layer.repeats);
  }

 private:
  void settle(RuleId rule, Truth truth) {
    if (truth == Truth::no) return;
    auto const status = find_status(rule, truth);
    if (status == RuleStatus::did_not_fire) return;
    frame_.set_status(rule, status);
    if (status == RuleStatus::overridden) return;
    if (!frame_.inputs.rules.need_writes_of(rule).empty()) write_needs(frame_, rule);
    activate(rule, status);
  }

  /// Settles rules that may fire, one after the other; those left out stand as they do at the
  /// start.
  void settle(std::vector<RuleId> const& rules, bool repeats) {
    if (!repeats) {
      for (auto const rule : rules) settle(rule, truth_of_condition(rule));
      return;
    }
    for (bool changes = true; changes;) {
      changes = false;
      forget_computed();
      for (auto const rule : rules) changes = raise_status(rule) || changes;
    }
    for (auto const rule : rules)
      if (frame_.has_fired(rule) || frame_.is_pending(rule))
        activate(rule, frame_.status[index(rule)]);
  }

  /// Says so where a rule does not.
  bool counts_today(RuleId id) {
    auto const counts = is_in_its_days(frame_.policy().rules[index(id)], frame_.inputs.today);
    if (!counts) frame_.set_status(id, RuleStatus::out_of_its_days);
    return counts;
  }

  Truth truth_of_condition(RuleId id) {
    if (index_ == nullptr) {
      auto const& rule = frame_.policy().rules[index(id)];
      return rule.when ? truth_of(frame_, *rule.when) : Truth::yes;
    }
    auto const at = index_->at[index(id)];
    return with_rest(truth_of_indexed(candidates_, *index_, at), at);
  }

  /// What is indexed of a condition, and what is not.
  Truth with_rest(Truth truth, std::uint32_t at) {
    auto const end = index_->steps[at + 1].rest;
    for (auto rest = index_->steps[at].rest; rest < end && truth != Truth::no; ++rest)
      truth = both(truth, truth_of(frame_, *index_->rest[rest]));
    return truth;
  }

  /// A rule that fires silences those that it overrides; while it is pending they are at most that.
  RuleStatus find_status(RuleId id, Truth truth) {
    auto status = status_from(truth);
    auto const& rules = frame_.inputs.rules;
    if (status == RuleStatus::did_not_fire || !rules.briefs[index(id)].is_overridden) return status;
    for (auto const other : rules.overriding[index(id)]) {
      if (frame_.has_fired(other)) return RuleStatus::overridden;
      if (frame_.is_pending(other)) status = RuleStatus::pending;
    }
    return status;
  }

  void forget_computed() {
    frame_.defines.forget();
    frame_.tables.forget();
    frame_.past.clear();
  }

  /// Statuses only rise, from not firing over pending to fired: so this ends.
  bool raise_status(RuleId rule) {
    auto const status = frame_.status[index(rule)];
    if (status == RuleStatus::fired) return false;
    auto const found = find_status(rule, truth_of_condition(rule));
    auto const rises = found == RuleStatus::fired ||
                       (found == RuleStatus::pending && status != RuleStatus::pending);
    if (rises || found == RuleStatus::overridden) frame_.set_status(rule, found);
    if (!rises) return false;
    write_needs(frame_, rule);
    return true;
  }

  /// Notes what a rule writes that fired or is pending; those after it read that. Mostly in the
  /// order of rules already.
  void activate(RuleId rule, RuleStatus status) {
    auto& active = frame_.active;
    if (active.empty() || active.back() < rule)
      active.push_back(rule);
    else
      active.insert(std::ranges::upper_bound(active, rule), rule);
    for (auto const& writing : frame_.inputs.rules.writings_of(rule)) {
      frame_.write(writing);
      if (writing.is_plain && status == RuleStatus::fired) frame_.note_done(writing);
    }
  }

  Frame& frame_;
  RuleIndex const* index_;
  Candidates& candidates_;
};

}  // namespace

void settle(Frame& frame) {
  Settling{frame}.settle_all();
}

void settle(Frame& frame, std::vector<Layer> const& layers) {
  Settling settling{frame};
  for (auto const& layer : layers) settling.settle(layer);
}

}  // namespace heed::run
