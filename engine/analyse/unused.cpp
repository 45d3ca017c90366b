#include <algorithm>
#include <map>

#include "engine/analyse/analyses.hpp"
#include "engine/analyse/parts.hpp"
#include "engine/analyse/tell.hpp"
#include "engine/base/expected.hpp"

namespace heed::analyse {
namespace {

/// Which declarations are used, each vector indexed as the policy's.
struct Uses {
  explicit Uses(Policy const& the_policy)
      : policy{the_policy},
        facts(policy.facts.size()),
        needs(policy.needs.size()),
        roles(policy.roles.size()),
        actions(policy.actions.size()),
        answers(policy.answers.size()),
        scores(policy.scores.size()),
        defines(policy.defines.size()),
        phrases(policy.phrases.size()),
        scripts(policy.scripts.size()),
        events(policy.events.size()),
        tables(policy.tables.size()) {}

  Policy const& policy;
  std::vector<bool> facts, needs, roles, actions, answers, scores, defines, phrases, scripts,
      events, tables;

  /// What an expression reads, apart from its parts.
  void read(Expression const& expression) {
    std::visit(overloaded{
                   [&](FactValue const& it) { facts[index(it.fact)] = true; },
                   [&](DefineValue const& it) { defines[index(it.define)] = true; },
                   [&](TableValue const& it) { tables[index(it.table)] = true; },
                   [&](AnswerValue const& it) { answers[index(it.answer)] = true; },
                   [&](ScoreValue const& it) { scores[index(it.score)] = true; },
                   [&](SeverityValue const& it) { needs[index(it.need)] = true; },
                   [&](NeedTest const& it) { needs[index(it.need)] = true; },
                   [&](Mention const& it) { phrases[index(it.phrases)] = true; },
                   [&](EventWindow const& it) { events[index(it.event)] = true; },
                   [&](TimeSince const& it) { events[index(it.event)] = true; },
                   [](auto const&) {},  // reads nothing by itself
               },
               expression.form);
  }

  void write(Do const& it) {
    actions[index(it.action)] = true;
    if (it.by) roles[index(*it.by)] = true;
  }
  void write(Consequence const& consequence) {
    std::visit(overloaded{
                   [&](WriteNeed const& it) { needs[index(it.need)] = true; },
                   [&](Do const& it) { write(it); },
                   [&](Forbid const& it) { actions[index(it.action)] = true; },
                   [&](Instead const& it) { write(it.what); },
                   [&](Offer const& it) {
                     for (auto const& choice : it.actions) write(choice);
                   },
                   [&](Say const& it) {
                     if (it.script) scripts[index(*it.script)] = true;
                   },
                   [&](Ask const& it) { facts[index(it.fact)] = true; },
                   [&](Escalate const& it) {
                     roles[index(it.to)] = true;
                     for (auto const& step : it.then) roles[index(step.to)] = true;
                   },
                   [&](Alert const& it) { roles[index(it.role)] = true; },
                   [&](AddToScore const& it) { scores[index(it.score)] = true; },
                   [&](SetAnswer const& it) { answers[index(it.answer)] = true; },
                   [&](Record const& it) { events[index(it.event)] = true; },
                   [](Check const&) {},
               },
               consequence);
  }
};

/// The role that does what nobody is named for; and one that others stand above holds its line.
void use_standing_roles(Uses& uses) {
  auto const& roles = uses.policy.roles;
  std::map<std::uint32_t, std::size_t> lengths;
  for (auto const& role : roles) ++lengths[role.line];
  std::size_t longest = 0;
  for (auto const& [line, length] : lengths) longest = std::max(longest, length);
  for (std::size_t at = 0; at < roles.size(); ++at) {
    if (roles[at].above) uses.roles[index(*roles[at].above)] = true;
    if (roles[at].rank == 0 && lengths[roles[at].line] == longest) uses.roles[at] = true;
  }
}

template <class Item>
void tell(Diagnostics& found, std::vector<Item> const& items, std::vector<bool> const& used,
          std::string_view noun, std::string_view lack, std::string_view help) {
  for (std::size_t at = 0; at < items.size(); ++at)
    if (!used[at])
      warn(found, items[at].where, "analysis.unused",
           "the " + std::string{noun} + " " + quoted(items[at].name) +
               " is never used: " + std::string{lack},
           std::string{help});
}

Uses find_uses(Policy const& policy) {
  Uses uses{policy};
  each_outright(policy, [&](Expression const& whole) {
    each_within(whole, [&](Expression const& part) { uses.read(part); });
  });
  for (auto const& rule : policy.rules)
    for (auto const& consequence : rule.then) uses.write(consequence);
  for (std::size_t at = 0; at < policy.facts.size(); ++at)
    if (policy.facts[at].is_type) uses.facts[at] = true;
  for (std::size_t at = 0; at < policy.answers.size(); ++at)
    if (policy.answers[at].is_type || policy.answers[at].reports) uses.answers[at] = true;
  for (std::size_t at = 0; at < policy.defines.size(); ++at)
    if (policy.defines[at].is_type) uses.defines[at] = true;
  for (auto const& authority : policy.authorities)
    for (auto const& line : authority.lines) uses.roles[index(line.role)] = true;
  use_standing_roles(uses);
  return uses;
}

}  // namespace

void find_unused(Policy const& policy, Diagnostics& found) {
  auto const uses = find_uses(policy);
  constexpr auto take_out = "take it out, or write what it is for";
  tell(found, policy.facts, uses.facts, "fact", "no rule, define or table reads it", take_out);
  tell(found, policy.needs, uses.needs, "need", "no rule writes or reads it", take_out);
  tell(found, policy.roles, uses.roles, "role", "nothing is done by it and nothing escalates to it",
       take_out);
  tell(found, policy.actions, uses.actions, "action", "no rule does, offers or forbids it",
       take_out);
  tell(found, policy.answers, uses.answers, "answer", "no rule sets or reads it", take_out);
  tell(found, policy.scores, uses.scores, "score", "no rule adds to it or reads it", take_out);
  tell(found, policy.defines, uses.defines, "define", "nothing reads it", take_out);
  tell(found, policy.phrases, uses.phrases, "list of phrases",
       "no condition asks `mentions` for it", take_out);
  tell(found, policy.scripts, uses.scripts, "script", "no rule says it", take_out);
  tell(found, policy.events, uses.events, "event", "no rule records or reads it", take_out);
  tell(found, policy.tables, uses.tables, "table", "nothing reads it", take_out);
  for (auto const& parameter : policy.parameters)
    if (!parameter.is_read)
      warn(found, parameter.where, "analysis.unused",
           "the parameter " + quoted(parameter.name) + " is never used: nothing reads it",
           take_out);
}

}  // namespace heed::analyse
