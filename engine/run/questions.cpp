#include <algorithm>
#include <bit>
#include <memory>
#include <span>

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

lent::Name describe(Room& room, Type const& type) {
  if (type.kind != Kind::set) return name_of(type.kind);
  return room.keep(std::string{name_of(type.kind)} + " " + std::string{name_of(type.element)});
}

/// Marks what all rules change that wait for a fact, by fact.
class Changes {
 public:
  explicit Changes(Frame& frame)
      : frame_{frame},
        names_{frame.inputs.rules.changes},
        words_{names_.size() / 64 + 1},
        of_facts_{frame.room.take_many<std::uint64_t*>(frame.policy().facts.size())} {
    std::uninitialized_fill_n(of_facts_, frame.policy().facts.size(), nullptr);
  }

  void add(std::size_t fact, std::uint32_t change) {
    mark(fact)[change / 64] |= std::uint64_t{1} << (change % 64);
  }

  /// Somebody waits for the fact.
  std::uint64_t* mark(std::size_t fact) {
    auto*& marks = of_facts_[fact];
    if (marks != nullptr) return marks;
    marks = frame_.room.take_many<std::uint64_t>(words_);
    std::uninitialized_fill_n(marks, words_, std::uint64_t{0});
    return marks;
  }

  bool is_marked(std::size_t fact) const { return of_facts_[fact] != nullptr; }

  /// The names of what a fact could change.
  lent::Names names(std::size_t fact) const {
    Growing<lent::Name> names{frame_.room};
    for (std::size_t word = 0; word < words_; ++word)
      for (auto rest = of_facts_[fact][word]; rest != 0; rest &= rest - 1)
        names.push_back(names_[word * 64 + static_cast<std::size_t>(std::countr_zero(rest))]);
    return names.list();
  }

 private:
  Frame& frame_;
  std::vector<std::string> const& names_;
  std::size_t words_;
  std::uint64_t** of_facts_;
};

lent::Question make_question(Frame& frame, Fact const& fact, lent::Names could_change) {
  lent::Question question;
  question.fact = fact.name;
  question.type = describe(frame.room, fact.type);
  if (fact.type.choice)
    question.values = {fact.type.choice->values.data(), fact.type.choice->values.size()};
  question.ask = lend(frame, fact.ask.empty() ? fact.title : fact.ask);
  question.could_change = could_change;
  return question;
}

/// Whether rules or answers wait for some fact, or a rule that fired may ask for one.
bool may_ask(Frame const& plain, Waits const& waits) {
  auto const rules = std::span{waits.of_rules}.first(waits.rules.size());
  auto const waits_for_nothing = [](FactSet const& facts) { return facts.is_empty(); };
  return !plain.writers.asking.empty() || !std::ranges::all_of(rules, waits_for_nothing) ||
         !std::ranges::all_of(waits.of_answers, waits_for_nothing);
}

}  // namespace

List<lent::Question> list_questions(Frame& plain, Waits const& waits) {
  if (!may_ask(plain, waits)) return {};
  auto const& rules = plain.inputs.rules;
  auto const& policy = rules.policy;
  Changes changes{plain};
  for (std::size_t at = 0; at < waits.rules.size(); ++at)
    waits.of_rules[at].for_each([&](std::size_t fact) {
      changes.mark(fact);
      for (auto const change : rules.changes_of_rule[index(waits.rules[at])])
        changes.add(fact, change);
    });
  for (std::size_t at = 0; at < waits.of_answers.size(); ++at)
    waits.of_answers[at].for_each(
        [&](std::size_t fact) { changes.add(fact, rules.changes_of_answer[at]); });
  for (auto const& writing : plain.writers.asking) {
    auto const fact = consequence_of<Ask>(plain, writing).fact;
    if (plain.has_fired(writing.rule) && plain.inputs.facts[index(fact)] == nullptr)
      changes.mark(index(fact));
  }
  Growing<lent::Question> list{plain.room};
  for (std::size_t at = 0; at < policy.facts.size(); ++at) {
    if (changes.is_marked(at))
      list.push_back(make_question(plain, policy.facts[at], changes.names(at)));
  }
  // By what they could change, then as the policy's facts stand.
  std::ranges::sort(list, [](lent::Question const& one, lent::Question const& other) {
    if (one.could_change.size() != other.could_change.size())
      return one.could_change.size() > other.could_change.size();
    return one.fact < other.fact;
  });
  return list.list();
}

}  // namespace heed::run
