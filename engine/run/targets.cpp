#include "engine/run/targets.hpp"

#include <algorithm>

#include "engine/run/deeds.hpp"

namespace heed::run {
namespace {

Number hold(Number const& number, Score const& score) {
  return std::clamp(number, score.from, score.to);
}

/// Sums of the additions to a score; empty where they are beyond the limits or an addend is
/// unknown.
struct Sums {
  std::optional<Number> fired = Number{0}, least = Number{0}, most = Number{0};
};

void add_to(std::optional<Number>& sum, Number const& number) {
  if (sum) sum = add(*sum, number);
}

ScoreBounds compute_score(Frame& frame, ScoreId id) {
  auto const& score = frame.policy().scores[index(id)];
  Sums sums;
  bool is_open = false;    // an addend is unknown
  bool is_unsure = false;  // one by a rule that fired
  for (auto const& writing : frame.writers.of_scores[index(id)]) {
    auto const fired = frame.has_fired(writing.rule);
    if (!fired && !frame.is_pending(writing.rule)) continue;
    auto const* value = settled_value_of(frame, *consequence_of<AddToScore>(frame, writing).value);
    auto const* number = value == nullptr ? nullptr : std::get_if<Number>(value);
    if (number == nullptr) {
      is_open = true;
      is_unsure = is_unsure || fired;
      continue;
    }
    if (fired) add_to(sums.fired, *number);
    if (fired || *number < Number{0}) add_to(sums.least, *number);
    if (fired || *number > Number{0}) add_to(sums.most, *number);
  }
  ScoreBounds bounds{std::nullopt, score.from, score.to};
  bounds.overflows = !sums.fired || !sums.least || !sums.most;
  if (!is_unsure && sums.fired) bounds.value = hold(*sums.fired, score);
  if (is_open || bounds.overflows) return bounds;
  bounds.least = hold(*sums.least, score);
  bounds.most = hold(*sums.most, score);
  return bounds;
}

bool forbids(Frame const& frame, ActionId action, RuleStatus status) {
  return std::ranges::any_of(frame.writers.forbidding[index(action)], [&](Writing const& writing) {
    return frame.status[index(writing.rule)] == status;
  });
}

/// Works out what the advice for or against an action rests on.
void join_deeds(Frame& frame, ActionId action) {
  if (frame.policy().actions[index(action)].requires_)
    is_advised(frame, action);
  else if (frame.done.find(index(action)) == nullptr)
    is_done(frame, action);
}

}  // namespace

void write_needs(Frame& frame, RuleId rule) {
  auto const fired = frame.has_fired(rule);
  if (!fired && !frame.is_pending(rule)) return;
  for (auto const& write : frame.inputs.rules.need_writes_of(rule)) {
    auto& need = frame.needs[index(write.need)];
    need.is_written = true;
    need.could_be = std::max(need.could_be, write.state);
    need.could_be_severity = std::max(need.could_be_severity, write.severity);
    if (!fired) continue;
    need.state = std::max(need.state, write.state);
    need.severity = std::max(need.severity, write.severity);
  }
}

ScoreBounds const& score_of(Frame& frame, ScoreId score) {
  if (auto const* memo = frame.scores.find(index(score))) return *memo;
  return frame.scores.keep(index(score), compute_score(frame, score));
}

void join_written_targets(Frame& frame) {
  auto const& policy = frame.policy();
  auto const scores = policy.needs.size(), answers = scores + policy.scores.size(),
             forbidding = frame.first_doing + policy.actions.size();
  auto const id = [](std::size_t at) { return static_cast<std::uint32_t>(at); };
  for (auto const list : frame.written) {
    if (list < scores || list >= forbidding) continue;
    if (list >= frame.first_doing)
      join_deeds(frame, ActionId(id(list - frame.first_doing)));
    else if (list >= answers)
      answer_of(frame, AnswerId(id(list - answers)));
    else
      score_of(frame, ScoreId(id(list - scores)));
  }
  for (std::uint32_t at = 0; at < policy.answers.size(); ++at)
    if (policy.answers[at].reports) answer_of(frame, AnswerId(at));
}

Truth is_advised(Frame& frame, ActionId action) {
  auto const done = is_done(frame, action);
  if (done == Truth::no || forbids(frame, action, RuleStatus::fired)) return Truth::no;
  auto const& requires_ = frame.policy().actions[index(action)].requires_;
  auto const may = requires_ ? truth_of(frame, *requires_) : Truth::yes;
  if (may == Truth::no) return Truth::no;
  auto const may_be_forbidden = forbids(frame, action, RuleStatus::pending);
  return both(both(done, may), may_be_forbidden ? Truth::unknown : Truth::yes);
}

}  // namespace heed::run
