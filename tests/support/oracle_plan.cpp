#include "tests/support/oracle_plan.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "engine/base/expected.hpp"
#include "tests/support/oracle_authority.hpp"
#include "tests/support/oracle_settle.hpp"
#include "tests/support/slow_calendar.hpp"

namespace heed::oracle {

namespace {

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

void add_to(World const& world, Planned& item, Deed const& deed) {
  auto const& what = *deed.what;
  for (auto const& [parameter, value] : given_by(world, what.arguments)) {
    if (deed.again || !joins(world, what.action, parameter)) continue;
    auto const same = [wanted = parameter](auto const& one) { return one.first == wanted; };
    auto found = std::find_if(item.joining.begin(), item.joining.end(), same);
    if (found == item.joining.end()) found = item.joining.insert(found, {parameter, {}});
    found->second.push_back(value);
  }
  item.by = higher(world.policy, item.by, what.by);
  item.due = earliest(item.due, due_of(world, what.within));
  item.expires = earliest(item.expires, due_after(world, world.now, what.expires_after));
  item.rules.insert(deed.rule->name);
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
std::optional<RoleId> lowest_role(Policy const& policy) {
  std::optional<RoleId> lowest;
  std::ptrdiff_t most = 0;
  for (std::uint32_t i = 0; i < policy.roles.size(); ++i) {  // by name
    auto const line = policy.roles[i].line;
    if (policy.roles[i].rank != 0) continue;
    auto const of_line = [&](Role const& other) { return other.line == line; };
    auto const roles = std::count_if(policy.roles.begin(), policy.roles.end(), of_line);
    if (roles > most) {
      lowest = RoleId{i};
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
  if (auto const by = doer_of(policy, item)) {
    out.by = policy.roles[index(*by)].name;
    out.approval = judge(world, item.action, all_given(world, item), *by).approval;
  }
  if (!action.internal_to.empty()) out.internal_to = action.internal_to;
  out.due = item.due.at;
  out.expires = item.expires.at;
  out.counted = item.due.counted ? item.due.counted : item.expires.counted;
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

Due due_after(World const& world, std::optional<Instant> from, ExpressionPtr const& duration) {
  auto const value = duration ? value_of(world, *duration) : std::nullopt;
  auto const* length = value ? std::get_if<Duration>(&*value) : nullptr;
  if (!from || !length) return {};
  auto const end = calculate(Operator::add, Value{*from}, Value{*length}, world.policy.zone);
  if (auto const* failed = std::get_if<Failed>(&end)) return {{}, {}, *failed};
  Due due{std::get<Instant>(std::get<Value>(end)), {}, {}};
  bool const backwards = length->days < 0 || length->seconds < Number{0};
  if (length->calendar && !backwards) count_slowly(*from, *length, &due.counted.emplace());
  return due;
}

Due due_of(World const& world, std::optional<Deadline> const& deadline) {
  if (!deadline) return {};
  auto const of = deadline->of ? value_of(world, *deadline->of) : Value{world.now};
  auto const* from = of ? std::get_if<Instant>(&*of) : nullptr;
  return due_after(world, from ? std::optional{*from} : std::nullopt, deadline->within);
}

std::vector<Due> dues_of_steps(World const& world, Escalate const& escalate) {
  std::optional<Instant> before = world.now;
  if (escalate.within) before = due_of(world, escalate.within).at;
  std::vector<Due> dues;
  for (auto const& step : escalate.then) {
    dues.push_back(due_after(world, before, step.after));
    before = dues.back().at;
  }
  return dues;
}

Due earliest(Due const& left, Due const& right) {
  if (!left.at || !right.at) return left.at ? left : right;
  if (*left.at != *right.at) return *left.at < *right.at ? left : right;
  if (!left.counted || !right.counted) return left.counted ? left : right;
  auto const key = [](Counted const& it) {
    return std::tie(it.calendar, it.from, it.intervals, it.skipped);
  };
  return key(*right.counted) < key(*left.counted) ? right : left;
}

std::vector<std::string> rules_that_forbid(World const& world, Status status, ActionId action) {
  return rules_where(world, status, [&](Consequence const& one) {
    auto const* forbid = std::get_if<Forbid>(&one);
    return forbid && forbid->action == action;
  });
}

std::vector<Planned> find_planned(World const& world) {
  std::vector<Planned> items;
  for (std::uint32_t i = 0; i < world.policy.actions.size(); ++i) {
    ActionId const action{i};
    bool const forbidden = !rules_that_forbid(world, Status::fired, action).empty();
    if (forbidden || holds(world, world.policy.actions[i].requires_) == Kleene::no) continue;
    for (auto const& deed : deeds_of(world, action)) {
      if (deed.sure != Kleene::yes) continue;
      Given apart;
      for (auto const& one : given_by(seen_by(world, deed), deed.what->arguments)) {
        if (!joins(world, action, one.first)) apart.push_back(one);
      }
      auto const same = [&](Planned const& item) {
        return item.action == action && item.telling_apart == apart;
      };
      auto found = std::find_if(items.begin(), items.end(), same);
      if (found == items.end()) {
        Planned item;
        item.action = action;
        item.telling_apart = apart;
        found = items.insert(found, std::move(item));
      }
      add_to(seen_by(world, deed), *found, deed);
    }
  }
  return items;
}

Given all_given(World const& world, Planned const& item) {
  auto given = item.telling_apart;
  for (auto const& [parameter, values] : item.joining) {
    auto const& takes = world.policy.actions[index(item.action)].takes;
    auto const found = joined_as(world, takes[parameter], values);
    given.emplace_back(parameter, found ? success(*found) : std::nullopt);
  }
  auto const by_parameter = [](auto const& a, auto const& b) { return a.first < b.first; };
  std::sort(given.begin(), given.end(), by_parameter);
  return given;
}

std::optional<RoleId> doer_of(Policy const& policy, Planned const& item) {
  return item.by ? item.by : lowest_role(policy);
}

std::set<std::string> plan_warnings(World const& world) {
  std::set<std::string> codes;
  for (auto const& item : find_planned(world)) {
    auto const& takes = world.policy.actions[index(item.action)].takes;
    for (auto const& [parameter, values] : item.joining) {
      auto const found = joined_as(world, takes[parameter], values);
      if (!found) continue;
      if (auto const* failed = std::get_if<Failed>(&*found))
        codes.insert(std::string{failed->code});
    }
    auto const by = doer_of(world.policy, item);
    if (by && judge(world, item.action, all_given(world, item), *by).nobody)
      codes.insert("authority.nobody");
  }
  return codes;
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
