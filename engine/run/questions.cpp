#include <algorithm>
#include <tuple>

#include "engine/run/assemble.hpp"
#include "engine/run/targets.hpp"

namespace heed::run {
namespace {

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::truth:
      return "yes or no";
    case Kind::whole:
      return "whole number";
    case Kind::number:
      return "number";
    case Kind::money:
      return "money";
    case Kind::duration:
      return "duration";
    case Kind::date:
      return "date";
    case Kind::time:
      return "time";
    case Kind::text:
      return "text";
    case Kind::choice:
      return "one of";
    case Kind::set:
      return "set of";
    case Kind::list:
      return "list";
  }
  return {};
}

std::string describe(Type const& type) {
  std::string text{name_of(type.kind)};
  if (type.kind == Kind::set) text += " " + std::string{name_of(type.element)};
  return text;
}

/// Marks what all rules change that wait for a fact, by fact.
class Changes {
 public:
  explicit Changes(RuleSet const& rules) : rules_{rules}, of_facts_(rules.policy.facts.size()) {}

  void add(FactSet const& facts, std::vector<std::uint32_t> const& changes) {
    facts.for_each([&](std::size_t fact) {
      auto& marks = mark(fact);
      for (auto const change : changes) marks[change] = true;
    });
  }

  std::vector<bool>& mark(std::size_t fact) {
    auto& marks = of_facts_[fact];
    if (!marks) marks.emplace(rules_.changes.size());
    return *marks;
  }

  /// The names of what a fact could change; nothing where nobody waits for it.
  std::optional<std::vector<std::string>> names(std::size_t fact) const {
    auto const& marks = of_facts_[fact];
    if (!marks) return std::nullopt;
    std::vector<std::string> names;
    for (std::size_t at = 0; at < marks->size(); ++at)
      if ((*marks)[at]) names.push_back(rules_.changes[at]);
    return names;
  }

 private:
  RuleSet const& rules_;
  std::vector<std::optional<std::vector<bool>>> of_facts_;  // by RuleSet::changes
};

Question make_question(Fact const& fact, std::vector<std::string> could_change) {
  Question question;
  question.fact = fact.name;
  question.type = describe(fact.type);
  if (fact.type.choice) question.values = fact.type.choice->values;
  question.ask = fact.ask.empty() ? fact.title : fact.ask;
  question.could_change = std::move(could_change);
  return question;
}

}  // namespace

std::vector<Question> list_questions(Frame const& plain, Waits const& waits) {
  auto const& rules = plain.inputs.rules;
  auto const& policy = rules.policy;
  Changes changes{rules};
  for (std::size_t at = 0; at < waits.of_rules.size(); ++at)
    changes.add(waits.of_rules[at], rules.changes_of_rule[index(waits.rules[at])]);
  for (std::size_t at = 0; at < waits.of_answers.size(); ++at)
    changes.add(waits.of_answers[at], {rules.changes_of_answer[at]});
  for (auto const& writing : plain.writers.asking) {
    auto const fact = consequence_of<Ask>(plain, writing).fact;
    if (plain.has_fired(writing.rule) && plain.inputs.facts[index(fact)] == nullptr)
      changes.mark(index(fact));
  }
  std::vector<Question> list;
  for (std::size_t at = 0; at < policy.facts.size(); ++at) {
    if (auto names = changes.names(at))
      list.push_back(make_question(policy.facts[at], *std::move(names)));
  }
  std::ranges::stable_sort(list, std::greater{},
                           [](Question const& one) { return one.could_change.size(); });
  return list;
}

}  // namespace heed::run
