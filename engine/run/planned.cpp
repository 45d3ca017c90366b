#include "engine/run/planned.hpp"

#include <algorithm>

#include "engine/run/assemble.hpp"
#include "engine/run/deeds.hpp"

namespace heed::run {
namespace {

/// An item while rules join into it.
struct Joining {
  std::vector<Given> own;  // what tells items apart; joined parameters are absent here
  std::vector<std::vector<Value const*>> joined;  // by parameter: what joins; null: unknown
  std::optional<RoleId> by;
  Due due, expires;
  std::vector<RuleId> rules;
};

bool is_above(Policy const& policy, RoleId one, std::optional<RoleId> other) {
  if (!other) return true;
  auto const rank = policy.roles[index(one)].rank;
  auto const other_rank = policy.roles[index(*other)].rank;
  return rank != other_rank ? rank > other_rank : one < *other;
}

class Joiner {
 public:
  Joiner(Frame& frame, std::vector<Parameter> const& parameters)
      : frame_{frame}, parameters_{parameters} {}

  void add(Writing const& writing, Do const& what) {
    auto own = find_given(frame_, what.arguments, parameters_.size());
    std::vector<Given> joined(parameters_.size());
    for (std::size_t at = 0; at < parameters_.size(); ++at)
      if (parameters_[at].join != Parameter::Join::none) std::swap(own[at], joined[at]);
    auto& item = find(std::move(own));
    for (std::size_t at = 0; at < parameters_.size(); ++at)
      if (joined[at].is_given && !writing.is_repeated) item.joined[at].push_back(joined[at].value);
    if (what.by && is_above(frame_.policy(), *what.by, item.by)) item.by = what.by;
    if (what.within) keep_earlier(item.due, due_of(frame_, *what.within));
    if (what.expires_after)
      keep_earlier(item.expires, due_after(frame_, frame_.inputs.now, *what.expires_after));
    if (item.rules.empty() || item.rules.back() != writing.rule) item.rules.push_back(writing.rule);
  }

  std::vector<Joining> items;

 private:
  Joining& find(std::vector<Given> own) {
    for (auto& item : items)
      if (item.own == own) return item;
    auto& item = items.emplace_back();
    item.own = std::move(own);
    item.joined.resize(parameters_.size());
    return item;
  }

  Frame& frame_;
  std::vector<Parameter> const& parameters_;
};

Planned finish(Frame& frame, ActionId action, Joining joining) {
  auto const& parameters = frame.policy().actions[index(action)].takes;
  Planned item;
  item.action = action;
  item.given = std::move(joining.own);
  item.by = joining.by.value_or(frame.inputs.rules.lowest_role);
  item.due = std::move(joining.due);
  item.expires = std::move(joining.expires);
  item.rules = std::move(joining.rules);
  for (std::uint32_t at = 0; at < parameters.size(); ++at) {
    auto const& values = joining.joined[at];
    if (values.empty()) continue;
    auto const is_known = std::ranges::find(values, nullptr) == values.end();
    item.given[at] = {true, nullptr};
    if (!is_known) continue;
    auto const joined = join(frame, parameters[at], values);
    if (joined)
      item.given[at].value = joined.value();
    else
      item.failures.push_back({at, joined.error()});
  }
  return item;
}

}  // namespace

std::vector<Planned> find_planned(Frame& frame, ActionId action) {
  Joiner joiner{frame, frame.policy().actions[index(action)].takes};
  for (auto const& writing : frame.writers.doing[index(action)])
    for_each_deed(frame, writing, [&](Truth sure) {
      if (sure == Truth::yes) joiner.add(writing, what_is_done(frame, writing));
    });
  std::vector<Planned> items;
  items.reserve(joiner.items.size());
  for (auto& joining : joiner.items) items.push_back(finish(frame, action, std::move(joining)));
  return items;
}

bool is_forbidden(Frame const& frame, ActionId action) {
  auto const& forbidding = frame.writers.forbidding[index(action)];
  return std::ranges::any_of(forbidding,
                             [&](Writing const& writing) { return frame.has_fired(writing.rule); });
}

Truth may_be_done(Frame& frame, ActionId action) {
  auto const& requires_ = frame.policy().actions[index(action)].requires_;
  return requires_ ? truth_of(frame, *requires_) : Truth::yes;
}

}  // namespace heed::run
