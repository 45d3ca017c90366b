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
  explicit Line(Room& room) : later{room}, rules{room} {}

  std::optional<RoleId> to, could_be;
  Due due;
  Growing<Step> later;
  Rules rules;
};

std::uint32_t rank_of(Frame const& frame, RoleId role) {
  return frame.policy().roles[index(role)].rank;
}

void raise(Frame const& frame, std::optional<RoleId>& role, RoleId to) {
  if (!role || rank_of(frame, to) > rank_of(frame, *role)) role = to;
}

void add_fired(Frame& frame, Line& line, RuleId rule, Escalate const& form) {
  raise(frame, line.to, form.to);
  auto const due = form.within ? due_of(frame, *form.within) : Due{};
  auto const steps = dues_of_steps(frame, form, due);
  for (std::size_t at = 0; at < steps.size(); ++at)
    line.later.push_back({form.then[at].to, steps[at].at});
  keep_earlier(line.due, due);
  line.rules.push_back(rule);
}

Growing<Line> find_lines(Frame& frame) {
  Growing<Line> lines{frame.room};
  for (auto const& writing : frame.writers.escalating) {
    auto const fired = frame.has_fired(writing.rule);
    if (!fired && !frame.is_pending(writing.rule)) continue;
    auto const& form = consequence_of<Escalate>(frame, writing);
    auto const number = frame.policy().roles[index(form.to)].line;
    while (lines.size() <= number) lines.push_back(Line{frame.room});
    raise(frame, lines[number].could_be, form.to);
    if (fired) add_fired(frame, lines[number], writing.rule, form);
  }
  return lines;
}

/// The later steps in their order, without those to a role not above the one before.
List<lent::Escalation::Step> list_steps(Frame& frame, Line& line) {
  std::ranges::sort(line.later, {}, [&frame](Step const& step) {
    return std::tuple{!step.due, step.due.value_or(Instant{}), rank_of(frame, step.to)};
  });
  Growing<lent::Escalation::Step> steps{frame.room};
  auto before = line.to;
  for (auto const& step : line.later) {
    if (before && rank_of(frame, step.to) <= rank_of(frame, *before)) continue;
    steps.push_back({frame.policy().roles[index(step.to)].name, step.due});
    before = step.to;
  }
  return steps.list();
}

}  // namespace

List<lent::Escalation> list_escalations(Frame& frame, Unchanging* unchanging) {
  auto const& policy = frame.policy();
  Growing<lent::Escalation> list{frame.room};
  auto lines = find_lines(frame);
  for (auto& line : lines) {
    if (!line.could_be) continue;
    lent::Escalation escalation;
    if (line.to) escalation.to = policy.roles[index(*line.to)].name;
    escalation.due = line.due.at;
    escalation.counted = line.due.counted;
    escalation.then = list_steps(frame, line);
    escalation.could_be = policy.roles[index(*line.could_be)].name;
    escalation.rules = names_of(frame, line.rules);
    escalation.because = reasons_of(frame, line.rules, unchanging);
    list.push_back(escalation);
  }
  std::ranges::sort(list, {},
                    [](lent::Escalation const& one) { return std::tie(one.to, one.could_be); });
  return list.list();
}

}  // namespace heed::run
