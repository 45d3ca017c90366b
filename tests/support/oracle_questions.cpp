#include "tests/support/oracle_questions.hpp"

#include "engine/base/expected.hpp"
#include "tests/support/oracle_authority.hpp"
#include "tests/support/oracle_history.hpp"
#include "tests/support/oracle_lists.hpp"
#include "tests/support/oracle_settle.hpp"
#include "tests/support/oracle_texts.hpp"

namespace heed::oracle {

namespace {

/// One rule's walk through what it waits for.
struct Walk {
  World const& closed;
  World const& open;
  std::set<FactId> facts;
  std::set<std::string> failures;
  std::set<std::size_t> rules_seen;  // circles of needs end here
};

void wait_for_doers(Walk& walk, ActionId action);

void wait_for(Walk& walk, ExpressionPtr const& expression);

/// What a rule adds to a score: `none` is no number to add.
void wait_for_addend(Walk& walk, AddToScore const& add) {
  wait_for(walk, add.value);
  auto const value = value_of(walk.open, *add.value);
  bool const none = value && std::holds_alternative<None>(*value);
  if (none) walk.failures.insert("computation.none");
}

/// The values that the rule adds to scores and answers; of `target` alone, unless it is empty.
void wait_for_bounds(Walk& walk, Rule const& rule, std::string const& target = {}) {
  auto const& policy = walk.open.policy;
  auto const counts = [&](std::string const& name) { return target.empty() || name == target; };
  for (auto const& consequence : rule.then) {
    if (auto const* add = std::get_if<AddToScore>(&consequence)) {
      if (counts("score:" + policy.scores[index(add->score)].name)) wait_for_addend(walk, *add);
    }
    if (auto const* set = std::get_if<SetAnswer>(&consequence)) {
      if (counts("answer:" + policy.answers[index(set->answer)].name)) wait_for(walk, set->value);
    }
  }
}

/// Goes on with an item or event in both worlds.
template <class F>
void look_at(Walk& walk, Looked const& item, F const& go_on) {
  auto const closed = looking_at(walk.closed, item), open = looking_at(walk.open, item);
  Walk inside{closed, open, walk.facts, walk.failures, walk.rules_seen};
  go_on(inside);
  walk.facts = inside.facts;
  walk.failures = inside.failures;
  walk.rules_seen = inside.rules_seen;
}

/// Goes on with each item of a list; waits for the list where it is unknown.
template <class F>
void for_each_item(Walk& walk, ExpressionPtr const& list, F const& go_on) {
  auto const items = items_of(walk.open, *list);
  if (!items) return wait_for(walk, list);
  for (auto const& item : *items) look_at(walk, item, go_on);
}

/// Whether events count: those of the customer are asked about one by one; of everyone's it is all
/// that is unknown beside them.
template <class Events>
void wait_for_events(Walk& walk, Events const& it) {
  if (it.across_customers) {
    for (auto const& part : parts_beside_items(it.where)) wait_for(walk, part);
    return;
  }
  for (auto const& event : events_that_matter(walk.open, it))
    look_at(walk, event, [&](Walk& inside) { wait_for(inside, it.where); });
}

/// What is done: for each item that fits, where it says so.
void wait_for_deed(Walk& walk, Do const& what) {
  wait_for(walk, walk.closed.policy.actions[index(what.action)].requires_);
  if (!what.for_each) {
    for (auto const& value : values_of(what)) wait_for(walk, value);
    return;
  }
  auto alone = what;
  alone.for_each.reset();
  auto const& where = what.for_each->where;
  for_each_item(walk, what.for_each->list, [&](Walk& inside) {
    wait_for(inside, where);
    if (holds(inside.open, where) != Kleene::yes && holds(inside.closed, where) != Kleene::yes)
      return;
    for (auto const& value : values_of(alone)) wait_for(inside, value);
  });
}

/// What texts tell, and would tell if they knew it.
void wait_for_text(Walk& walk, Wording const& wording, std::string const& language) {
  for (auto const& part : wording.parts) {
    auto const* slot = std::get_if<1>(&part);
    if (slot == nullptr) continue;
    wait_for(walk, (*slot)->value);
    auto const filled = fill(walk.closed, **slot, language);
    if (filled.instead) wait_for_text(walk, *filled.instead, language);
    bool const has_nothing = !filled.instead && !filled.written;
    if (has_nothing && filled.known) walk.failures.insert("text.nothing-to-say");
  }
}

void wait_for_texts(Walk& walk, Rule const& rule) {
  bool reasons = false;
  for (auto const& consequence : rule.then) {
    reasons = reasons || std::holds_alternative<WriteNeed>(consequence) ||
              std::holds_alternative<Escalate>(consequence);
    auto const* say = std::get_if<Say>(&consequence);
    auto const* check = std::get_if<Check>(&consequence);
    if (!say && !check) continue;
    for (auto const& [language, wording] : say ? say->text : check->text)
      wait_for_text(walk, wording, language);
  }
  if (!reasons) return;
  for (auto const& [language, wording] : rule.because) wait_for_text(walk, wording, language);
}

/// What a rule that fired waits for: all that it says, and what its actions require.
void wait_for_consequences(Walk& walk, Rule const& rule) {
  wait_for_texts(walk, rule);
  for (auto const& consequence : rule.then) {
    if (auto const* instead = std::get_if<Instead>(&consequence)) {
      if (done(walk.open, instead->of) == Kleene::unknown) wait_for_doers(walk, instead->of);
      if (done(walk.closed, instead->of) == Kleene::yes) wait_for_deed(walk, instead->what);
    } else if (auto const* act = std::get_if<Do>(&consequence)) {
      wait_for_deed(walk, *act);
    } else {
      for (auto const& value : values_of(consequence)) wait_for(walk, value);
    }
    if (auto const* offer = std::get_if<Offer>(&consequence)) {
      for (auto const& one : offer->actions)
        wait_for(walk, walk.closed.policy.actions[index(one.action)].requires_);
    }
    if (auto const* add = std::get_if<AddToScore>(&consequence)) wait_for_addend(walk, *add);
  }
}

/// What is not known of who may give what the rule gives.
void wait_for_authority(Walk& walk, Rule const& rule) {
  for (auto const& item : find_planned(walk.closed)) {
    auto const by = doer_of(walk.closed.policy, item);
    if (!by || !item.rules.contains(rule.name)) continue;
    auto const given = all_given(walk.closed, item);
    for (auto const& open : judge(walk.open, item.action, given, *by).open) wait_for(walk, open);
  }
}

void wait_for_rule(Walk& walk, std::size_t at);

/// What the pending rules wait for that override it.
void wait_for_overriding(Walk& walk, std::size_t at) {
  auto const& rules = walk.open.policy.rules;
  for (std::size_t other = 0; other < rules.size(); ++other) {
    if (walk.open.status[other] != Status::pending) continue;
    for (auto const id : rules[other].overrides) {
      if (index(id) == at) wait_for_rule(walk, other);
    }
  }
}

/// All that the rule waits for. A rule may have fired and yet be pending while things are left
/// open.
void wait_for_rule(Walk& walk, std::size_t at) {
  if (!walk.rules_seen.insert(at).second) return;
  auto const& rule = walk.open.policy.rules[at];
  auto const closed = walk.closed.status[at], open = walk.open.status[at];
  if (open == Status::pending) wait_for(walk, rule.when);
  if (open == Status::pending) wait_for_overriding(walk, at);
  if (closed == Status::pending || open == Status::pending) wait_for_bounds(walk, rule);
  if (closed == Status::fired) wait_for_consequences(walk, rule);
  if (closed == Status::fired) wait_for_authority(walk, rule);
}

/// Where it is open whether an action is done: all that the pending rules wait for on which that
/// hangs, and the items. What fails in these is the business of the rules that do it.
void wait_for_doers(Walk& walk, ActionId action) {
  auto const& rules = walk.open.policy.rules;
  for (std::size_t at = 0; at < rules.size(); ++at) {
    if (walk.open.status[at] == Status::silent) continue;
    bool const pending = walk.open.status[at] == Status::pending;
    for (auto const& consequence : rules[at].then) {
      auto const* instead = std::get_if<Instead>(&consequence);
      auto const* act = instead ? &instead->what : std::get_if<Do>(&consequence);
      if (!act || act->action != action) continue;
      auto const cause = instead ? done(walk.open, instead->of) : Kleene::yes;
      auto const carried_out = does(walk.open, *act);
      if (cause == Kleene::no || carried_out == Kleene::no) continue;
      if (pending) wait_for_rule(walk, at);
      if (cause == Kleene::unknown) wait_for_doers(walk, instead->of);
      if (carried_out != Kleene::unknown) continue;
      auto const failures = walk.failures;
      for_each_item(walk, act->for_each->list,
                    [&](Walk& inside) { wait_for(inside, act->for_each->where); });
      walk.failures = failures;
    }
  }
}

/// Those who forbid it, where they are pending.
void wait_for_forbidding(Walk& walk, ActionId action) {
  auto const& rules = walk.open.policy.rules;
  for (std::size_t at = 0; at < rules.size(); ++at) {
    if (walk.open.status[at] != Status::pending) continue;
    for (auto const& consequence : rules[at].then) {
      auto const* forbid = std::get_if<Forbid>(&consequence);
      if (forbid && forbid->action == action) wait_for_rule(walk, at);
    }
  }
}

/// What one rule gives for the parameter.
void wait_for_given(Walk& walk, Do const& what, std::uint32_t parameter) {
  for (auto const& argument : what.arguments) {
    if (argument.parameter != parameter) continue;
    if (!what.for_each) return wait_for(walk, argument.value);
    for_each_item(walk, what.for_each->list, [&](Walk& inside) {
      wait_for(inside, what.for_each->where);
      if (holds(inside.open, what.for_each->where) != Kleene::no) wait_for(inside, argument.value);
    });
  }
}

void wait_for_joined(Walk& walk, JoinedValue const& joined) {
  wait_for_doers(walk, joined.action);
  auto const& policy = walk.open.policy;
  for (std::size_t at = 0; at < policy.rules.size(); ++at) {
    if (walk.open.status[at] == Status::silent) continue;
    for (auto const& consequence : policy.rules[at].then) {
      auto const* instead = std::get_if<Instead>(&consequence);
      auto const* act = instead ? &instead->what : std::get_if<Do>(&consequence);
      if (!act || act->action != joined.action) continue;
      if (instead && done(walk.open, instead->of) == Kleene::no) continue;
      if (does(walk.open, *act) != Kleene::no) wait_for_given(walk, *act, joined.parameter);
    }
  }
  Values fired;
  for (auto const& deed : deeds_of(walk.open, joined.action)) {
    for (auto const& argument : deed.what->arguments) {
      if (argument.parameter != joined.parameter) continue;
      if (deed.sure == Kleene::yes && !deed.again)
        fired.push_back(value_of(seen_by(walk.open, deed), *argument.value));
    }
  }
  if (fired.empty()) return;
  auto const& parameter = policy.actions[index(joined.action)].takes[joined.parameter];
  auto const found = joined_as(walk.open, parameter, fired);
  if (!found) return;
  if (auto const* failed = std::get_if<Failed>(&*found))
    walk.failures.insert(std::string{failed->code});
}

/// All that the pending rules wait for that write the target, and what is unknown in the values
/// that rules write to it.
void wait_for_writers(Walk& walk, std::string const& target) {
  auto const& policy = walk.open.policy;
  for (std::size_t at = 0; at < policy.rules.size(); ++at) {
    auto const status = walk.open.status[at];
    auto const& rule = policy.rules[at];
    if (status == Status::silent || !written_by(policy, rule).contains(target)) continue;
    wait_for_bounds(walk, rule, target);
    if (status == Status::pending) wait_for_rule(walk, at);
  }
}

void wait_for_needs(Walk& walk, std::vector<NeedId> const& needs, bool at_least, NeedState state) {
  for (auto const need : needs) {
    Expression const test{
        .type = {}, .where = {}, .form = NeedTest{need, at_least, state}, .text = {}};
    if (value_of(walk.open, test)) continue;
    wait_for_writers(walk, "need:" + walk.open.policy.needs[index(need)].name);
  }
}

void wait_for_rows(Walk& walk, TableValue const& value) {
  auto const& table = walk.open.policy.tables[index(value.table)];
  for (auto const& row : table.rows) {
    auto const found = row_holds(walk.open, row);
    if (found == Kleene::no) continue;
    for (auto const& cell : row.cells) wait_for(walk, cell);
    wait_for(walk, row.results[value.result]);
    if (found == Kleene::yes && table.hit == Table::Hit::first) break;
  }
}

void wait_for_branches(Walk& walk, Conditional const& choice) {
  auto const condition = holds(walk.open, choice.condition);
  wait_for(walk, choice.condition);
  if (condition != Kleene::no) wait_for(walk, choice.value);
  if (condition != Kleene::yes) wait_for(walk, choice.otherwise);
}

void wait_for_form(Walk& walk, Expression const& expression) {
  auto const& policy = walk.open.policy;
  std::visit(
      overloaded{
          [&](FactValue const& it) { walk.facts.insert(it.fact); },
          [&](DefineValue const& it) { wait_for(walk, policy.defines[index(it.define)].value); },
          [&](TableValue const& it) { wait_for_rows(walk, it); },
          [&](AnswerValue const& it) {
            auto const& answer = policy.answers[index(it.answer)];
            if (answer.reports) return wait_for(walk, answer.reports);
            wait_for_writers(walk, "answer:" + answer.name);
          },
          [&](ScoreValue const& it) {
            wait_for_writers(walk, "score:" + policy.scores[index(it.score)].name);
          },
          [&](SeverityValue const& it) {
            wait_for_writers(walk, "need:" + policy.needs[index(it.need)].name);
          },
          [&](NeedTest const& it) { wait_for_needs(walk, {it.need}, it.at_least, it.state); },
          [&](AnyNeedTest const& it) { wait_for_needs(walk, it.needs, it.at_least, it.state); },
          [&](NeedCount const& it) { wait_for_needs(walk, it.needs, it.at_least, it.state); },
          [&](AdvisedTest const& it) {
            auto const& action = policy.actions[index(it.action)];
            wait_for_doers(walk, it.action);
            wait_for_forbidding(walk, it.action);
            wait_for(walk, action.requires_);
          },
          [&](JoinedValue const& it) { wait_for_joined(walk, it); },
          [&](AndThen const& it) {
            wait_for(walk, it.first);  // the second as soon as the first holds, if only possibly
            bool const asks = holds(walk.open, it.first) == Kleene::yes ||
                              holds(walk.closed, it.first) == Kleene::yes;
            if (asks) wait_for(walk, it.second);
          },
          [&](Conditional const& it) { wait_for_branches(walk, it); },
          [&](ItemField const& it) {
            auto const& from = walk.open.looked[walk.open.looked.size() - 1 - it.up].from;
            if (from) walk.facts.insert(*from);
          },
          [&](ItemTest const& it) {
            for_each_item(walk, it.list, [&](Walk& inside) { wait_for(inside, it.has); });
          },
          [&](EventWindow const& it) {
            wait_for(walk, it.last);
            wait_for_events(walk, it);
          },
          [&](TimeSince const& it) { wait_for_events(walk, it); },
          [&](Aggregate const& it) {
            for_each_item(walk, it.list, [&](Walk& inside) {
              wait_for(inside, it.where);
              if (holds(inside.open, it.where) != Kleene::no) wait_for(inside, it.of);
            });
          },
          [&](auto const&) {
            for (auto const& part : parts_of(expression)) wait_for(walk, part);
          },
      },
      expression.form);
}

/// Descends only where something is unknown.
void wait_for(Walk& walk, ExpressionPtr const& expression) {
  if (!expression || value_of(walk.open, *expression)) return;
  if (auto const failed = failure_of(walk.open, *expression)) {
    walk.failures.insert(std::string{failed->code});
  }
  wait_for_form(walk, *expression);
}

void add(Asked& asked, Walk const& walk, std::set<std::string> const& names) {
  for (auto const fact : walk.facts) asked.could_change[fact].insert(names.begin(), names.end());
  asked.failures.insert(walk.failures.begin(), walk.failures.end());
}

}  // namespace

Asked find_questions(World const& closed, World const& open) {
  auto const& policy = closed.policy;
  Asked asked;
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    Walk walk{closed, open, {}, {}, {}};
    wait_for_rule(walk, i);
    add(asked, walk, written_by(policy, policy.rules[i]));
    if (closed.status[i] != Status::fired) continue;
    for (auto const& consequence : policy.rules[i].then) {
      auto const* ask = std::get_if<Ask>(&consequence);
      if (ask && !closed.facts[index(ask->fact)]) asked.could_change[ask->fact];
    }
  }
  for (auto const& answer : policy.answers) {
    Walk walk{closed, open, {}, {}, {}};
    wait_for(walk, answer.reports);
    add(asked, walk, {"answer:" + answer.name});
  }
  return asked;
}

}  // namespace heed::oracle
