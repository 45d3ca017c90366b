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

namespace {

std::string text_of(ExpressionPtr const& expression) {
  return expression ? expression->text : std::string{};
}

/// The same arguments, for each of the same items.
bool is_same(Do const& left, Do const& right) {
  auto const same = [](Argument const& a, Argument const& b) {
    return a.parameter == b.parameter && a.value->text == b.value->text;
  };
  auto const each = [](Do const& what) {
    return what.for_each ? std::pair{text_of(what.for_each->list), text_of(what.for_each->where)}
                         : std::pair<std::string, std::string>{};
  };
  return std::equal(left.arguments.begin(), left.arguments.end(), right.arguments.begin(),
                    right.arguments.end(), same) &&
         each(left) == each(right);
}

/// What a consequence does to an action, and where it stands in for another one, for which.
struct Act {
  Do const* what = nullptr;
  std::optional<ActionId> of;
};
std::optional<Act> act_in(Consequence const& consequence, ActionId action) {
  if (auto const* act = std::get_if<Do>(&consequence)) {
    if (act->action == action) return Act{act, std::nullopt};
  }
  if (auto const* instead = std::get_if<Instead>(&consequence)) {
    if (instead->what.action == action) return Act{&instead->what, instead->of};
  }
  return std::nullopt;
}

Kleene truth_of(Status status) {
  if (status == Status::pending) return Kleene::unknown;
  return kleene(status == Status::fired);
}

/// Once, or for each item that fits; once, not surely, where it is not known which there are.
void add_each(World const& world, Deed deed, std::vector<Deed>& deeds) {
  auto const& each = deed.what->for_each;
  if (!each) return deeds.push_back(deed);
  auto const items = items_of(world, *each->list);
  if (!items) {
    deed.sure = Kleene::unknown;
    return deeds.push_back(deed);
  }
  for (auto const& item : *items) {
    auto one = deed;
    one.item = item;
    one.sure = all_of({deed.sure, holds(looking_at(world, item), each->where)});
    if (one.sure != Kleene::no) deeds.push_back(one);
  }
}

}  // namespace

World seen_by(World const& world, Deed const& deed) {
  return deed.item ? looking_at(world, *deed.item) : world;
}

std::vector<Deed> deeds_of(World const& world, ActionId action) {
  std::vector<Deed> deeds;
  for (std::size_t i = 0; i < world.policy.rules.size(); ++i) {
    auto const& rule = world.policy.rules[i];
    std::vector<Act> said;
    for (auto const& consequence : rule.then) {
      auto const act = act_in(consequence, action);
      if (!act) continue;
      bool const again = std::any_of(said.begin(), said.end(), [&](Act const& other) {
        return other.of == act->of && is_same(*other.what, *act->what);
      });
      said.push_back(*act);
      auto const cause = act->of ? done(world, *act->of) : Kleene::yes;
      auto const sure = all_of({truth_of(world.status[i]), cause});
      if (sure != Kleene::no) add_each(world, {act->what, &rule, sure, again, {}}, deeds);
    }
  }
  return deeds;
}

Kleene done(World const& world, ActionId action) {
  auto found = Kleene::no;
  for (auto const& deed : deeds_of(world, action)) found = any_of({found, deed.sure});
  return found;
}

Kleene advised(World const& world, ActionId id) {
  auto const forbidden = [&](Status status) {
    bool found = false;
    each_written<Forbid>(world, status, [&](Forbid const& write, Rule const&) {
      found = found || write.action == id;
    });
    return found;
  };
  auto const requires_ = holds(world, world.policy.actions[index(id)].requires_);
  auto const found = done(world, id);
  if (forbidden(Status::fired) || found == Kleene::no || requires_ == Kleene::no) return Kleene::no;
  bool const open =
      found != Kleene::yes || forbidden(Status::pending) || requires_ == Kleene::unknown;
  return open ? Kleene::unknown : Kleene::yes;
}

}  // namespace heed::oracle
