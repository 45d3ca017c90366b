#include "engine/rule_costs.hpp"

#include <algorithm>
#include <limits>

#include "engine/run/candidates.hpp"
#include "engine/run/evaluate.hpp"
#include "engine/run/settle.hpp"

namespace heed {
namespace {

constexpr int tries = 15;

/// The least of several times.
struct Least {
  Nanoseconds clock;
  std::int64_t ns = std::numeric_limits<std::int64_t>::max();

  template <class Work>
  void time(Work const& work) {
    auto const begun = clock();
    work();
    ns = std::min(ns, clock() - begun);
  }
};

/// Asks what the index leaves of a condition, up to the first part that does not hold.
void ask(run::Frame& frame, RuleIndex const& rules, std::uint32_t at) {
  for (auto rest = rules.steps[at].rest; rest < rules.steps[at + 1].rest; ++rest)
    if (run::truth_of(frame, *rules.rest[rest]) == Truth::no) return;
}

/// Calls `visit(rule, ask)` for each rule that had to be asked.
template <class Visit>
void for_each_asked(run::Frame& frame, Visit const& visit) {
  auto const& rules = frame.inputs.rules;
  auto const counts = [&frame](RuleId rule) {
    return frame.status[index(rule)] != RuleStatus::out_of_its_days;
  };
  if (rules.index == nullptr) {
    for (auto const& layer : rules.layers)
      for (auto const rule : layer.rules)
        if (auto const& when = frame.policy().rules[index(rule)].when; when && counts(rule))
          visit(rule, [&frame, &when] { run::truth_of(frame, *when); });
    return;
  }
  run::Candidates candidates;
  run::find_candidates(candidates, frame.inputs, *rules.index);
  candidates.for_each(0, rules.index->count(), [&](std::uint32_t at) {
    if (auto const rule = rules.index->steps[at].rule; counts(rule))
      visit(rule, [&frame, &rules, at] { ask(frame, *rules.index, at); });
  });
}

}  // namespace

RuleCosts::RuleCosts(RuleSet const& rules, Nanoseconds clock)
    : rules_{std::make_unique<RuleSet>(rules)}, clock_{clock}, costs_(rules.policy.rules.size()) {
  for (std::uint32_t at = 0; at < costs_.size(); ++at) costs_[at].rule = RuleId{at};
  if (rules.index != nullptr) index_ = std::make_shared<RuleIndex>(*rules.index);
  rules_->index = index_;
  evaluator_ = std::make_unique<Evaluator>(*rules_);
}

RuleCosts::~RuleCosts() = default;

/// Answers those that fired or wait.
std::vector<RuleId> RuleCosts::add_asked(Case const& subject, Instant now) {
  auto const inputs = run::make_inputs(*rules_, subject, now);
  run::Frame frame{inputs, run::Reading::plain};
  run::settle(frame);
  Least of_clock{clock_};
  for (int nth = 0; nth < tries; ++nth) of_clock.time([] {});
  for_each_asked(frame, [&](RuleId rule, auto const& ask_again) {
    auto& cost = costs_[index(rule)];
    ++cost.asked;
    if (frame.has_fired(rule) || frame.is_pending(rule)) return;
    Least of_asking{clock_};
    for (int nth = 0; nth < tries; ++nth) {
      frame.forget_computed();  // rules may read it together: one asked by itself finds it anew
      of_asking.time(ask_again);
    }
    cost.ns += static_cast<double>(of_asking.ns - of_clock.ns);
  });
  for (auto const rule : frame.active)
    ++(frame.has_fired(rule) ? costs_[index(rule)].fired : costs_[index(rule)].waited);
  return frame.active;
}

/// How much sooner the decision would be there. With and without the rule take turns, so that a
/// machine that grows slower or faster does so for both.
std::int64_t RuleCosts::time_saved(RuleId rule, Case const& subject, Instant now,
                                   std::int64_t& whole) {
  auto& until = rules_->policy.rules[index(rule)].until;
  auto const was = until;
  Date const yesterday{rules_->policy.zone.date_of(now).days - 1};
  auto const decide_it = [&] { evaluator_->decide(subject, now); };
  Least with{clock_}, without{clock_};
  for (int nth = 0; nth < tries; ++nth) {
    with.time(decide_it);
    until = yesterday;
    if (index_) index_->dated.push_back(rule);
    without.time(decide_it);
    if (index_) index_->dated.pop_back();
    until = was;
  }
  whole = std::min(whole, with.ns);
  return with.ns - without.ns;
}

void RuleCosts::add(Case const& subject, Instant now) {
  auto const active = add_asked(subject, now);
  Least whole{clock_};
  whole.time([&] { evaluator_->decide(subject, now); });
  for (auto const rule : active)
    costs_[index(rule)].ns += static_cast<double>(time_saved(rule, subject, now, whole.ns));
  decide_ns_ += static_cast<double>(whole.ns);
}

}  // namespace heed
