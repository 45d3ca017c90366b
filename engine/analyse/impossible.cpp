#include "engine/analyse/analyses.hpp"
#include "engine/analyse/parts.hpp"
#include "engine/analyse/tell.hpp"

namespace heed::analyse {
namespace {

/// Why something can never hold, and where that is written.
struct Cause {
  Place where;
  std::string words;  // "`A` and `B` cannot both hold"
};

struct Search {
  Reader& reader;
  Diagnostics& found;

  bool is_possible(Expression const& condition) const { return !reader.of(condition).empty(); }

  std::string because_of_need(NeedTest const& it) const {
    auto const& need = reader.policy().needs[index(it.need)];
    auto const& states = reader.terms().effects().needs[index(it.need)].states;
    if (states.empty()) return "no rule ever writes the need " + quoted(need.name);
    return "no rule says that " + quoted(need.name) + " is " +
           (it.state == NeedState::violated ? "violated" : "threatened");
  }

  /// What a value can be, for a comparison that nothing satisfies: `above` and `below` say on which
  /// side it would have to lie.
  std::string because_of_range(Expression const& value, bool above = true,
                               bool below = true) const {
    auto& terms = reader.terms();
    auto const id = terms.of(value);
    auto const& all = terms[id].all;
    auto const name = quoted(value.text);
    if (all.stretches.empty()) return name + " has no value but none";
    auto const& first = all.stretches.front();
    auto const& last = all.stretches.back();
    if (std::holds_alternative<ScoreValue>(value.form) && first.low && last.high)
      return name + " lies between " + to_text(*first.low) + " and " + to_text(*last.high);
    if (value.type.kind == Kind::choice || value.type.kind == Kind::truth) {
      std::vector<std::string> words;
      for (auto const& stretch : all.stretches)
        for (auto at = *stretch.low; at <= *stretch.high; at = *add(at, Number{1}))
          words.push_back(quoted(terms.words(id, at, {})));
      std::string text;
      for (std::size_t at = 0; at < words.size(); ++at)
        text += (at == 0 ? "" : at + 1 == words.size() ? " or " : ", ") + words[at];
      return name + " is never anything but " + text;
    }
    auto const at = [&](Number const& end) { return quoted(terms.words(id, end, all.currency)); };
    if (above && below && first.low && last.high)
      return name + " is never below " + at(*first.low) + " or above " + at(*last.high);
    if (above && last.high) return name + " is never above " + at(*last.high);
    if (below && first.low) return name + " is never below " + at(*first.low);
    return name + " never has such a value";
  }

  std::string because_of_comparison(Comparison const& it, bool is_plain) const {
    auto const* right = std::get_if<Constant>(&it.right->form);
    auto const* left = std::get_if<Constant>(&it.left->form);
    auto const* constant = right ? right : left;
    if (!constant || (left && right)) return "no case makes it true";
    bool const asks_more = it.relation == Relation::greater || it.relation == Relation::at_least;
    bool const asks_less = it.relation == Relation::less || it.relation == Relation::at_most;
    bool const is_upward = right ? asks_more : asks_less;
    bool const is_one_sided = is_plain && (asks_more || asks_less);
    auto const& value = right ? *it.left : *it.right;
    auto text = because_of_range(value, !is_one_sided || is_upward, !is_one_sided || !is_upward);
    auto const number =
        constant->name.empty() ? std::nullopt : reader.terms().number_of(constant->value);
    if (number)
      text += ", and " + quoted(constant->name) + " is " +
              quoted(reader.terms().words(reader.terms().of(value), *number, {}));
    return text;
  }

  std::string because(Expression const& literal) const {
    auto const* it = &literal;
    if (auto const* certainly = std::get_if<Certainly>(&it->form)) it = certainly->operand.get();
    if (auto const* negated = std::get_if<Not>(&it->form)) it = negated->operand.get();
    if (auto const* test = std::get_if<NeedTest>(&it->form); test && it == &literal)
      return because_of_need(*test);
    if (auto const* test = std::get_if<AnyNeedTest>(&it->form); test && it == &literal)
      return "no rule ever brings one of these needs into that state";
    if (auto const* test = std::get_if<AdvisedTest>(&it->form); test && it == &literal)
      return "no rule does " + quoted(reader.policy().actions[index(test->action)].name);
    if (auto const* test = std::get_if<KnownTest>(&it->form))
      return quoted(test->subject->text) + " has a default and is never unknown";
    if (auto const* comparison = std::get_if<Comparison>(&it->form))
      return because_of_comparison(*comparison, it == &literal);
    if (auto const* members = std::get_if<Membership>(&it->form))
      return because_of_range(*members->subject);
    return "no case makes it true";
  }

  Cause explain_all(Expression const& whole, std::vector<ExpressionPtr> const& parts) const {
    for (auto const& part : parts)
      if (!is_possible(*part)) return explain(*part);
    for (std::size_t j = 1; j < parts.size(); ++j)
      for (std::size_t i = 0; i < j; ++i)
        if (both(reader.of(*parts[i]), reader.of(*parts[j])).empty())
          return {parts[j]->where,
                  quoted(parts[i]->text) + " and " + quoted(parts[j]->text) + " cannot both hold"};
    return {whole.where, "its parts cannot all hold together"};
  }

  /// Why a condition that never holds does not.
  Cause explain(Expression const& condition) const {
    if (auto const* all = std::get_if<AllOf>(&condition.form))
      return explain_all(condition, all->parts);
    if (auto const* any = std::get_if<AnyOf>(&condition.form)) return explain(*any->parts.front());
    if (auto const* then = std::get_if<AndThen>(&condition.form))
      return explain_all(condition, {then->first, then->second});
    if (auto const* define = std::get_if<DefineValue>(&condition.form)) {
      auto const& value = *reader.policy().defines[index(define->define)].value;
      return {condition.where, quoted(condition.text) + ": " + explain(value).words};
    }
    auto const words = because(condition);
    return {condition.where, quoted(condition.text) + " can never hold: " + words};
  }

  /// `"customer.tier" is "gold"`: what was meant as a fact stands in quotes.
  void tell_constant(Expression const& expression) const {
    auto const* it = std::get_if<Comparison>(&expression.form);
    auto const is_literal = [](Expression const& side) {
      auto const* constant = std::get_if<Constant>(&side.form);
      return constant && constant->name.empty();
    };
    if (!it || !is_literal(*it->left) || !is_literal(*it->right)) return;
    warn(found, expression.where, "analysis.reads-nothing",
         quoted(expression.text) + " comes out the same in every case",
         "name a fact; its name stands without quotes");
  }

  /// Tells the parts of an expression that can never hold, the outermost only.
  void tell_parts(Expression const& expression) const {
    // What a define says is told where it is defined.
    if (std::holds_alternative<DefineValue>(expression.form)) return;
    tell_constant(expression);
    if (expression.type.kind == Kind::truth && !std::holds_alternative<Constant>(expression.form) &&
        !is_possible(expression)) {
      auto const cause = explain(expression);
      warn(found, cause.where, "analysis.condition-never-holds", cause.words,
           "this part of the condition never counts: mend it, or take it out");
      return;
    }
    each_part(expression, [&](Expression const& part) { tell_parts(part); });
  }

  void look_at(RuleId id) const {
    auto const& rule = reader.policy().rules[index(id)];
    for (auto const& consequence : rule.then)
      each_value(consequence, [&](Expression const& value) { tell_parts(value); });
    if (!rule.when) return;
    if (!reader.of(id).empty()) return tell_parts(*rule.when);
    auto const cause = explain(*rule.when);
    warn(found, cause.where, "analysis.rule-never-fires",
         "the rule " + quoted(rule.name) + " can never fire: " + cause.words,
         "mend the condition, or take the rule out");
  }

  void look_at(Action const& action) const {
    if (!action.requires_) return;
    if (is_possible(*action.requires_)) return tell_parts(*action.requires_);
    auto const cause = explain(*action.requires_);
    warn(found, cause.where, "analysis.requires-never-holds",
         quoted(action.name) +
             " can never be advised, what it requires can never hold: " + cause.words,
         "mend the condition behind `requires`");
  }
};

}  // namespace

void find_impossible(Reader& reader, Diagnostics& found) {
  Search const search{reader, found};
  auto const& policy = reader.policy();
  for (std::uint32_t at = 0; at < policy.rules.size(); ++at) search.look_at(RuleId{at});
  for (auto const& action : policy.actions) search.look_at(action);
  for (auto const& define : policy.defines)
    if (define.value) search.tell_parts(*define.value);
  for (auto const& table : policy.tables)
    for (auto const& row : table.rows)
      for (auto const& result : row.results) search.tell_parts(*result);
}

}  // namespace heed::analyse
