#include "engine/compile/single_fact.hpp"

#include <algorithm>

#include "engine/base/expected.hpp"
#include "engine/compile/rule_set.hpp"

namespace heed::compiling {
namespace {

bool less(Value const& left, Value const& right) {
  return comes_before(left, right);
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

  std::optional<FactKey> key;
  std::vector<Value> constants;

 private:
  bool all(std::vector<ExpressionPtr> const& parts) {
    return std::ranges::all_of(parts, [&](ExpressionPtr const& part) { return into(*part); });
  }

  bool is_the_one(FactKey const& other) {
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
    return heed::holds(form.relation, is_turned ? 0 <=> own : own);
  }

  Policy const& policy_;
  Sample const& sample_;
};

/// The class of a number, as class_of has them.
Sample sample_of(IndexedFact const& fact, std::uint32_t number) {
  if (number + 1 == fact.classes) return {nullptr, false, true};
  auto const at = fact.is_ordered ? number / 2 : number;
  if (at == fact.values.size()) return {};
  return {&fact.values[at], fact.is_ordered && number % 2 == 0, false};
}

/// Below this many, each class is tried.
constexpr std::uint32_t few = 8;

/// The classes from which on a condition may come out otherwise than for the one before, ascending.
std::vector<std::uint32_t> find_turns(IndexedFact const& fact,
                                      std::vector<Value> const& constants) {
  std::vector<std::uint32_t> turns{0, fact.classes - 2, fact.classes - 1};
  if (fact.classes <= few)
    for (std::uint32_t each = 0; each < fact.classes; ++each) turns.push_back(each);
  for (auto const& constant : constants) {
    auto const own = class_of(fact, constant);
    turns.push_back(own);
    if (own + 1 < fact.classes) turns.push_back(own + 1);
  }
  std::ranges::sort(turns);
  turns.erase(std::unique(turns.begin(), turns.end()), turns.end());
  return turns;
}

}  // namespace

std::optional<SingleFact> find_single_fact(RuleSet const& rules, Expression const& condition) {
  Look look{rules};
  if (!look.into(condition) || !look.key) return std::nullopt;
  return SingleFact{*look.key, std::move(look.constants)};
}

std::vector<Span> find_spans(RuleSet const& rules, IndexedFact const& fact,
                             Expression const& condition) {
  Look look{rules};
  look.into(condition);
  auto const turns = find_turns(fact, look.constants);
  std::vector<Span> spans;
  for (std::size_t at = 0; at < turns.size(); ++at) {
    auto const sample = sample_of(fact, turns[at]);
    if (!Judge{rules.policy, sample}.holds(condition)) continue;
    auto const end = at + 1 < turns.size() ? turns[at + 1] : fact.classes;
    if (!spans.empty() && spans.back().end == turns[at])
      spans.back().end = end;
    else
      spans.push_back({turns[at], end});
  }
  return spans;
}

std::vector<Span> intersect(std::vector<Span> const& left, std::vector<Span> const& right) {
  std::vector<Span> both;
  for (std::size_t one = 0, other = 0; one < left.size() && other < right.size();) {
    auto const begin = std::max(left[one].begin, right[other].begin);
    auto const end = std::min(left[one].end, right[other].end);
    if (begin < end) both.push_back({begin, end});
    (left[one].end < right[other].end ? one : other) += 1;
  }
  return both;
}

std::vector<Span> unite(std::vector<Span> left, std::vector<Span> const& right) {
  left.insert(left.end(), right.begin(), right.end());
  std::ranges::sort(left, {}, &Span::begin);
  std::vector<Span> all;
  for (auto const& span : left) {
    if (!all.empty() && span.begin <= all.back().end)
      all.back().end = std::max(all.back().end, span.end);
    else
      all.push_back(span);
  }
  return all;
}

}  // namespace heed::compiling
