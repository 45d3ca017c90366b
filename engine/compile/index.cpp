#include "engine/compile/index.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <iterator>
#include <map>
#include <numeric>
#include <utility>

#include "engine/base/expected.hpp"
#include "engine/compile/rule_set.hpp"

namespace heed {
namespace {

/// A fact, or phrases looked for in it.
using Key = std::pair<FactId, std::optional<std::uint32_t>>;

/// A condition of one fact, and the values that tell apart when it holds.
struct Part {
  Key key;
  Expression const* condition = nullptr;
};

/// What must hold in a rule's condition: one part that is the whole of it, or parts joined by `or`;
/// none where it cannot be taken apart so.
struct Conjunct {
  Expression const* whole = nullptr;
  std::vector<Part> parts;
};

bool less(Value const& left, Value const& right) {
  return comes_before(left, right);
}

void keep_once(std::vector<Value>& values) {
  std::ranges::sort(values, less);
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

bool is_ordered_kind(Kind kind) {
  return kind == Kind::whole || kind == Kind::number || kind == Kind::money || kind == Kind::date ||
         kind == Kind::time;
}

/// Values of other types do not always compare: amounts in several currencies, months with days.
bool can_be_indexed(Type const& type) {
  if (type.kind == Kind::money) return type.currency.has_value();
  return is_ordered_kind(type.kind) || type.kind == Kind::truth || type.kind == Kind::choice ||
         type.kind == Kind::text;
}

bool fits(Type const& type, Value const& constant) {
  if (std::holds_alternative<None>(constant)) return true;
  if (auto const* money = std::get_if<Money>(&constant))
    return type.kind == Kind::money && money->currency == *type.currency;
  switch (type.kind) {
    case Kind::truth:
      return std::holds_alternative<bool>(constant);
    case Kind::whole:
    case Kind::number:
      return std::holds_alternative<Number>(constant);
    case Kind::date:
      return std::holds_alternative<Date>(constant);
    case Kind::time:
      return std::holds_alternative<Instant>(constant);
    case Kind::choice:
      return std::holds_alternative<Chosen>(constant);
    case Kind::text:
      return std::holds_alternative<std::string>(constant);
    default:
      return false;
  }
}

/// Finds the one fact that a condition reads against constants, and those constants.
class Look {
 public:
  explicit Look(RuleSet const& rules) : rules_{rules} {}

  /// False where it reads anything else.
  bool into(Expression const& condition) {
    return std::visit(overloaded{
                          [&](FactValue const& form) {
                            return condition.type.kind == Kind::truth && read(form.fact);
                          },
                          [&](DefineValue const& form) {
                            return into(*rules_.policy.defines[index(form.define)].value);
                          },
                          [&](Comparison const& form) {
                            return compare(*form.left, *form.right, form.relation) ||
                                   compare(*form.right, *form.left, form.relation);
                          },
                          [&](Membership const& form) {
                            return std::ranges::all_of(
                                form.values, [&](ExpressionPtr const& value) {
                                  return compare(*form.subject, *value, Relation::equal);
                                });
                          },
                          [&](Mention const& form) { return mention(form); },
                          [&](NoneTest const& form) {
                            auto const* fact = std::get_if<FactValue>(&form.subject->form);
                            return fact != nullptr && read(fact->fact);
                          },
                          [&](Not const& form) { return into(*form.operand); },
                          [&](AllOf const& form) { return all(form.parts); },
                          [&](AnyOf const& form) { return all(form.parts); },
                          [&](AtLeastOf const& form) { return all(form.parts); },
                          [](auto const&) { return false; },
                      },
                      condition.form);
  }

  std::optional<Key> key;
  std::vector<Value> constants;

 private:
  bool all(std::vector<ExpressionPtr> const& parts) {
    return std::ranges::all_of(parts, [&](ExpressionPtr const& part) { return into(*part); });
  }

  bool is_the_one(Key const& other) {
    if (!key) key = other;
    return key == other;
  }

  bool read(FactId fact) {
    return can_be_indexed(rules_.policy.facts[index(fact)].type) && is_the_one({fact, {}});
  }

  bool compare(Expression const& subject, Expression const& other, Relation relation) {
    auto const* fact = std::get_if<FactValue>(&subject.form);
    auto const* constant = std::get_if<Constant>(&other.form);
    if (fact == nullptr || constant == nullptr || !read(fact->fact)) return false;
    auto const& type = rules_.policy.facts[index(fact->fact)].type;
    auto const is_order = relation != Relation::equal;
    if (!fits(type, constant->value)) return false;
    if (is_order && !is_ordered_kind(type.kind) && type.kind != Kind::choice) return false;
    constants.push_back(constant->value);
    return true;
  }

  bool mention(Mention const& form) {
    auto const* fact = std::get_if<FactValue>(&form.text->form);
    if (fact == nullptr) return false;
    Mentioned const mentioned{fact->fact, form.phrases};
    auto const found = std::ranges::lower_bound(rules_.mentions, mentioned);
    if (found == rules_.mentions.end() || *found != mentioned) return false;
    return is_the_one({fact->fact, static_cast<std::uint32_t>(found - rules_.mentions.begin())});
  }

  RuleSet const& rules_;
};

/// A class of values, as conditions see it: a value, or what lies below the value.
struct Sample {
  Value const* value = nullptr;  // null: above all values, or another than all of them
  bool is_below = false;         // between the value before and this one
  bool is_none = false;
};

/// Where the class stands to a constant.
std::strong_ordering place(Sample const& sample, Value const& constant) {
  if (sample.value == nullptr) return std::strong_ordering::greater;
  if (less(constant, *sample.value)) return std::strong_ordering::greater;
  if (sample.is_below || less(*sample.value, constant)) return std::strong_ordering::less;
  return std::strong_ordering::equal;
}

/// What an indexed condition comes to for all values of a class.
class Judge {
 public:
  Judge(Policy const& policy, Sample const& sample) : policy_{policy}, sample_{sample} {}

  bool holds(Expression const& condition) const {
    return std::visit(
        overloaded{
            [&](FactValue const&) { return is_equal(Value{true}); },
            [&](DefineValue const& form) {
              return holds(*policy_.defines[index(form.define)].value);
            },
            [&](Comparison const& form) { return compare(form); },
            [&](Membership const& form) {
              return std::ranges::any_of(form.values, [&](ExpressionPtr const& one) {
                return is_equal(std::get<Constant>(one->form).value);
              });
            },
            [&](Mention const&) { return is_equal(Value{true}); },
            [&](NoneTest const&) { return sample_.is_none; },
            [&](Not const& form) { return !holds(*form.operand); },
            [&](AllOf const& form) { return count(form.parts) == std::ssize(form.parts); },
            [&](AnyOf const& form) { return count(form.parts) > 0; },
            [&](AtLeastOf const& form) { return count(form.parts) >= form.count; },
            [](auto const&) { return false; },
        },
        condition.form);
  }

 private:
  std::int64_t count(std::vector<ExpressionPtr> const& parts) const {
    return std::ranges::count_if(parts, [&](ExpressionPtr const& part) { return holds(*part); });
  }

  bool is_equal(Value const& constant) const {
    if (std::holds_alternative<None>(constant)) return sample_.is_none;
    return !sample_.is_none && place(sample_, constant) == 0;
  }

  bool compare(Comparison const& form) const {
    auto const* constant = std::get_if<Constant>(&form.right->form);
    auto const is_turned = constant == nullptr;
    if (is_turned) constant = &std::get<Constant>(form.left->form);
    if (form.relation == Relation::equal) return is_equal(constant->value);
    if (sample_.is_none || std::holds_alternative<None>(constant->value)) return false;
    auto const own = place(sample_, constant->value);
    auto const order = is_turned ? 0 <=> own : own;
    switch (form.relation) {
      case Relation::less:
        return order < 0;
      case Relation::at_most:
        return order <= 0;
      case Relation::greater:
        return order > 0;
      case Relation::at_least:
        return order >= 0;
      case Relation::equal:
        break;
    }
    return false;
  }

  Policy const& policy_;
  Sample const& sample_;
};

/// The classes of a fact, in the order of class_of.
std::vector<Sample> list_classes(IndexedFact const& fact) {
  std::vector<Sample> classes;
  for (auto const& value : fact.values) {
    if (fact.is_ordered) classes.push_back({&value, true, false});
    classes.push_back({&value, false, false});
  }
  classes.push_back({});
  classes.push_back({nullptr, false, true});
  return classes;
}

/// Nothing where one of them is no whole number.
std::vector<std::int64_t> list_wholes(std::vector<Value> const& values) {
  std::vector<std::int64_t> wholes;
  for (auto const& value : values) {
    auto const* number = std::get_if<Number>(&value);
    if (number == nullptr || !number->is_whole()) return {};
    wholes.push_back(number->numerator());
  }
  return wholes;
}

/// Calls `visit(Expression const&)` for each part of a condition that must hold.
template <class Visit>
void for_each_conjunct(Policy const& policy, Expression const& condition, Visit const& visit) {
  if (auto const* all = std::get_if<AllOf>(&condition.form)) {
    for (auto const& part : all->parts) for_each_conjunct(policy, *part, visit);
    return;
  }
  auto const* define = std::get_if<DefineValue>(&condition.form);
  auto const* value = define ? policy.defines[index(define->define)].value.get() : nullptr;
  if (value != nullptr && std::holds_alternative<AllOf>(value->form))
    return for_each_conjunct(policy, *value, visit);
  visit(condition);
}

class Builder {
 public:
  explicit Builder(RuleSet const& rules) : rules_{rules} {
    for (auto const& layer : rules.layers) add_layer(layer);
    index_.words = (index_.rules.size() + 63) / 64;
    index_.at.resize(rules.policy.rules.size());
    parts_.resize(index_.rules.size());
    for (std::uint32_t at = 0; at < index_.rules.size(); ++at) split(at);
  }

  RuleIndex build() {
    for (auto& [key, values] : constants_) {
      if (key.second) values = {Value{false}, Value{true}};
      keep_once(values);
      add_fact(key, std::move(values));
    }
    for (std::uint32_t at = 0; at < parts_.size(); ++at) place_parts(at);
    index_.rest_begin.push_back(static_cast<std::uint32_t>(index_.rest.size()));
    index_.or_begin.push_back(static_cast<std::uint32_t>(index_.ors.size()));
    sort_facts();
    return std::move(index_);
  }

 private:
  void add_layer(Layer const& layer) {
    auto const begin = static_cast<std::uint32_t>(index_.rules.size());
    std::ranges::copy(layer.rules, std::back_inserter(index_.rules));
    auto const end = static_cast<std::uint32_t>(index_.rules.size());
    auto& stretches = index_.stretches;
    if (layer.repeats || stretches.empty() || stretches.back().repeats)
      stretches.push_back({begin, end, layer.repeats});
    stretches.back().end = end;
  }

  void split(std::uint32_t at) {
    auto const id = index_.rules[at];
    index_.at[index(id)] = at;
    auto const& rule = rules_.policy.rules[index(id)];
    if (rule.from || rule.until) index_.dated.push_back(id);
    if (!rule.when) return;
    for_each_conjunct(rules_.policy, *rule.when, [&](Expression const& condition) {
      auto const& conjunct = parts_[at].emplace_back(take_apart(condition));
      for (auto const& part : conjunct.parts) keep_constants(part);
    });
  }

  Conjunct take_apart(Expression const& condition) const {
    if (auto const part = look(condition)) return {&condition, {*part}};
    Conjunct conjunct{&condition, {}};
    auto const* any = std::get_if<AnyOf>(&condition.form);
    if (any == nullptr) return conjunct;
    for (auto const& one : any->parts) {
      auto const part = look(*one);
      if (!part) return {&condition, {}};
      conjunct.parts.push_back(*part);
    }
    return conjunct;
  }

  /// Nothing where it reads anything but one fact and constants.
  std::optional<Part> look(Expression const& condition) const {
    Look look{rules_};
    if (!look.into(condition) || !look.key) return std::nullopt;
    return Part{*look.key, &condition};
  }

  void keep_constants(Part const& part) {
    Look look{rules_};
    look.into(*part.condition);
    std::ranges::move(look.constants, std::back_inserter(constants_[part.key]));
  }

  void add_fact(Key const& key, std::vector<Value> values) {
    auto const& type = rules_.policy.facts[index(key.first)].type;
    IndexedFact fact{key.first, key.second, {}, {}, {}, {}, {}};
    fact.is_ordered = !key.second && is_ordered_kind(type.kind);
    if (!key.second && type.kind == Kind::truth) values = {Value{false}, Value{true}};
    if (!key.second && type.kind == Kind::choice) {
      values.clear();
      for (std::uint32_t at = 0; at < type.choice->values.size(); ++at)
        values.emplace_back(Chosen{at});
    }
    std::erase_if(values, [](Value const& value) { return std::holds_alternative<None>(value); });
    fact.values = std::move(values);
    fact.wholes = list_wholes(fact.values);
    auto const count = count_classes(fact) + std::size_t{1};
    auto const size = index_.rows.size() + count * index_.words;
    if (size * sizeof(std::uint64_t) > index_bytes_max) return;
    fact.first_row =
        static_cast<std::uint32_t>(index_.rows.size() / std::max<std::size_t>(index_.words, 1));
    fact.reading_row = fact.first_row + count_classes(fact);
    index_.rows.resize(size, ~std::uint64_t{0});
    std::fill_n(index_.rows.end() - static_cast<std::ptrdiff_t>(index_.words), index_.words, 0);
    numbers_[key] = index_.facts.size();
    index_.facts.push_back(std::move(fact));
  }

  /// Those that most rules read first: they leave the fewest rules possible.
  void sort_facts() {
    std::vector<std::uint32_t> order(index_.facts.size()), place(index_.facts.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(order, std::greater{}, [this](std::uint32_t fact) {
      auto const* row = index_.row(index_.facts[fact].reading_row);
      return std::transform_reduce(row, row + index_.words, 0, std::plus{},
                                   [](std::uint64_t word) { return std::popcount(word); });
    });
    std::vector<IndexedFact> facts;
    for (std::uint32_t at = 0; at < order.size(); ++at) {
      facts.push_back(std::move(index_.facts[order[at]]));
      place[order[at]] = at;
    }
    index_.facts = std::move(facts);
    for (auto& leaf : index_.leaves) leaf.fact = place[leaf.fact];
  }

  std::uint64_t& word(std::uint32_t row, std::uint32_t at) {
    return index_.rows[row * index_.words + at / 64];
  }

  void place_parts(std::uint32_t at) {
    index_.rest_begin.push_back(static_cast<std::uint32_t>(index_.rest.size()));
    auto const bit = std::uint64_t{1} << (at % 64);
    index_.or_begin.push_back(static_cast<std::uint32_t>(index_.ors.size()));
    for (auto const& conjunct : parts_[at]) {
      if (!are_all_indexed(conjunct)) {
        index_.rest.push_back(conjunct.whole);
        continue;
      }
      if (conjunct.parts.size() > 1) {
        for (auto const& part : conjunct.parts)
          index_.leaves.push_back({place_of(part), bits_of(place_of(part), *part.condition)});
        index_.ors.push_back(static_cast<std::uint32_t>(index_.leaves.size()));
        continue;
      }
      auto const number = place_of(conjunct.parts[0]);
      auto const& fact = index_.facts[number];
      word(fact.reading_row, at) |= bit;
      auto const& holds = judge(number, *conjunct.whole);
      for (std::uint32_t one = 0; one < holds.size(); ++one)
        if (!holds[one]) word(fact.first_row + one, at) &= ~bit;
    }
  }

  bool are_all_indexed(Conjunct const& conjunct) const {
    return !conjunct.parts.empty() && std::ranges::all_of(conjunct.parts, [&](Part const& part) {
      return numbers_.contains(part.key);
    });
  }

  std::uint32_t place_of(Part const& part) const {
    return static_cast<std::uint32_t>(numbers_.at(part.key));
  }

  /// Where the bits of a condition stand, by class.
  std::uint32_t bits_of(std::uint32_t number, Expression const& condition) {
    auto const [known, is_new] =
        bits_.try_emplace({number, condition.text}, static_cast<std::uint32_t>(index_.bits.size()));
    if (!is_new) return known->second;
    auto const& holds = judge(number, condition);
    index_.bits.resize(index_.bits.size() + holds.size() / 64 + 1);
    for (std::size_t one = 0; one < holds.size(); ++one)
      if (holds[one]) index_.bits[known->second + one / 64] |= std::uint64_t{1} << (one % 64);
    return known->second;
  }

  /// By class, whether the condition holds; many rules ask the same.
  std::vector<bool> const& judge(std::size_t number, Expression const& condition) {
    auto const [known, is_new] = judged_.try_emplace({number, condition.text});
    if (is_new)
      for (auto const& sample : list_classes(index_.facts[number]))
        known->second.push_back(Judge{rules_.policy, sample}.holds(condition));
    return known->second;
  }

  RuleSet const& rules_;
  RuleIndex index_;
  std::vector<std::vector<Conjunct>> parts_;  // by position
  std::map<Key, std::vector<Value>> constants_;
  std::map<Key, std::size_t> numbers_;  // into RuleIndex::facts
  std::map<std::pair<std::size_t, std::string_view>, std::vector<bool>> judged_;
  std::map<std::pair<std::size_t, std::string_view>, std::uint32_t> bits_;  // into RuleIndex::bits
};

}  // namespace

std::uint32_t count_classes(IndexedFact const& fact) {
  auto const count = static_cast<std::uint32_t>(fact.values.size());
  return (fact.is_ordered ? 2 * count : count) + 2;
}

namespace {

std::uint32_t class_of_whole(std::vector<std::int64_t> const& values, std::int64_t number) {
  auto const found = std::ranges::lower_bound(values, number);
  auto const is_equal = found != values.end() && *found == number;
  return 2 * static_cast<std::uint32_t>(found - values.begin()) + (is_equal ? 1 : 0);
}

}  // namespace

std::uint32_t class_of(IndexedFact const& fact, Value const& value) {
  if (std::holds_alternative<None>(value)) return count_classes(fact) - 1;
  if (auto const* truth = std::get_if<bool>(&value)) return *truth ? 1 : 0;
  if (auto const* chosen = std::get_if<Chosen>(&value))
    return std::min(static_cast<std::uint32_t>(index(*chosen)),
                    static_cast<std::uint32_t>(fact.values.size()));
  if (auto const* number = std::get_if<Number>(&value);
      number != nullptr && number->is_whole() && !fact.wholes.empty())
    return class_of_whole(fact.wholes, number->numerator());
  auto const found = std::ranges::lower_bound(fact.values, value, less);
  auto const at = static_cast<std::uint32_t>(found - fact.values.begin());
  auto const is_equal = found != fact.values.end() && *found == value;
  if (fact.is_ordered) return 2 * at + (is_equal ? 1 : 0);
  return is_equal ? at : static_cast<std::uint32_t>(fact.values.size());
}

RuleIndex make_index(RuleSet const& rules) {
  return Builder{rules}.build();
}

}  // namespace heed
