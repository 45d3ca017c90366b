#include <algorithm>
#include <tuple>

#include "engine/run/assemble.hpp"
#include "engine/run/evaluate.hpp"
#include "engine/run/kleene.hpp"
#include "engine/run/lists.hpp"
#include "engine/run/parameters.hpp"
#include "engine/run/settle.hpp"
#include "engine/run/targets.hpp"

/// What is to be done: plan items, and what is forbidden or withheld.
namespace heed::run {
namespace {

/// One plan item while rules join into it.
struct Item {
  std::uint32_t action = 0;
  std::vector<Given> own;  // what tells items apart; joined parameters are absent here
  std::vector<std::vector<Value const*>> joined;  // by parameter: what joins; null: unknown
  std::optional<RoleId> by;
  std::optional<Instant> due;
  std::vector<RuleId> rules;
};

bool is_above(Policy const& policy, RoleId one, std::optional<RoleId> other) {
  if (!other) return true;
  auto const rank = policy.roles[index(one)].rank;
  auto const other_rank = policy.roles[index(*other)].rank;
  return rank != other_rank ? rank > other_rank : one < *other;
}

class ItemList {
 public:
  ItemList(Frame& frame, std::uint32_t action)
      : frame_{frame}, action_{action}, parameters_{frame.policy().actions[action].takes} {}

  void add(RuleId rule, Do const& what) {
    auto own = find_given(frame_, what.arguments, parameters_.size());
    std::vector<Given> joined(parameters_.size());
    for (std::size_t at = 0; at < parameters_.size(); ++at)
      if (parameters_[at].join != Parameter::Join::none) std::swap(own[at], joined[at]);
    auto& item = find(std::move(own));
    for (std::size_t at = 0; at < parameters_.size(); ++at)
      if (joined[at].is_given) item.joined[at].push_back(joined[at].value);
    if (what.by && is_above(frame_.policy(), *what.by, item.by)) item.by = what.by;
    if (what.within) item.due = find_earlier(item.due, instant_of(frame_, *what.within));
    if (item.rules.empty() || item.rules.back() != rule) item.rules.push_back(rule);
  }

  std::vector<Item> items;

 private:
  Item& find(std::vector<Given> own) {
    for (auto& item : items)
      if (item.own == own) return item;
    auto& item = items.emplace_back();
    item.action = action_;
    item.own = std::move(own);
    item.joined.resize(parameters_.size());
    return item;
  }

  Frame& frame_;
  std::uint32_t action_;
  std::vector<Parameter> const& parameters_;
};

/// Null where one value is unknown, or where they cannot be compared: of that it warns.
Value const* join(Action const& action, Parameter const& parameter,
                  std::vector<Value const*> const& values, std::vector<Warning>& warnings) {
  auto const has_unknown = std::ranges::find(values, nullptr) != values.end();
  if (has_unknown) return nullptr;
  auto const* joined = join_written(parameter.join == Parameter::Join::largest, values);
  if (joined != nullptr) return joined;
  auto const flaw = find_join_flaw(parameter.type);
  warnings.push_back(
      {std::string{code_of(flaw)}, "",
       "joining `" + parameter.name + "` of `" + action.name + "` " + std::string{words_of(flaw)}});
  return nullptr;
}

std::vector<Given> all_given(Item const& item, Action const& action,
                             std::vector<Warning>& warnings) {
  auto given = item.own;
  for (std::size_t at = 0; at < given.size(); ++at) {
    if (!item.joined[at].empty())
      given[at] = {true, join(action, action.takes[at], item.joined[at], warnings)};
  }
  return given;
}

/// The heaviest need that the item's rules serve: its weight, and its severity as it stands.
std::pair<int, int> find_weight(Frame const& frame, Item const& item) {
  std::pair<int, int> heaviest{0, 0};
  for (auto const rule : item.rules) {
    for (auto const need : frame.inputs.rules.serves[index(rule)]) {
      auto const weight = frame.policy().needs[index(need)].weight;
      heaviest = std::max(heaviest, {weight, frame.needs[index(need)].severity});
    }
  }
  return heaviest;
}

/// A plan item and what orders it.
struct Entry {
  PlanItem shown;
  std::size_t phase = 0;
  std::pair<int, int> weight;
  std::uint32_t action = 0;
  std::vector<Given> given;
};

bool comes_before(Entry const& left, Entry const& right) {
  auto const place = [](Entry const& entry) {
    return std::tuple{entry.phase, -entry.weight.first, -entry.weight.second, entry.action};
  };
  if (place(left) != place(right)) return place(left) < place(right);
  return comes_before(left.given, right.given);
}

Truth may_be_done(Frame& frame, Action const& action) {
  return action.requires_ ? truth_of(frame, *action.requires_) : Truth::yes;
}

Entry make_entry(Frame& frame, Item const& item, Truth may, std::vector<Warning>& warnings) {
  auto const& policy = frame.policy();
  auto const& action = policy.actions[item.action];
  auto const& forbidding = frame.inputs.rules.writers.forbidding[item.action];
  Entry entry;
  entry.action = item.action;
  entry.given = all_given(item, action, warnings);
  entry.phase = action.phase ? *action.phase : policy.phases.size();
  entry.weight = find_weight(frame, item);
  auto& shown = entry.shown;
  if (action.phase) shown.phase = policy.phases[*action.phase];
  shown.action = action.name;
  shown.with = show_given(entry.given, action.takes, policy.zone);
  if (!policy.roles.empty())
    shown.by = policy.roles[index(item.by.value_or(frame.inputs.rules.lowest_role))].name;
  if (!action.internal_to.empty()) shown.internal_to = action.internal_to;
  shown.due = item.due;
  if (may == Truth::unknown) shown.requires_ = action.requires_->text;
  shown.unless = names_of(policy, rules_at(frame, forbidding, RuleStatus::pending));
  shown.rules = names_of(policy, item.rules);
  return entry;
}

/// Once for each item that surely fits, where the rule says `for each`.
void add_to(ItemList& list, Frame& frame, Writing const& writing) {
  auto const& what = consequence_of<Do>(frame, writing);
  if (!what.for_each) return list.add(writing.rule, what);
  for_each_item(frame, *what.for_each->list, [&](Bound const& item) {
    Binding const binding{frame, item};
    if (fits(frame, what.for_each->where) == Truth::yes) list.add(writing.rule, what);
  });
}

/// The rules that fired and surely carry the action out, ascending, each once.
std::vector<RuleId> find_doers(Frame& frame, std::size_t action) {
  std::vector<RuleId> rules;
  for (auto const& writing : frame.inputs.rules.writers.doing[action]) {
    auto const is_last = !rules.empty() && rules.back() == writing.rule;
    if (!frame.has_fired(writing.rule) || is_last) continue;
    if (is_carried_out(frame, consequence_of<Do>(frame, writing)) == Truth::yes)
      rules.push_back(writing.rule);
  }
  return rules;
}

bool is_forbidden(Frame const& frame, std::size_t action) {
  auto const& forbidding = frame.inputs.rules.writers.forbidding[action];
  return !rules_at(frame, forbidding, RuleStatus::fired).empty();
}

}  // namespace

std::optional<Instant> find_earlier(std::optional<Instant> one, std::optional<Instant> other) {
  if (!one || !other) return one ? one : other;
  return std::min(*one, *other);
}

std::vector<PlanItem> list_plan(Frame& frame, std::vector<Warning>& warnings) {
  std::vector<Entry> entries;
  auto const& policy = frame.policy();
  for (std::uint32_t at = 0; at < policy.actions.size(); ++at) {
    ItemList list{frame, at};
    for (auto const& writing : frame.inputs.rules.writers.doing[at]) {
      if (frame.has_fired(writing.rule)) add_to(list, frame, writing);
    }
    if (list.items.empty() || is_forbidden(frame, at)) continue;
    auto const may = may_be_done(frame, policy.actions[at]);
    if (may == Truth::no) continue;
    for (auto const& item : list.items) entries.push_back(make_entry(frame, item, may, warnings));
  }
  std::ranges::sort(entries,
                    [](Entry const& one, Entry const& other) { return comes_before(one, other); });
  std::vector<PlanItem> plan;
  plan.reserve(entries.size());
  for (auto& entry : entries) plan.push_back(std::move(entry.shown));
  return plan;
}

std::vector<Forbidding> list_forbidden(Frame const& frame) {
  std::vector<Forbidding> list;
  for (std::size_t at = 0; at < frame.policy().actions.size(); ++at) {
    auto const rules =
        rules_at(frame, frame.inputs.rules.writers.forbidding[at], RuleStatus::fired);
    if (!rules.empty())
      list.push_back({frame.policy().actions[at].name, names_of(frame.policy(), rules)});
  }
  return list;
}

std::vector<Withholding> list_withheld(Frame& frame) {
  std::vector<Withholding> list;
  for (std::size_t at = 0; at < frame.policy().actions.size(); ++at) {
    auto const& action = frame.policy().actions[at];
    auto const rules = find_doers(frame, at);
    if (rules.empty() || is_forbidden(frame, at) || may_be_done(frame, action) != Truth::no)
      continue;
    list.push_back({action.name, action.requires_->text, names_of(frame.policy(), rules)});
  }
  return list;
}

}  // namespace heed::run
