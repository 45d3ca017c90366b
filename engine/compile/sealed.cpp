#include "engine/compile/sealed.hpp"

#include <algorithm>

#include "engine/base/expected.hpp"
#include "engine/check/secrets.hpp"

namespace heed {

namespace {

bool holds_text(Type const& type) {
  if (type.kind == Kind::text) return true;
  if (type.kind == Kind::set) return type.element == Kind::text;
  return type.shape && std::ranges::any_of(type.shape->fields, [](Shape::Field const& field) {
           return holds_text(field.type);
         });
}

/// Gathers the names, a rule after the other.
struct Gathering {
  Policy const& policy;
  SealedNames found = {};
  check::SecretSearch search{policy,
                             {.fact = [](Fact const& fact) { return is_sealed(fact); },
                              .field = [](Parameter const& field) { return is_sealed(field); },
                              .items_of_lists = true}};

  void declarations() {
    for (auto const& fact : policy.facts)
      if (is_sealed(fact)) found.facts.insert(fact.name);
    for (auto const& event : policy.events)
      for (auto const& field : event.fields)
        if (is_sealed(field)) found.event_fields[event.name].insert(field.name);
    for (auto const& script : policy.scripts)
      if (search.in(script.text)) found.scripts.insert(script.name);
    for (std::uint32_t i = 0; i < policy.answers.size(); ++i)
      if (search.of(AnswerId{i})) found.answers.insert(policy.answers[i].name);
    for (std::uint32_t i = 0; i < policy.scores.size(); ++i)
      if (search.of(ScoreId{i})) found.scores.insert(policy.scores[i].name);
  }

  void action(Rule const& rule, Do const& act) {
    auto const& declared = policy.actions[index(act.action)];
    for (auto const& argument : act.arguments)
      if (search.in(act, argument))
        found.arguments[declared.name].insert(declared.takes[argument.parameter].name);
    if (search.in(act.within) || search.in(act.expires_after)) found.times.insert(rule.name);
  }
  void consequence(Rule const& rule, Say const& say) {
    if (!say.script && search.in(say.text)) found.said.insert(rule.name);
  }
  void consequence(Rule const& rule, Check const& check) {
    if (search.in(check.text)) found.checks.insert(rule.name);
  }
  void consequence(Rule const& rule, Escalate const& escalate) {
    bool is_timed = search.in(escalate.within).has_value();
    for (auto const& step : escalate.then) is_timed = is_timed || search.in(step.after);
    if (is_timed) found.times.insert(rule.name);
  }
  void consequence(Rule const& rule, Alert const& alert) {
    if (search.in(alert.within)) found.times.insert(rule.name);
  }
  void consequence(Rule const&, Record const& record) {
    auto const& event = policy.events[index(record.event)];
    for (auto const& argument : record.fields)
      if (search.in(argument.value))
        found.event_fields[event.name].insert(event.fields[argument.parameter].name);
  }
  void consequence(Rule const&, WriteNeed const&) {}
  void consequence(Rule const&, Do const&) {}       // see each_do
  void consequence(Rule const&, Instead const&) {}  // likewise
  void consequence(Rule const&, Offer const&) {}    // likewise
  void consequence(Rule const&, Forbid const&) {}
  void consequence(Rule const&, Ask const&) {}
  void consequence(Rule const&, AddToScore const&) {}
  void consequence(Rule const&, SetAnswer const&) {}

  void of(Rule const& rule) {
    if (search.in(rule.because)) found.because.insert(rule.name);
    for (auto const& each : rule.then) {
      std::visit([&](auto const& form) { consequence(rule, form); }, each);
      check::each_do(each, [&](Do const& act) { action(rule, act); });
    }
  }

  void figure(HistoryRead const& read) {
    if (read.window != nullptr && read.window->across_customers &&
        (search.in(read.window->last) || search.in_where(read.event, read.window->where)))
      found.figures.insert(read.window->figure);
    if (read.since != nullptr && read.since->across_customers &&
        search.in_where(read.event, read.since->where))
      found.figures.insert(read.since->figure);
  }
};

}  // namespace

bool is_sealed(Fact const& fact) {
  return fact.is_private || (!fact.is_public && holds_text(fact.type));
}

bool is_sealed(Parameter const& field) {
  return field.is_private || (!field.is_public && holds_text(field.type));
}

SealedNames find_sealed(RuleSet const& rules) {
  Gathering gathering{rules.policy};
  gathering.declarations();
  for (auto const& rule : rules.policy.rules) gathering.of(rule);
  for (auto const& read : rules.history) gathering.figure(read);
  return std::move(gathering.found);
}

}  // namespace heed
