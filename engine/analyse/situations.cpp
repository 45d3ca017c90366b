#include "engine/analyse/situations.hpp"

#include <algorithm>

#include "engine/base/expected.hpp"
#include "engine/base/limits.hpp"

namespace heed::analyse {
namespace {

Situations always() {
  return {Situation{}};
}
Situations too_much() {
  return {Situation{{}, false}};
}

bool wants_truth(Outcome outcome) {
  return outcome == Outcome::yes || outcome == Outcome::not_no;
}
bool takes_unknown(Outcome outcome) {
  return outcome == Outcome::not_no || outcome == Outcome::not_yes;
}
Outcome opposite(Outcome outcome) {
  switch (outcome) {
    case Outcome::yes:
      return Outcome::no;
    case Outcome::not_no:
      return Outcome::not_yes;
    case Outcome::no:
      return Outcome::yes;
    case Outcome::not_yes:
      return Outcome::not_no;
  }
  return outcome;
}

bool is_dead(Situation const& situation) {
  return std::any_of(situation.limits.begin(), situation.limits.end(),
                     [](Limit const& limit) { return is_empty(limit.values); });
}

}  // namespace

/// One form after the other: where it comes out as is wished.
struct Reader::Forms {
  Reader& reader;
  Expression const& whole;
  Outcome outcome;

  Terms& terms() const { return reader.terms_; }

  /// The term is among these, or among the rest of what it can be, or unknown.
  Situations limit(TermId id, Values const& true_in, Values const& false_in) const {
    auto const& all = terms()[id].all;
    auto values = wants_truth(outcome) ? true_in : false_in;
    if (takes_unknown(outcome)) values = without(all, wants_truth(outcome) ? false_in : true_in);
    auto situation = Situation{{{id, analyse::meet(values, all)}}, true};
    // Money in a currency that a fact does not name may come in any other: then it is unknown.
    if (takes_unknown(outcome) && all.currency != values.currency) return too_much();
    if (is_dead(situation)) return {};
    return {std::move(situation)};
  }
  Situations opaque() const {
    return limit(terms().of_condition(whole), only(Number{1}, true), only(Number{0}, true));
  }

  /// The subject's value is in `values`; none is in no comparison.
  Situations among(Expression const& subject, Values values) const {
    auto const id = terms().of(subject);
    auto const& all = terms()[id].all;
    auto rest = without(all, values);
    rest.unknown = false;
    rest.none = all.none;
    if (!rest.currency) rest.currency = values.currency;
    values.none = false;
    return limit(id, values, rest);
  }

  static Relation turned(Relation relation) {
    switch (relation) {
      case Relation::equal:
        return Relation::equal;
      case Relation::less:
        return Relation::greater;
      case Relation::at_most:
        return Relation::at_least;
      case Relation::greater:
        return Relation::less;
      case Relation::at_least:
        return Relation::at_most;
    }
    return relation;
  }
  static Stretch stretch(Relation relation, Number const& number) {
    switch (relation) {
      case Relation::equal:
        return {number, number, true, true};
      case Relation::less:
        return {{}, number, false, false};
      case Relation::at_most:
        return {{}, number, false, true};
      case Relation::greater:
        return {number, {}, false, false};
      case Relation::at_least:
        return {number, {}, true, false};
    }
    return {};
  }
  static bool is_like(Type const& subject, Type const& constant) {
    auto const is_number = [](Kind kind) { return kind == Kind::whole || kind == Kind::number; };
    if (is_number(subject.kind) && is_number(constant.kind)) return true;
    if (subject.kind != constant.kind || subject.kind == Kind::set) return false;
    if (subject.kind != Kind::choice) return true;
    return subject.choice && constant.choice && subject.choice->values == constant.choice->values;
  }
  /// The values beside which the constant stands; nothing where that cannot be said.
  std::optional<Values> values_beside(Expression const& subject, Relation relation,
                                      Expression const& constant) const {
    auto const* it = std::get_if<Constant>(&constant.form);
    if (!it || !is_like(subject.type, constant.type)) return std::nullopt;
    auto const number = terms().number_of(it->value);
    if (!number) return std::nullopt;
    auto const id = terms().of(subject);
    auto values = make_values(stretch(relation, *number), terms()[id].all.whole);
    if (auto const* money = std::get_if<Money>(&it->value)) values.currency = money->currency;
    return values;
  }

  /// Two values that both vary: the order in which they stand is a term of its own.
  Situations in_order(Comparison const& it) const {
    auto const left_first = it.left->text <= it.right->text;
    auto const relation = left_first ? it.relation : turned(it.relation);
    auto const& one = left_first ? *it.left : *it.right;
    auto const& other = left_first ? *it.right : *it.left;
    Expression beside{{}, whole.where, Comparison{Relation::equal, nullptr, nullptr}, {}};
    beside.text = one.text + " beside " + other.text;
    beside.form = AllOf{{it.left, it.right}};  // what the term is made of
    auto const id = terms().of_order(beside);
    auto const values = make_values(stretch(relation, Number{}), true);
    auto rest = without(terms()[id].all, values);
    rest.unknown = false;
    return limit(id, values, rest);
  }

  /// `long_wait is no`: a condition of its own.
  bool is_of_truth(Comparison const& it) const {
    auto const* constant = std::get_if<Constant>(&it.right->form);
    return constant && it.left->type.kind == Kind::truth && !it.left->type.or_none &&
           !std::holds_alternative<Constant>(it.left->form) &&
           std::holds_alternative<bool>(constant->value);
  }

  Situations operator()(Comparison const& it) const {
    if (is_of_truth(it)) {
      auto const is_yes = std::get<bool>(std::get<Constant>(it.right->form).value);
      return reader.read(*it.left, is_yes ? outcome : opposite(outcome));
    }
    if (std::holds_alternative<Constant>(it.left->form) &&
        std::holds_alternative<Constant>(it.right->form))
      return opaque();
    if (auto values = values_beside(*it.left, it.relation, *it.right))
      return among(*it.left, std::move(*values));
    if (auto values = values_beside(*it.right, turned(it.relation), *it.left))
      return among(*it.right, std::move(*values));
    if (std::holds_alternative<Constant>(it.left->form) ||
        std::holds_alternative<Constant>(it.right->form))
      return opaque();
    return in_order(it);
  }
  Situations operator()(Membership const& it) const {
    std::optional<Values> all;
    for (auto const& value : it.values) {
      auto const values = values_beside(*it.subject, Relation::equal, *value);
      if (!values || (all && all->currency != values->currency)) return opaque();
      all = all ? analyse::join(*all, *values) : *values;
    }
    return all ? among(*it.subject, *all) : opaque();
  }
  Situations operator()(NoneTest const& it) const {
    auto const id = terms().of(*it.subject);
    auto none = nothing(terms()[id].all.whole);
    none.none = true;
    auto rest = without(terms()[id].all, none);
    rest.unknown = false;
    return limit(id, none, rest);
  }
  Situations operator()(KnownTest const& it) const {
    auto const& meant = behind_names(reader.policy(), *it.subject);
    if (!std::holds_alternative<FactValue>(meant.form)) return opaque();
    auto const id = terms().of(meant);
    auto unknown = nothing(terms()[id].all.whole);
    unknown.unknown = true;
    auto const known = without(terms()[id].all, unknown);
    Forms const settled{reader, whole, wants_truth(outcome) ? Outcome::yes : Outcome::no};
    return settled.limit(id, known, unknown);
  }
  Situations truth_of(TermId id) const {
    return limit(id, only(Number{1}, true), only(Number{0}, true));
  }
  Situations operator()(FactValue const&) const {
    return whole.type.or_none ? opaque() : truth_of(terms().of(whole));
  }
  Situations operator()(AnswerValue const&) const { return opaque(); }
  Situations operator()(TableValue const&) const {
    return whole.type.or_none ? opaque() : truth_of(terms().of(whole));
  }
  Situations operator()(DefineValue const& it) const {
    auto const key = std::pair{it.define, outcome};
    auto const found = reader.defines_.find(key);
    if (found != reader.defines_.end()) return found->second;
    auto read = reader.read(*reader.policy().defines[index(it.define)].value, outcome);
    return reader.defines_.emplace(key, std::move(read)).first->second;
  }
  Situations need_is(NeedId need, bool at_least, NeedState state) const {
    auto const id = terms().of_need(need);
    auto const relation = at_least ? Relation::at_least : Relation::equal;
    auto const values =
        make_values(stretch(relation, Number{static_cast<std::int64_t>(state)}), true);
    auto rest = without(terms()[id].all, values);
    rest.unknown = false;
    return limit(id, values, rest);
  }
  Situations operator()(NeedTest const& it) const {
    return need_is(it.need, it.at_least, it.state);
  }
  Situations operator()(AnyNeedTest const& it) const {
    auto const is_any = wants_truth(outcome) != it.every;
    auto all = is_any ? Situations{} : always();
    for (auto const need : it.needs) {
      auto const one = need_is(need, it.at_least, it.state);
      all = is_any ? either(std::move(all), one) : both(all, one);
    }
    return all;
  }
  Situations operator()(AdvisedTest const& it) const {
    auto const& effects = terms().effects().actions[index(it.action)];
    if (effects.done.empty() && outcome == Outcome::yes) return {};
    return opaque();
  }

  Situations all(std::vector<ExpressionPtr> const& parts) const {
    auto result = always();
    for (auto const& part : parts) result = both(result, reader.read(*part, outcome));
    return result;
  }
  Situations any(std::vector<ExpressionPtr> const& parts) const {
    Situations result;
    for (auto const& part : parts) result = either(std::move(result), reader.read(*part, outcome));
    return result;
  }
  Situations operator()(AllOf const& it) const {
    return wants_truth(outcome) ? all(it.parts) : any(it.parts);
  }
  Situations operator()(AnyOf const& it) const {
    return wants_truth(outcome) ? any(it.parts) : all(it.parts);
  }
  Situations operator()(AndThen const& it) const {
    auto const first = [&](Outcome wish) { return reader.read(*it.first, wish); };
    auto const second = [&](Outcome wish) { return reader.read(*it.second, wish); };
    auto const after = both(first(Outcome::yes), second(outcome));
    switch (outcome) {
      case Outcome::yes:
        return after;
      case Outcome::not_no:
        return either(both(first(Outcome::not_no), first(Outcome::not_yes)), after);
      case Outcome::no:
      case Outcome::not_yes:
        return either(first(outcome), after);
    }
    return too_much();
  }
  Situations operator()(Not const& it) const { return reader.read(*it.operand, opposite(outcome)); }
  Situations operator()(Possibly const& it) const {
    return reader.read(*it.operand, wants_truth(outcome) ? Outcome::not_no : Outcome::no);
  }
  Situations operator()(Certainly const& it) const {
    return reader.read(*it.operand, wants_truth(outcome) ? Outcome::yes : Outcome::not_yes);
  }
  /// Whatever is not taken apart: two of the same text come out the same.
  Situations operator()(auto const&) const { return opaque(); }
};

Situations Reader::read(Expression const& condition, Outcome outcome) {
  return std::visit(Forms{*this, condition, outcome}, condition.form);
}

Situations Reader::of(Expression const& condition, Outcome outcome) {
  return read(condition, outcome);
}

Situations const& Reader::of(RuleId rule) {
  auto& known = rules_[index(rule)];
  auto const& when = policy().rules[index(rule)].when;
  if (!known) known = when ? read(*when, Outcome::yes) : always();
  return *known;
}

Situations Reader::of_all(std::vector<ExpressionPtr> const& conditions) {
  auto all = always();
  for (auto const& condition : conditions) all = both(all, read(*condition, Outcome::yes));
  return all;
}

Situation meet(Situation const& one, Situation const& other) {
  Situation result{{}, one.precise && other.precise};
  result.limits.reserve(one.limits.size() + other.limits.size());
  auto left = one.limits.begin();
  auto right = other.limits.begin();
  while (left != one.limits.end() || right != other.limits.end()) {
    if (right == other.limits.end() || (left != one.limits.end() && left->term < right->term))
      result.limits.push_back(*left++);
    else if (left == one.limits.end() || right->term < left->term)
      result.limits.push_back(*right++);
    else
      result.limits.push_back({left->term, meet((left++)->values, (right++)->values)});
  }
  return result;
}

bool meets(Situation const& one, Situation const& other) {
  auto left = one.limits.begin();
  auto right = other.limits.begin();
  while (left != one.limits.end() && right != other.limits.end()) {
    if (left->term < right->term)
      ++left;
    else if (right->term < left->term)
      ++right;
    else if (!meets((left++)->values, (right++)->values))
      return false;
  }
  return true;
}

Situations both(Situations const& one, Situations const& other) {
  Situations result;
  if (one.size() * other.size() > limits::analysed_situations_max)
    return one.empty() || other.empty() ? Situations{} : too_much();
  for (auto const& left : one)
    for (auto const& right : other)
      if (meets(left, right)) result.push_back(meet(left, right));
  return result;
}

Situations either(Situations one, Situations other) {
  if (one.size() + other.size() > limits::analysed_situations_max) return too_much();
  std::move(other.begin(), other.end(), std::back_inserter(one));
  return one;
}

}  // namespace heed::analyse
