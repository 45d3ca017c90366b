#include "engine/analyse/effects.hpp"

#include "engine/base/expected.hpp"

namespace heed::analyse {
namespace {

void note(std::vector<RuleId>& rules, RuleId rule) {
  if (rules.empty() || rules.back() != rule) rules.push_back(rule);
}

void add(Effects& effects, RuleId rule, Consequence const& consequence) {
  std::visit(
      overloaded{
          [&](WriteNeed const& it) {
            auto& need = effects.needs[index(it.need)];
            note(need.rules, rule);
            need.states.insert(it.state);
            need.severities.insert(it.severity);
          },
          [&](Do const& it) { note(effects.actions[index(it.action)].done, rule); },
          [&](Forbid const& it) { note(effects.actions[index(it.action)].forbidden, rule); },
          [&](Instead const& it) { note(effects.actions[index(it.what.action)].done, rule); },
          [&](Offer const& it) {
            for (auto const& choice : it.actions)
              note(effects.actions[index(choice.action)].offered, rule);
          },
          [](Say const&) {},
          [](Ask const&) {},
          [](Escalate const&) {},
          [](Alert const&) {},
          [&](AddToScore const& it) { note(effects.scores[index(it.score)], rule); },
          [&](SetAnswer const& it) {
            auto& answer = effects.answers[index(it.answer)];
            note(answer.rules, rule);
            answer.values.push_back(it.value);
          },
          [](Record const&) {},
          [](Check const&) {},
      },
      consequence);
}

}  // namespace

Effects find_effects(Policy const& policy) {
  Effects effects;
  effects.needs.resize(policy.needs.size());
  effects.actions.resize(policy.actions.size());
  effects.answers.resize(policy.answers.size());
  effects.scores.resize(policy.scores.size());
  for (std::uint32_t at = 0; at < policy.rules.size(); ++at)
    for (auto const& consequence : policy.rules[at].then) add(effects, RuleId{at}, consequence);
  return effects;
}

Deeds find_deeds(Rule const& rule) {
  Deeds deeds;
  for (auto const& consequence : rule.then)
    std::visit(overloaded{
                   [](WriteNeed const&) {},
                   [&](Do const& it) { deeds.done.push_back(it.action); },
                   [&](Forbid const& it) { deeds.forbidden.push_back(it.action); },
                   [&](Instead const& it) { deeds.done.push_back(it.what.action); },
                   [&](Offer const& it) {
                     for (auto const& choice : it.actions) deeds.done.push_back(choice.action);
                   },
                   [](Say const&) {},
                   [](Ask const&) {},
                   [&](Escalate const&) { deeds.escalates = true; },
                   [](Alert const&) {},
                   [](AddToScore const&) {},
                   [](SetAnswer const&) {},
                   [](Record const&) {},
                   [](Check const&) {},
               },
               consequence);
  return deeds;
}

bool lasts_as_long(Rule const& one, Rule const& other) {
  return (!other.from || (one.from && *one.from >= *other.from)) &&
         (!other.until || (one.until && *one.until <= *other.until));
}

}  // namespace heed::analyse
