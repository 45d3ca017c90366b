#include "tests/support/oracle_settle.hpp"

#include <algorithm>

#include "engine/base/expected.hpp"

namespace heed::oracle {

std::set<std::string> written_by(Policy const& policy, Rule const& rule) {
  std::set<std::string> names;
  auto const put = [&](std::string const& kind, std::string const& name) {
    names.insert(kind + ":" + name);
  };
  for (auto const& consequence : rule.then) {
    std::visit(
        overloaded{
            [&](WriteNeed const& it) { put("need", policy.needs[index(it.need)].name); },
            [&](Do const& it) { put("action", policy.actions[index(it.action)].name); },
            [&](Forbid const& it) { put("action", policy.actions[index(it.action)].name); },
            [&](Instead const& it) { put("action", policy.actions[index(it.what.action)].name); },
            [&](Offer const&) { names.insert("choice"); },
            [&](Check const&) { names.insert("check"); },
            [&](Say const& it) {
              put("say", it.script ? policy.scripts[index(*it.script)].name : rule.name);
            },
            [&](Ask const&) {},
            [&](Escalate const&) { names.insert("escalation"); },
            [&](Alert const& it) { put("alert", policy.roles[index(it.role)].name); },
            [&](AddToScore const& it) { put("score", policy.scores[index(it.score)].name); },
            [&](SetAnswer const& it) { put("answer", policy.answers[index(it.answer)].name); },
            [&](Record const& it) { put("record", policy.events[index(it.event)].name); },
        },
        consequence);
  }
  return names;
}

std::set<std::string> named_in(Policy const& policy, ExpressionPtr const& expression) {
  std::set<std::string> names;
  auto const need = [&](NeedId id) { names.insert("need:" + policy.needs[index(id)].name); };
  auto const each = [&](std::vector<NeedId> const& needs) {
    std::for_each(needs.begin(), needs.end(), need);
  };
  visit_all(policy, expression, [&](Expression const& one) {
    std::visit(overloaded{
                   [&](NeedTest const& it) { need(it.need); },
                   [&](SeverityValue const& it) { need(it.need); },
                   [&](AnyNeedTest const& it) { each(it.needs); },
                   [&](NeedCount const& it) { each(it.needs); },
                   [&](ScoreValue const& it) {
                     names.insert("score:" + policy.scores[index(it.score)].name);
                   },
                   [&](AnswerValue const& it) {
                     names.insert("answer:" + policy.answers[index(it.answer)].name);
                   },
                   [&](AdvisedTest const& it) {
                     names.insert("action:" + policy.actions[index(it.action)].name);
                   },
                   [&](JoinedValue const& it) {
                     names.insert("deeds:" + policy.actions[index(it.action)].name);
                   },
                   [](auto const&) {},
               },
               one.form);
  });
  return names;
}

std::set<std::string> named_in(Policy const& policy, Rule const& rule) {
  auto names = named_in(policy, rule.when);
  for (auto const& consequence : rule.then) {
    for (auto const& value : values_of(consequence)) names.merge(named_in(policy, value));
  }
  return names;
}

namespace {

/// What stands in for other actions: both names, `of` first.
std::vector<std::pair<std::string, std::string>> stand_ins(Policy const& policy) {
  std::vector<std::pair<std::string, std::string>> found;
  for (auto const& rule : policy.rules) {
    for (auto const& consequence : rule.then) {
      auto const* instead = std::get_if<Instead>(&consequence);
      if (!instead) continue;
      found.emplace_back(policy.actions[index(instead->of)].name,
                         policy.actions[index(instead->what.action)].name);
    }
  }
  return found;
}

/// What a rule writes that others read: to an action also its deeds, apart from forbidding it.
std::set<std::string> settled_by(Policy const& policy, Rule const& rule) {
  auto names = written_by(policy, rule);
  for (auto const& action : policy.actions) {
    for (auto const& consequence : rule.then) {
      auto const* act = std::get_if<Do>(&consequence);
      auto const* instead = std::get_if<Instead>(&consequence);
      if (act && policy.actions[index(act->action)].name == action.name)
        names.insert("deeds:" + action.name);
      if (instead && policy.actions[index(instead->what.action)].name == action.name)
        names.insert("deeds:" + action.name);
    }
  }
  return names;
}

/// What must be settled before the rule is: what it names, what the actions among it require, and
/// what they stand in for.
std::set<std::string> read_by(Policy const& policy, Rule const& rule) {
  auto names = named_in(policy, rule);
  auto const instead = stand_ins(policy);
  for (bool grown = true; grown;) {
    auto const before = names.size();
    for (auto const& [of, what] : instead) {
      if (names.contains("action:" + what) || names.contains("deeds:" + what))
        names.insert("deeds:" + of);
    }
    for (auto const& action : policy.actions) {
      if (names.contains("action:" + action.name)) names.merge(named_in(policy, action.requires_));
    }
    grown = names.size() != before;
  }
  return names;
}

bool meet(std::set<std::string> const& left, std::set<std::string> const& right) {
  return std::any_of(left.begin(), left.end(),
                     [&](std::string const& name) { return right.contains(name); });
}

using Reach = std::vector<std::vector<bool>>;

/// Which rule must wait for which: it reads what the other writes, or is overridden by it, or by
/// what such a one waits for.
Reach find_reach(Policy const& policy) {
  auto const count = policy.rules.size();
  Reach reach(count, std::vector<bool>(count, false));
  for (std::uint32_t reader = 0; reader < count; ++reader) {
    auto const reads = read_by(policy, policy.rules[reader]);
    for (std::size_t writer = 0; writer < count; ++writer) {
      auto const& over = policy.rules[writer].overrides;
      bool const overrides = std::find(over.begin(), over.end(), RuleId(reader)) != over.end();
      reach[reader][writer] = overrides || meet(reads, settled_by(policy, policy.rules[writer]));
    }
  }
  for (std::size_t by = 0; by < count; ++by) {
    for (std::size_t from = 0; from < count; ++from) {
      for (std::size_t to = 0; to < count; ++to) {
        if (reach[from][by] && reach[by][to]) reach[from][to] = true;
      }
    }
  }
  return reach;
}

Status find_own_status(World const& world, Rule const& rule) {
  auto const today = world.policy.zone.date_of(world.now);
  if (rule.from && today < *rule.from) return Status::silent;
  if (rule.until && *rule.until < today) return Status::silent;
  switch (holds(world, rule.when)) {
    case Kleene::no:
      return Status::silent;
    case Kleene::unknown:
      return Status::pending;
    case Kleene::yes:
      return Status::fired;
  }
  return Status::silent;
}

/// Nothing is left of a rule that one which fired overrides; beside a pending one it is at most
/// pending.
Status find_status(World const& world, std::size_t at) {
  auto const own = find_own_status(world, world.policy.rules[at]);
  auto found = own;
  for (std::size_t other = 0; other < world.policy.rules.size(); ++other) {
    auto const& over = world.policy.rules[other].overrides;
    if (std::none_of(over.begin(), over.end(), [&](RuleId id) { return index(id) == at; }))
      continue;
    if (world.status[other] == Status::fired) found = Status::silent;
    if (world.status[other] == Status::pending) found = std::min(found, Status::pending);
  }
  return found;
}

/// Applies these rules until nothing changes.
void settle_group(World& world, std::vector<std::size_t> const& rules) {
  for (bool changed = true; changed;) {
    auto const before = world.status;
    auto after = before;
    for (auto const rule : rules) after[rule] = find_status(world, rule);
    changed = after != before;
    world.status = after;
  }
}

}  // namespace

World settle(Policy const& policy, std::vector<std::optional<Value>> const& facts, Instant now,
             bool open, Past const* past) {
  std::vector<Status> const silent(policy.rules.size(), Status::silent);
  World world{policy, facts, now, open, silent, {}, past};
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    if (!world.facts[i]) world.facts[i] = policy.facts[i].otherwise;
  }
  auto const reach = find_reach(policy);
  auto const count = policy.rules.size();
  std::vector<bool> done(count, false);
  auto const is_ready = [&](std::size_t rule) {
    for (std::size_t other = 0; other < count; ++other) {
      if (reach[rule][other] && !reach[other][rule] && !done[other]) return false;
    }
    return true;
  };
  for (std::size_t settled = 0; settled < count;) {
    for (std::size_t rule = 0; rule < count; ++rule) {
      if (done[rule] || !is_ready(rule)) continue;
      std::vector<std::size_t> group;
      for (std::size_t other = 0; other < count; ++other) {
        bool const together = reach[rule][other] && reach[other][rule];
        if (other == rule || together) group.push_back(other);
      }
      settle_group(world, group);
      for (auto const one : group) done[one] = true;
      settled += group.size();
    }
  }
  return world;
}

}  // namespace heed::oracle
