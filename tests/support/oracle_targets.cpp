#include <algorithm>

#include "engine/base/ensure.hpp"
#include "tests/support/oracle_lists.hpp"

/// Needs, scores and actions between what rules that fired wrote and what pending ones could.
namespace heed::oracle {

NeedBounds need_bounds(World const& world, NeedId need) {
  NeedBounds bounds;
  auto const raise = [&](NeedState& state, int& severity, WriteNeed const& write) {
    state = std::max(state, write.state);
    severity = std::max(severity, write.severity);
  };
  each_written<WriteNeed>(world, Status::fired, [&](WriteNeed const& write, Rule const&) {
    if (write.need != need) return;
    raise(bounds.least, bounds.least_severity, write);
    raise(bounds.most, bounds.most_severity, write);
    bounds.mentioned = true;
  });
  each_written<WriteNeed>(world, Status::pending, [&](WriteNeed const& write, Rule const&) {
    if (write.need != need) return;
    raise(bounds.most, bounds.most_severity, write);
    bounds.mentioned = true;
  });
  return bounds;
}

namespace {

/// What rules of this status add to the score; an addition that is not known is empty.
std::vector<std::optional<Number>> additions(World const& world, Status status, ScoreId score) {
  std::vector<std::optional<Number>> found;
  each_written<AddToScore>(world, status, [&](AddToScore const& write, Rule const&) {
    if (write.score != score) return;
    auto const value = value_of(world, *write.value);
    auto const* number = value ? std::get_if<Number>(&*value) : nullptr;
    found.push_back(number ? std::optional{*number} : std::nullopt);
  });
  return found;
}

std::optional<Number> sum(std::optional<Number> left, std::optional<Number> const& right) {
  return left && right ? add(*left, *right) : std::nullopt;
}

}  // namespace

ScoreBounds score_bounds(World const& world, ScoreId id) {
  auto const& score = world.policy.scores[index(id)];
  auto const hold = [&](std::optional<Number> const& number) -> std::optional<Number> {
    if (!number) return std::nullopt;
    return std::clamp(*number, score.from, score.to);
  };
  std::optional<Number> fired{Number{}};
  for (auto const& one : additions(world, Status::fired, id)) fired = sum(fired, one);
  auto least = fired, most = fired;
  for (auto const& one : additions(world, Status::pending, id)) {
    if (!one || *one < Number{}) least = sum(least, one);
    if (!one || *one > Number{}) most = sum(most, one);
  }
  if (!least || !most) return {hold(fired), score.from, score.to};
  return {hold(fired), *hold(least), *hold(most)};
}

Kleene advised(World const& world, ActionId id) {
  auto const forbidden = [&](Status status) {
    bool found = false;
    each_written<Forbid>(world, status, [&](Forbid const& write, Rule const&) {
      found = found || write.action == id;
    });
    return found;
  };
  auto const done_by = [&](Status status) {
    std::vector<Kleene> found;
    each_written<Do>(world, status, [&](Do const& write, Rule const&) {
      if (write.action == id) found.push_back(does(world, write));
    });
    return any_of(found);
  };
  auto const requires_ = holds(world, world.policy.actions[index(id)].requires_);
  auto const done = done_by(Status::fired);
  bool const could_be_done = done != Kleene::no || done_by(Status::pending) != Kleene::no;
  if (forbidden(Status::fired) || !could_be_done || requires_ == Kleene::no) return Kleene::no;
  bool const open =
      done != Kleene::yes || forbidden(Status::pending) || requires_ == Kleene::unknown;
  return open ? Kleene::unknown : Kleene::yes;
}

}  // namespace heed::oracle
