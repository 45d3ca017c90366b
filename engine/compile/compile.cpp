#include <algorithm>
#include <iterator>

#include "engine/base/expected.hpp"
#include "engine/compile/constant_items.hpp"
#include "engine/compile/history.hpp"
#include "engine/compile/index.hpp"
#include "engine/compile/phrases.hpp"
#include "engine/compile/plain.hpp"
#include "engine/compile/reads.hpp"
#include "engine/compile/rule_set.hpp"
#include "engine/compile/speech.hpp"

namespace heed {
namespace {

bool is_same(ExpressionPtr const& one, ExpressionPtr const& other) {
  return one ? other && one->text == other->text : !other;
}

/// Whether two are written for each of the same items, or for none.
bool is_for_the_same(Do const& one, Do const& other) {
  if (!one.for_each || !other.for_each) return !one.for_each && !other.for_each;
  return is_same(one.for_each->list, other.for_each->list) &&
         is_same(one.for_each->where, other.for_each->where);
}

bool gives_the_same(Do const& one, Do const& other) {
  auto const is_same = [](Argument const& left, Argument const& right) {
    return left.parameter == right.parameter && left.value->text == right.value->text;
  };
  return one.action == other.action && is_for_the_same(one, other) &&
         std::ranges::equal(one.arguments, other.arguments, is_same);
}

/// Whether an earlier consequence does the same with the same, under the same condition.
bool is_repeated(std::vector<Consequence> const& then, std::size_t at) {
  auto const does_the_same = [&](Consequence const& earlier) {
    if (auto const* what = std::get_if<Do>(&then[at])) {
      auto const* other = std::get_if<Do>(&earlier);
      return other != nullptr && gives_the_same(*what, *other);
    }
    auto const* instead = std::get_if<Instead>(&then[at]);
    auto const* other = std::get_if<Instead>(&earlier);
    return instead != nullptr && other != nullptr && instead->of == other->of &&
           gives_the_same(instead->what, other->what);
  };
  auto const end = then.begin() + static_cast<std::ptrdiff_t>(at);
  return std::any_of(then.begin(), end, does_the_same);
}

/// Of the list that a consequence is written into, as for_each_list counts them.
std::uint32_t number_of_list(Policy const& policy, Consequence const& consequence) {
  auto const scores = policy.needs.size(), answers = scores + policy.scores.size(),
             doing = answers + policy.answers.size(), forbidding = doing + policy.actions.size(),
             single = forbidding + policy.actions.size();
  auto const found =
      std::visit(overloaded{
                     [&](WriteNeed const& form) { return std::size_t{index(form.need)}; },
                     [&](AddToScore const& form) { return scores + index(form.score); },
                     [&](SetAnswer const& form) { return answers + index(form.answer); },
                     [&](Do const& form) { return doing + index(form.action); },
                     [&](Instead const& form) { return doing + index(form.what.action); },
                     [&](Forbid const& form) { return forbidding + index(form.action); },
                     [&](Ask const&) { return single; },
                     [&](Offer const&) { return single + 1; },
                     [&](Escalate const&) { return single + 2; },
                     [&](Say const&) { return single + 3; },
                     [&](Check const&) { return single + 4; },
                     [&](Alert const&) { return single + 5; },
                     [&](Record const&) { return single + 6; },
                 },
                 consequence);
  return static_cast<std::uint32_t>(found);
}

bool is_done_once(Consequence const& consequence) {
  auto const* what = std::get_if<Do>(&consequence);
  return what != nullptr && !what->for_each;
}

/// Fills in `briefs`, `writings`, `need_writes` and `writers`; `overriding` is known.
void find_writers(RuleSet& rules) {
  auto const& policy = rules.policy;
  rules.writers = make_writers<Writings>(policy);
  std::vector<Writings*> lists;
  for_each_list(rules.writers, [&lists](Writings& list) { lists.push_back(&list); });
  auto const begin = [&rules](bool is_overridden, bool is_plain) {
    rules.briefs.push_back({static_cast<std::uint32_t>(rules.writings.size()),
                            static_cast<std::uint32_t>(rules.need_writes.size()), is_overridden,
                            is_plain});
  };
  for (std::uint32_t rule = 0; rule < policy.rules.size(); ++rule) {
    auto const& then = policy.rules[rule].then;
    begin(!rules.overriding[rule].empty(), compiling::is_plain(policy, policy.rules[rule]));
    for (std::uint32_t at = 0; at < then.size(); ++at) {
      Writing writing{RuleId(rule), at, number_of_list(policy, then[at]), is_repeated(then, at),
                      is_done_once(then[at])};
      if (compiling::is_constant_item(policy, then[at])) {
        writing.item = static_cast<std::uint32_t>(rules.constant_items.size());
        rules.constant_items.push_back({RuleId(rule), at});
      }
      rules.writings.push_back(writing);
      lists[rules.writings.back().list]->push_back(rules.writings.back());
      if (auto const* write = std::get_if<WriteNeed>(&then[at]))
        rules.need_writes.push_back(*write);
    }
  }
  begin(false, false);
}

std::vector<std::vector<RuleId>> find_overriding(Policy const& policy) {
  std::vector<std::vector<RuleId>> overriding(policy.rules.size());
  for (std::uint32_t rule = 0; rule < policy.rules.size(); ++rule)
    for (auto const other : policy.rules[rule].overrides)
      overriding[index(other)].push_back(RuleId(rule));
  return overriding;
}

/// What a consequence changes, as questions name it; empty for `ask`.
std::string name_change(Policy const& policy, Rule const& rule, Consequence const& consequence) {
  return std::visit(
      overloaded{
          [&](WriteNeed const& form) { return "need:" + policy.needs[index(form.need)].name; },
          [&](Do const& form) { return "action:" + policy.actions[index(form.action)].name; },
          [&](Forbid const& form) { return "action:" + policy.actions[index(form.action)].name; },
          [&](Instead const& form) {
            return "action:" + policy.actions[index(form.what.action)].name;
          },
          [](Offer const&) { return std::string{"choice"}; },
          [](Check const&) { return std::string{"check"}; },
          [&](Say const& form) {
            return "say:" + (form.script ? policy.scripts[index(*form.script)].name : rule.name);
          },
          [](Ask const&) { return std::string{}; },
          [](Escalate const&) { return std::string{"escalation"}; },
          [&](Alert const& form) { return "alert:" + policy.roles[index(form.role)].name; },
          [&](AddToScore const& form) { return "score:" + policy.scores[index(form.score)].name; },
          [&](SetAnswer const& form) {
            return "answer:" + policy.answers[index(form.answer)].name;
          },
          [&](Record const& form) { return "record:" + policy.events[index(form.event)].name; },
      },
      consequence);
}

void keep_once(std::vector<std::string>& names) {
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

void find_changes(RuleSet& rules) {
  auto const& policy = rules.policy;
  std::vector<std::vector<std::string>> of_rules;
  for (auto const& rule : policy.rules) {
    auto& names = of_rules.emplace_back();
    for (auto const& consequence : rule.then) {
      auto name = name_change(policy, rule, consequence);
      if (!name.empty()) names.push_back(std::move(name));
    }
    keep_once(names);
    std::ranges::copy(names, std::back_inserter(rules.changes));
  }
  for (auto const& answer : policy.answers) rules.changes.push_back("answer:" + answer.name);
  keep_once(rules.changes);

  auto const number_of = [&rules](std::string const& name) {
    return static_cast<std::uint32_t>(std::ranges::lower_bound(rules.changes, name) -
                                      rules.changes.begin());
  };
  for (auto const& names : of_rules) {
    auto& numbers = rules.changes_of_rule.emplace_back();
    for (auto const& name : names) numbers.push_back(number_of(name));
  }
  for (auto const& answer : policy.answers)
    rules.changes_of_answer.push_back(number_of("answer:" + answer.name));
}

bool writes_any_of(Rule const& rule, std::vector<NeedId> const& needs) {
  return std::ranges::any_of(rule.then, [&needs](Consequence const& consequence) {
    auto const* write = std::get_if<WriteNeed>(&consequence);
    return write != nullptr && std::ranges::binary_search(needs, write->need);
  });
}

/// Fills in `layers` and `serves`.
void find_layers(RuleSet& rules) {
  auto const& policy = rules.policy;
  rules.serves = compiling::find_needs_read(policy);
  for (auto const& group : policy.layers) {
    auto const alone_in_circle =
        group.size() == 1 &&
        writes_any_of(policy.rules[index(group.front())], rules.serves[index(group.front())]);
    rules.layers.push_back({group, group.size() > 1 || alone_in_circle});
  }
  for (std::size_t rule = 0; rule < policy.rules.size(); ++rule) {
    auto& needs = rules.serves[rule];
    for (auto const& consequence : policy.rules[rule].then) {
      if (auto const* write = std::get_if<WriteNeed>(&consequence)) needs.push_back(write->need);
    }
    std::ranges::sort(needs);
    needs.erase(std::unique(needs.begin(), needs.end()), needs.end());
  }
}

/// Making one takes a while: only what some text needs.
void find_speech(RuleSet& rules) {
  auto const add = [&rules](Wordings const& wordings) {
    for (auto const& [language, wording] : wordings) {
      if (has_slots(wording) && !rules.speech.contains(language))
        rules.speech.emplace(language, Speech::find(language));
    }
  };
  for (auto const& rule : rules.policy.rules) {
    add(rule.because);
    for (auto const& consequence : rule.then) {
      if (auto const* say = std::get_if<Say>(&consequence)) add(say->text);
      if (auto const* check = std::get_if<Check>(&consequence)) add(check->text);
    }
  }
}

RoleId find_lowest_role(Policy const& policy) {
  std::vector<std::uint32_t> sizes;
  for (auto const& role : policy.roles) {
    if (sizes.size() <= role.line) sizes.resize(role.line + std::size_t{1});
    ++sizes[role.line];
  }
  std::optional<std::uint32_t> best;
  for (std::uint32_t at = 0; at < policy.roles.size(); ++at) {
    auto const& role = policy.roles[at];
    if (role.rank != 0) continue;
    if (!best || sizes[role.line] > sizes[policy.roles[*best].line]) best = at;
  }
  return RoleId(best.value_or(0));
}

}  // namespace

std::shared_ptr<RuleSet const> compile(Policy policy, std::string revision, Indexing indexing) {
  auto rules = std::make_shared<RuleSet>();
  rules->policy = std::move(policy);
  rules->revision = std::move(revision);
  rules->phrases = std::make_shared<PhraseMatcher const>(rules->policy.phrases);
  rules->overriding = find_overriding(rules->policy);
  find_writers(*rules);
  compiling::rank(rules->constant_items, rules->policy);
  rules->mentions = compiling::find_mentions(rules->policy);
  rules->history = compiling::find_history(rules->policy);
  rules->events_read = compiling::find_events_read(rules->policy);
  rules->lowest_role = find_lowest_role(rules->policy);
  find_speech(*rules);
  find_layers(*rules);
  find_changes(*rules);
  if (indexing == Indexing::on)
    rules->index = std::make_shared<RuleIndex const>(make_index(*rules));
  return rules;
}

}  // namespace heed
