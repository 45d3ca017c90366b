#include <algorithm>
#include <tuple>

#include "tests/support/oracle_plan.hpp"
#include "tests/support/oracle_texts.hpp"

namespace heed::oracle {

namespace {

struct Step {
  RoleId to;
  std::optional<Instant> due;
};

/// The steps after the first, each due when it is counted from the one before it.
std::vector<Step> later_steps(World const& world, Escalate const& escalate) {
  auto const dues = dues_of_steps(world, escalate);
  std::vector<Step> steps;
  for (std::size_t i = 0; i < dues.size(); ++i) steps.push_back({escalate.then[i].to, dues[i].at});
  return steps;
}

std::uint32_t rank(World const& world, RoleId role) {
  return world.policy.roles[index(role)].rank;
}
std::string const& name(World const& world, RoleId role) {
  return world.policy.roles[index(role)].name;
}

std::vector<Escalation::Step> ladder(World const& world, RoleId first, std::vector<Step> steps) {
  std::stable_sort(steps.begin(), steps.end(), [&](Step const& a, Step const& b) {
    if (a.due.has_value() != b.due.has_value()) return a.due.has_value();
    return std::tuple{a.due, rank(world, a.to)} < std::tuple{b.due, rank(world, b.to)};
  });
  std::vector<Escalation::Step> kept;
  auto above = rank(world, first);
  for (auto const& step : steps) {
    if (rank(world, step.to) <= above) continue;
    above = rank(world, step.to);
    kept.push_back({name(world, step.to), step.due});
  }
  return kept;
}

std::optional<Escalation> escalation_in(World const& world, std::uint32_t line) {
  auto const& policy = world.policy;
  std::optional<RoleId> to, could_be;
  std::vector<Step> later;
  Due due;
  Escalation found;
  auto const raise = [&](std::optional<RoleId>& highest, RoleId role) {
    if (!highest || rank(world, role) > rank(world, *highest)) highest = role;
  };
  auto const is_here = [&](Consequence const& one) {
    auto const* escalate = std::get_if<Escalate>(&one);
    return escalate && policy.roles[index(escalate->to)].line == line;
  };
  each_written<Escalate>(world, Status::fired, [&](Escalate const& escalate, Rule const&) {
    if (!is_here(escalate)) return;
    raise(to, escalate.to);
    raise(could_be, escalate.to);
    due = earliest(due, due_of(world, escalate.within));
    auto const steps = later_steps(world, escalate);
    later.insert(later.end(), steps.begin(), steps.end());
  });
  each_written<Escalate>(world, Status::pending, [&](Escalate const& escalate, Rule const&) {
    if (is_here(escalate)) raise(could_be, escalate.to);
  });
  if (!could_be) return std::nullopt;
  found.due = due.at;
  found.counted = due.counted;
  found.could_be = name(world, *could_be);
  if (to) found.to = name(world, *to);
  if (to) found.then = ladder(world, *to, later);
  found.rules = rules_where(world, Status::fired, is_here);
  for (auto const& rule : policy.rules) {
    if (std::find(found.rules.begin(), found.rules.end(), rule.name) == found.rules.end()) continue;
    found.because.push_back({rule.name, texts_of(world, rule.because)});
  }
  return found;
}

}  // namespace

std::vector<Escalation> find_escalations(World const& world) {
  std::set<std::uint32_t> lines;
  for (auto const& role : world.policy.roles) lines.insert(role.line);
  std::vector<Escalation> all;
  for (auto const line : lines) {
    if (auto found = escalation_in(world, line)) all.push_back(std::move(*found));
  }
  std::stable_sort(all.begin(), all.end(), [](Escalation const& a, Escalation const& b) {
    return std::tie(a.to, a.could_be) < std::tie(b.to, b.could_be);
  });
  return all;
}

}  // namespace heed::oracle
