#include "tests/support/oracle_plan.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "engine/base/expected.hpp"
#include "tests/support/oracle_lists.hpp"
#include "tests/support/oracle_settle.hpp"

namespace heed::oracle {

namespace {

/// Everything that rules say of one item.
struct Planned {
  ActionId action{};
  Given telling_apart;
  std::vector<std::pair<std::uint32_t, std::vector<std::optional<Value>>>> joining;
  std::optional<RoleId> by;
  std::optional<Instant> due;
  std::set<std::string> rules;
};

bool joins(World const& world, ActionId action, std::uint32_t parameter) {
  return world.policy.actions[index(action)].takes[parameter].join != Parameter::Join::none;
}

/// The higher of two roles; of equal ones the first by name.
std::optional<RoleId> higher(Policy const& policy, std::optional<RoleId> left,
                             std::optional<RoleId> right) {
  if (!left || !right) return left ? left : right;
  auto const& a = policy.roles[index(*left)];
  auto const& b = policy.roles[index(*right)];
  if (a.rank != b.rank) return a.rank > b.rank ? left : right;
  return a.name <= b.name ? left : right;
}

void add_to(World const& world, Planned& item, Do const& what, Rule const& rule) {
  for (auto const& [parameter, value] : given_by(world, what.arguments)) {
    if (!joins(world, what.action, parameter)) continue;
    auto const same = [wanted = parameter](auto const& one) { return one.first == wanted; };
    auto found = std::find_if(item.joining.begin(), item.joining.end(), same);
    if (found == item.joining.end()) found = item.joining.insert(found, {parameter, {}});
    found->second.push_back(value);
  }
  item.by = higher(world.policy, item.by, what.by);
  item.due = earliest(item.due, due_of(world, what.within));
  item.rules.insert(rule.name);
}

/// Puts what is done once, or for one item of a list, among the plan's items.
void put(World const& world, Do const& what, Rule const& rule, std::vector<Planned>& items) {
  Given apart;
  for (auto const& one : given_by(world, what.arguments)) {
    if (!joins(world, what.action, one.first)) apart.push_back(one);
  }
  auto const same = [&](Planned const& item) {
    return item.action == what.action && item.telling_apart == apart;
  };
  auto found = std::find_if(items.begin(), items.end(), same);
  if (found == items.end()) {
    found = items.insert(found, Planned{.action = what.action,
                                        .telling_apart = apart,
                                        .joining = {},
                                        .by = {},
                                        .due = {},
                                        .rules = {}});
  }
  add_to(world, *found, what, rule);
}

std::vector<Planned> find_planned(World const& world) {
  std::vector<Planned> items;
  each_written<Do>(world, Status::fired, [&](Do const& what, Rule const& rule) {
    bool const forbidden = !rules_that_forbid(world, Status::fired, what.action).empty();
    auto const& requires_ = world.policy.actions[index(what.action)].requires_;
    if (forbidden || holds(world, requires_) == Kleene::no) return;
    if (!what.for_each) return put(world, what, rule, items);
    auto const each = items_of(world, *what.for_each->list);
    for (auto const& item : each.value_or(std::vector<Looked>{})) {
      auto const inside = looking_at(world, item);
      if (holds(inside, what.for_each->where) == Kleene::yes) put(inside, what, rule, items);
    }
  });
  return items;
}

Given all_given(World const& world, Planned const& item) {
  auto given = item.telling_apart;
  for (auto const& [parameter, values] : item.joining) {
    auto const join = world.policy.actions[index(item.action)].takes[parameter].join;
    given.emplace_back(parameter, joined(join == Parameter::Join::largest, values));
  }
  auto const by_parameter = [](auto const& a, auto const& b) { return a.first < b.first; };
  std::sort(given.begin(), given.end(), by_parameter);
  return given;
}

/// The weight and severity of the heaviest need that these rules read or write.
std::pair<int, int> need_served(World const& world, std::set<std::string> const& rules) {
  std::pair heaviest{0, 0};
  for (auto const& rule : world.policy.rules) {
    if (!rules.contains(rule.name)) continue;
    auto names = named_in(world.policy, rule);
    names.merge(written_by(world.policy, rule));
    for (std::uint32_t i = 0; i < world.policy.needs.size(); ++i) {
      auto const& need = world.policy.needs[i];
      if (!names.contains("need:" + need.name)) continue;
      auto const severity = need_bounds(world, NeedId{i}).least_severity;
      heaviest = std::max(heaviest, std::pair{need.weight, severity});
    }
  }
  return heaviest;
}

/// The lowest role of the line with the most roles.
std::string lowest_role(Policy const& policy) {
  std::string lowest;
  std::ptrdiff_t most = 0;
  for (auto const& role : policy.roles) {  // by name
    if (role.rank != 0) continue;
    auto const of_line = [&](Role const& other) { return other.line == role.line; };
    auto const roles = std::count_if(policy.roles.begin(), policy.roles.end(), of_line);
    if (roles > most) {
      lowest = role.name;
      most = roles;
    }
  }
  return lowest;
}

PlanItem written_out(World const& world, Planned const& item) {
  auto const& policy = world.policy;
  auto const& action = policy.actions[index(item.action)];
  PlanItem out;
  if (action.phase) out.phase = policy.phases[*action.phase];
  out.action = action.name;
  for (auto const& [parameter, value] : all_given(world, item)) {
    auto const& takes = action.takes[parameter];
    out.with.emplace_back(takes.name, show_value(value, takes.type, policy.zone));
  }
  out.by = item.by ? policy.roles[index(*item.by)].name : lowest_role(policy);
  if (!action.internal_to.empty()) out.internal_to = action.internal_to;
  out.due = item.due;
  bool const open = holds(world, action.requires_) == Kleene::unknown;
  if (open) out.requires_ = action.requires_->text;
  out.unless = rules_that_forbid(world, Status::pending, item.action);
  out.rules.assign(item.rules.begin(), item.rules.end());
  return out;
}

}  // namespace

Given given_by(World const& world, std::vector<Argument> const& arguments) {
  Given given;
  for (auto const& one : arguments) given.emplace_back(one.parameter, value_of(world, *one.value));
  auto const by_parameter = [](auto const& a, auto const& b) { return a.first < b.first; };
  std::sort(given.begin(), given.end(), by_parameter);
  return given;
}

bool given_before(Given const& left, Given const& right) {
  for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
    auto const& [a, x] = left[i];
    auto const& [b, y] = right[i];
    if (a != b) return b < a;  // the left one has not what the right one begins with, or turned
    if (x.has_value() != y.has_value()) return y.has_value();
    if (x && comes_before(*x, *y)) return true;
    if (x && comes_before(*y, *x)) return false;
  }
  return left.size() < right.size();
}

std::optional<Instant> due_of(World const& world, std::optional<Deadline> const& deadline) {
  if (!deadline) return std::nullopt;
  auto const within = value_of(world, *deadline->within);
  auto const of = deadline->of ? value_of(world, *deadline->of) : Value{world.now};
  auto const* duration = within ? std::get_if<Duration>(&*within) : nullptr;
  auto const* from = of ? std::get_if<Instant>(&*of) : nullptr;
  return duration && from ? add(*from, *duration, world.policy.zone) : std::nullopt;
}

std::optional<Instant> earliest(std::optional<Instant> left, std::optional<Instant> right) {
  if (!left || !right) return left ? left : right;
  return std::min(*left, *right);
}

std::vector<std::string> rules_that_forbid(World const& world, Status status, ActionId action) {
  return rules_where(world, status, [&](Consequence const& one) {
    auto const* forbid = std::get_if<Forbid>(&one);
    return forbid && forbid->action == action;
  });
}

std::vector<std::pair<Type, Values>> joined_parameters(World const& world) {
  std::vector<std::pair<Type, Values>> found;
  for (auto const& item : find_planned(world)) {
    auto const& takes = world.policy.actions[index(item.action)].takes;
    for (auto const& [parameter, values] : item.joining)
      found.emplace_back(takes[parameter].type, values);
  }
  return found;
}

std::vector<PlanItem> find_plan(World const& world) {
  struct Placed {
    std::uint32_t phase;
    std::pair<int, int> serves;
    std::string action;
    Given given;
    PlanItem item;
  };
  std::vector<Placed> placed;
  for (auto const& item : find_planned(world)) {
    auto const& action = world.policy.actions[index(item.action)];
    placed.push_back({action.phase.value_or(std::numeric_limits<std::uint32_t>::max()),
                      need_served(world, item.rules), action.name, all_given(world, item),
                      written_out(world, item)});
  }
  std::stable_sort(placed.begin(), placed.end(), [](Placed const& a, Placed const& b) {
    if (a.phase != b.phase) return a.phase < b.phase;
    if (a.serves != b.serves) return a.serves > b.serves;
    if (a.action != b.action) return a.action < b.action;
    return given_before(a.given, b.given);
  });
  std::vector<PlanItem> plan;
  for (auto& one : placed) plan.push_back(std::move(one.item));
  return plan;
}

}  // namespace heed::oracle
