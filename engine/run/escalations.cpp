#include <algorithm>
#include <tuple>

#include "engine/run/assemble.hpp"
#include "engine/run/deadlines.hpp"
#include "engine/run/targets.hpp"

namespace heed::run {
namespace {

struct Step {
  RoleId to;
  std::optional<Instant> due;
};

/// All escalations along one line of roles.
struct Line {
  std::optional<RoleId> to, could_be;
  Due due;
  std::vector<Step> later;
  std::vector<RuleId> rules;
};

std::uint32_t rank_of(Frame const& frame, RoleId role) {
  return frame.policy().roles[index(role)].rank;
}

void raise(Frame const& frame, std::optional<RoleId>& role, RoleId to) {
  if (!role || rank_of(frame, to) > rank_of(frame, *role)) role = to;
}

void add_fired(Frame& frame, Line& line, RuleId rule, Escalate const& form) {
  raise(frame, line.to, form.to);
  auto due = form.within ? due_of(frame, *form.within) : Due{};
  auto const steps = dues_of_steps(frame, form, due);
  for (std::size_t at = 0; at < steps.size(); ++at)
    line.later.push_back({form.then[at].to, steps[at].at});
  keep_earlier(line.due, std::move(due));
  line.rules.push_back(rule);
}

std::vector<Line> find_lines(Frame& frame) {
  std::vector<Line> lines;
  for (auto const& writing : frame.writers.escalating) {
    auto const fired = frame.has_fired(writing.rule);
    if (!fired && !frame.is_pending(writing.rule)) continue;
    auto const& form = consequence_of<Escalate>(frame, writing);
    auto const number = frame.policy().roles[index(form.to)].line;
    if (lines.size() <= number) lines.resize(number + std::size_t{1});
    raise(frame, lines[number].could_be, form.to);
    if (fired) add_fired(frame, lines[number], writing.rule, form);
  }
  return lines;
}

/// The later steps in their order, without those to a role not above the one before.
std::vector<Escalation::Step> list_steps(Frame const& frame, Line& line) {
  std::ranges::sort(line.later, {}, [&frame](Step const& step) {
    return std::tuple{!step.due, step.due.value_or(Instant{}), rank_of(frame, step.to)};
  });
  std::vector<Escalation::Step> steps;
  auto before = line.to;
  for (auto const& step : line.later) {
    if (before && rank_of(frame, step.to) <= rank_of(frame, *before)) continue;
    steps.push_back({frame.policy().roles[index(step.to)].name, step.due});
    before = step.to;
  }
  return steps;
}

}  // namespace

std::vector<Escalation> list_escalations(Frame& frame) {
  auto const& policy = frame.policy();
  std::vector<Escalation> list;
  for (auto& line : find_lines(frame)) {
    if (!line.could_be) continue;
    auto& escalation = list.emplace_back();
    if (line.to) escalation.to = policy.roles[index(*line.to)].name;
    escalation.due = line.due.at;
    escalation.counted = std::move(line.due.counted);
    escalation.then = list_steps(frame, line);
    escalation.could_be = policy.roles[index(*line.could_be)].name;
    escalation.rules = names_of(policy, line.rules);
    escalation.because = reasons_of(frame, line.rules);
  }
  std::ranges::sort(list, {}, [](Escalation const& one) { return std::tie(one.to, one.could_be); });
  return list;
}

}  // namespace heed::run
