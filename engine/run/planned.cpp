#include "engine/run/planned.hpp"

#include <algorithm>

#include "engine/run/assemble.hpp"
#include "engine/run/deeds.hpp"

namespace heed::run {
namespace {

/// What joins in one parameter; null: unknown.
struct Joined {
  std::uint32_t parameter = 0;
  Value const* value = nullptr;
};

/// An item while rules join into it.
struct Joining {
  AllGiven own;  // what tells items apart; joined parameters are absent here
  Growing<Joined> joined;
  std::optional<RoleId> by;
  Due due, expires;
  Growing<RuleId> rules;
};

bool is_joined(Parameter const& parameter) {
  return parameter.join != Parameter::Join::none;
}

bool is_above(Policy const& policy, RoleId one, std::optional<RoleId> other) {
  if (!other) return true;
  auto const rank = policy.roles[index(one)].rank;
  auto const other_rank = policy.roles[index(*other)].rank;
  return rank != other_rank ? rank > other_rank : one < *other;
}

class Joiner {
 public:
  Joiner(Frame& frame, std::vector<Parameter> const& parameters)
      : items{frame.room},
        frame_{frame},
        parameters_{parameters},
        some_join_{std::ranges::any_of(parameters, &is_joined)} {}

  void add(Writing const& writing, Do const& what) {
    auto const own = find_given(frame_, what.arguments, parameters_.size());
    auto const joined = some_join_ ? make_given(frame_, parameters_.size()) : AllGiven{};
    for (std::size_t at = 0; at < joined.size(); ++at)
      if (is_joined(parameters_[at])) std::swap(own[at], joined[at]);
    auto& item = find(own);
    for (std::uint32_t at = 0; at < joined.size(); ++at)
      if (joined[at].is_given && !writing.is_repeated)
        item.joined.push_back({at, joined[at].value});
    if (what.by && is_above(frame_.policy(), *what.by, item.by)) item.by = what.by;
    if (what.within) keep_earlier(item.due, due_of(frame_, *what.within));
    if (what.expires_after)
      keep_earlier(item.expires, due_after(frame_, frame_.inputs.now, *what.expires_after));
    if (item.rules.empty() || item.rules.back() != writing.rule) item.rules.push_back(writing.rule);
  }

  Growing<Joining> items;

 private:
  Joining& find(AllGiven own) {
    for (auto& item : items)
      if (are_equal(item.own, own)) return item;
    return items.push_back(
        {own, Growing<Joined>{frame_.room}, {}, {}, {}, Growing<RuleId>{frame_.room}});
  }

  Frame& frame_;
  std::vector<Parameter> const& parameters_;
  bool some_join_;
};

/// Fills in a parameter where rules gave something that joins.
void join_parameter(Frame& frame, Planned& item, Parameter const& parameter, std::uint32_t at,
                    Growing<Joined> const& joined) {
  std::vector<Value const*> values;
  for (auto const& one : joined)
    if (one.parameter == at) values.push_back(one.value);
  if (values.empty()) return;
  item.given[at] = {true, nullptr};
  if (std::ranges::find(values, nullptr) != values.end()) return;
  auto const value = join(frame, parameter, values);
  if (value)
    item.given[at].value = value.value();
  else
    item.failures.push_back({at, value.error()});
}

Planned finish(Frame& frame, ActionId action, Joining const& joining) {
  auto const& parameters = frame.policy().actions[index(action)].takes;
  Planned item{action,
               joining.own,
               joining.by.value_or(frame.inputs.rules.lowest_role),
               joining.due,
               joining.expires,
               joining.rules,
               Growing<Planned::Failure>{frame.room}};
  for (std::uint32_t at = 0; at < parameters.size(); ++at)
    if (is_joined(parameters[at])) join_parameter(frame, item, parameters[at], at, joining.joined);
  return item;
}

}  // namespace

List<Planned> find_planned(Frame& frame, ActionId action) {
  Joiner joiner{frame, frame.policy().actions[index(action)].takes};
  for (auto const& writing : frame.writers.doing[index(action)])
    for_each_deed(frame, writing, [&](Truth sure) {
      if (sure == Truth::yes) joiner.add(writing, what_is_done(frame, writing));
    });
  Growing<Planned> items{frame.room, joiner.items.size()};
  for (auto const& joining : joiner.items) items.push_back(finish(frame, action, joining));
  return items.list();
}

Planned plan_constant_item(Frame& frame, Writing const& writing) {
  auto const& what = what_is_done(frame, writing);
  auto const count = frame.policy().actions[index(what.action)].takes.size();
  Planned item{.action = what.action,
               .given = find_given(frame, what.arguments, count),
               .by = what.by.value_or(frame.inputs.rules.lowest_role),
               .due = {},
               .expires = {},
               .rules = Growing<RuleId>{frame.room, 1},
               .failures = Growing<Planned::Failure>{frame.room}};
  item.rules.push_back(writing.rule);
  return item;
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
