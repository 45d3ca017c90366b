#include "engine/run/coverage.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "engine/compile/parts.hpp"
#include "engine/run/decide.hpp"
#include "engine/run/lists.hpp"
#include "engine/run/trace.hpp"

namespace heed {
namespace run {
namespace {

using Kind = Coverage::Outcome::Kind;

/// Goes to every part of a condition that joins no other; with a frame only to those that the case
/// comes to.
class ConditionWalk {
 public:
  using Visit = std::function<void(Expression const&)>;
  ConditionWalk(Frame* frame, Visit visit) : frame_{frame}, visit_{std::move(visit)} {}

  void into_condition(Expression const& condition) {
    if (auto const* then = std::get_if<AndThen>(&condition.form)) {
      into_condition(*then->first);
      if (frame_ == nullptr || truth_of(*frame_, *then->first) == Truth::yes)
        into_condition(*then->second);
    } else if (joins_conditions(condition)) {
      compiling::for_each_part(condition, [this](auto const& part) { into_condition(part); });
    } else if (!std::holds_alternative<Constant>(condition.form)) {
      visit_(condition);
      into_value(condition);
    }
  }

  void into_value(Expression const& value) {
    auto const& form = value.form;
    if (auto const* window = std::get_if<EventWindow>(&form)) {
      into_value(*window->last);
      return into_events(*window);
    }
    if (auto const* since = std::get_if<TimeSince>(&form)) return into_events(*since);
    if (auto const* test = std::get_if<ItemTest>(&form))
      return each_item(*test->list, [&] { into_condition(*test->has); });
    if (auto const* aggregate = std::get_if<Aggregate>(&form)) {
      return each_item(*aggregate->list, [&] {
        if (aggregate->where) into_condition(*aggregate->where);
        if (aggregate->of) into_value(*aggregate->of);
      });
    }
    if (auto const* choice = std::get_if<Conditional>(&form)) return into_choice(*choice);
    compiling::for_each_part(value, [this](auto const& part) { into_value(part); });
  }

  /// All conditions of the policy: of rules with their values, of defines, of `requires`.
  void into(Policy const& policy) {
    for (std::size_t at = 0; at < policy.rules.size(); ++at) {
      auto const& rule = policy.rules[at];
      auto const status = frame_ == nullptr ? RuleStatus::fired : frame_->status[at];
      if (status == RuleStatus::out_of_its_days) continue;
      if (rule.when) into_condition(*rule.when);
      if (status != RuleStatus::fired) continue;
      for (auto const& consequence : rule.then) into_consequence(consequence);
    }
    for (auto const& define : policy.defines) {
      if (define.value->type.kind == heed::Kind::truth)
        into_condition(*define.value);
      else
        into_value(*define.value);
    }
    for (auto const& action : policy.actions)
      if (action.requires_) into_condition(*action.requires_);
    for (auto const& authority : policy.authorities)
      for (auto const& line : authority.lines)
        if (line.when) into_condition(*line.when);
  }

 private:
  void into_choice(Conditional const& choice) {
    into_condition(*choice.condition);
    auto const truth = frame_ == nullptr ? Truth::unknown : truth_of(*frame_, *choice.condition);
    if (truth != Truth::no) into_value(*choice.value);
    if (truth != Truth::yes) into_value(*choice.otherwise);
  }

  /// With a frame, once for each item, which is bound meanwhile.
  template <class Into>
  void each_item(Expression const& list, Into const& into) {
    if (frame_ == nullptr) return into();
    for_each_item(*frame_, list, [&](Bound const& item) {
      Binding const binding{*frame_, item};
      into();
    });
  }

  /// Each event of the customer's own history within the window.
  void into_events(EventWindow const& window) {
    if (!window.where) return;
    if (frame_ == nullptr) return into_condition(*window.where);
    for (auto const& event : find_counted(*frame_, window)) into_event(event, *window.where);
  }

  /// From the last one back until one surely counts.
  void into_events(TimeSince const& since) {
    if (!since.where) return;
    if (frame_ == nullptr) return into_condition(*since.where);
    auto const& events = frame_->inputs.past.of_events[index(since.event)];
    for (auto event = events.rbegin(); event != events.rend(); ++event)
      if (into_event(*event, *since.where) == Truth::yes) return;
  }

  Truth into_event(PastEvent const& event, Expression const& where) {
    Binding const binding{*frame_, {&event.fields, std::nullopt}};
    into_condition(where);
    return truth_of(*frame_, where);
  }

  void into_consequence(Consequence const& consequence) {
    auto const* what = std::get_if<Do>(&consequence);
    if (what == nullptr || !what->for_each) {
      compiling::for_each_value(consequence, [this](auto const& value) { into_value(value); });
      return;
    }
    each_item(*what->for_each->list, [&] {
      if (what->for_each->where) into_condition(*what->for_each->where);
      for (auto const& argument : what->arguments) into_value(*argument.value);
    });
  }

  Frame* frame_;
  Visit visit_;
};

/// What the rules of a policy can bring about, each once.
class Outcomes {
 public:
  explicit Outcomes(Policy const& policy) : policy_{policy} {
    for (auto const& rule : policy.rules)
      for (auto const& consequence : rule.then)
        std::visit([this](auto const& form) { add(form); }, consequence);
  }
  std::map<std::pair<Kind, std::string>, std::uint64_t> found;

 private:
  void add(Kind kind, std::string const& name) { found.emplace(std::pair{kind, name}, 0); }
  void add(WriteNeed const& form) {
    auto const& name = policy_.needs[index(form.need)].name;
    add(Kind::need_met, name);
    if (form.state == NeedState::threatened) add(Kind::need_threatened, name);
    if (form.state == NeedState::violated) add(Kind::need_violated, name);
  }
  void add(Instead const& form) { add(form.what); }
  void add(Offer const& form) {
    for (auto const& what : form.actions)
      add(Kind::offered, policy_.actions[index(what.action)].name);
  }
  void add(Check const&) {}
  void add(Do const& form) { add(Kind::done, policy_.actions[index(form.action)].name); }
  void add(Forbid const& form) { add(Kind::forbidden, policy_.actions[index(form.action)].name); }
  void add(Say const& form) {
    if (form.script) add(Kind::said, policy_.scripts[index(*form.script)].name);
  }
  void add(Ask const&) {}
  void add(Escalate const& form) { add(Kind::escalated, policy_.roles[index(form.to)].name); }
  void add(Alert const& form) { add(Kind::alerted, policy_.roles[index(form.role)].name); }
  void add(AddToScore const&) {}
  void add(SetAnswer const&) {}
  void add(Record const& form) { add(Kind::recorded, policy_.events[index(form.event)].name); }

  Policy const& policy_;
};

Kind kind_of(NeedState state) {
  switch (state) {
    case NeedState::met:
      return Kind::need_met;
    case NeedState::threatened:
      return Kind::need_threatened;
    case NeedState::violated:
      return Kind::need_violated;
  }
  return Kind::need_met;
}

/// What a decision brings about, each once.
std::vector<std::pair<Kind, std::string>> list_outcomes(Deciding const& deciding) {
  std::vector<std::pair<Kind, std::string>> found;
  auto const& decision = deciding.decision;
  auto const& policy = deciding.plain.policy();
  for (std::size_t at = 0; at < policy.needs.size(); ++at)
    found.emplace_back(kind_of(deciding.plain.needs[at].state), policy.needs[at].name);
  for (auto const& item : decision.plan) found.emplace_back(Kind::done, item.action);
  for (auto const& one : decision.forbidden) found.emplace_back(Kind::forbidden, one.action);
  for (auto const& saying : decision.say)
    if (saying.script) found.emplace_back(Kind::said, *saying.script);
  for (auto const& escalation : decision.escalations)
    if (escalation.to) found.emplace_back(Kind::escalated, *escalation.to);
  for (auto const& alert : decision.alerts) found.emplace_back(Kind::alerted, alert.role);
  for (auto const& record : decision.record) found.emplace_back(Kind::recorded, record.event);
  for (auto const& offering : decision.choices)
    for (auto const& option : offering.options) found.emplace_back(Kind::offered, option.action);
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace

CoverageCounter::CoverageCounter(Policy const& policy) : policy_{policy} {
  for (auto const& rule : policy.rules) coverage_.rules.push_back({rule.name, rule.where});
  for (auto const& table : policy.tables) {
    auto& places = rows_.emplace_back();
    for (auto const& row : table.rows) {
      places.push_back(coverage_.rows.size());
      coverage_.rows.push_back({table.name, row.where});
    }
  }
  ConditionWalk walk{nullptr, [this](Expression const& part) {
                       auto const at = coverage_.parts.size();
                       if (parts_.emplace(&part, at).second)
                         coverage_.parts.push_back({part.where, part.text});
                     }};
  walk.into(policy);
  for (auto const& [outcome, count] : Outcomes{policy}.found)
    coverage_.outcomes.push_back({outcome.first, outcome.second, count});
}

void CoverageCounter::count(Deciding& deciding) {
  ++coverage_.cases;
  count_rules(deciding);
  count_rows(deciding);
  count_conditions(deciding);
  count_outcomes(deciding);
}

void CoverageCounter::count_rules(Deciding const& deciding) {
  for (std::size_t at = 0; at < coverage_.rules.size(); ++at) {
    auto& rule = coverage_.rules[at];
    auto const status = deciding.plain.status[at];
    ++(status == RuleStatus::fired     ? rule.fired
       : status == RuleStatus::pending ? rule.pending
                                       : rule.silent);
  }
}

void CoverageCounter::count_rows(Deciding& deciding) {
  for (std::size_t table = 0; table < policy_.tables.size(); ++table) {
    auto const& rows = policy_.tables[table].rows;
    for (std::size_t at = 0; at < rows.size(); ++at) {
      auto const truth = truth_of(deciding.plain, rows[at]);
      auto& row = coverage_.rows[rows_[table][at]];
      if (truth == Truth::unknown) ++row.open;
      if (truth != Truth::yes) continue;
      ++row.applied;
      if (policy_.tables[table].hit == Table::Hit::first) break;
    }
  }
}

void CoverageCounter::count_conditions(Deciding& deciding) {
  auto& frame = deciding.plain;
  ConditionWalk walk{
      &frame, [&](Expression const& expression) {
        auto& part = coverage_.parts[parts_.at(&expression)];
        auto const truth = truth_of(frame, expression);
        ++(truth == Truth::yes ? part.yes : truth == Truth::no ? part.no : part.unknown);
      }};
  walk.into(policy_);
}

void CoverageCounter::count_outcomes(Deciding const& deciding) {
  auto const order = [](Coverage::Outcome const& outcome) {
    return std::pair{outcome.kind, outcome.name};
  };
  for (auto const& found : list_outcomes(deciding)) {
    auto const outcome = std::ranges::lower_bound(coverage_.outcomes, found, {}, order);
    if (outcome != coverage_.outcomes.end() && order(*outcome) == found) ++outcome->count;
  }
}

Coverage CoverageCounter::take() && {
  std::ranges::stable_sort(coverage_.parts, {}, &Coverage::Part::where);
  std::ranges::stable_sort(coverage_.rows, {}, &Coverage::Row::where);
  return std::move(coverage_);
}

}  // namespace run

Shares shares_of(Coverage const& coverage) {
  Shares shares;
  auto const add = [](Share& share, bool is_reached) {
    ++share.all;
    if (is_reached) ++share.reached;
  };
  for (auto const& rule : coverage.rules) add(shares.rules, rule.fired > 0);
  for (auto const& part : coverage.parts) {
    add(shares.branches, part.yes > 0);
    add(shares.branches, part.no > 0);
  }
  for (auto const& row : coverage.rows) add(shares.rows, row.applied > 0);
  for (auto const& outcome : coverage.outcomes) add(shares.outcomes, outcome.count > 0);
  return shares;
}

Share total_of(Shares const& shares) {
  Share total;
  for (auto const* share : {&shares.rules, &shares.branches, &shares.rows, &shares.outcomes}) {
    total.reached += share->reached;
    total.all += share->all;
  }
  return total;
}

std::uint64_t hundredths_of(Share const& share) {
  return share.all == 0 ? 10'000 : share.reached * 10'000 / share.all;
}

}  // namespace heed
