#pragma once
#include <compare>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/check/condition.hpp"

/// What the simple evaluator computes with: three truths, failing arithmetic, and what is known of
/// a thing whose rules are not all settled. It shares nothing with the engine but its base types.
namespace heed::oracle {

enum class Kleene { no, unknown, yes };

Kleene kleene(bool holds);
Kleene negation(Kleene operand);
Kleene all_of(std::vector<Kleene> const& parts);
Kleene any_of(std::vector<Kleene> const& parts);
/// Sure with `count` sure ones, false with fewer than `count` possible ones.
Kleene at_least_of(std::int64_t count, std::vector<Kleene> const& parts);

/// Why a computation failed: the code of the warning.
struct Failed {
  std::string_view code;
};
template <class T>
using Computed = std::variant<T, Failed>;

/// The value of a computation; nothing where it failed.
template <class T>
std::optional<T> success(Computed<T> const& computed) {
  if (auto const* value = std::get_if<T>(&computed)) return *value;
  return std::nullopt;
}

/// Two values of one kind in their order. Choices in the order declared, sets and truths only equal
/// or not (then `less` means nothing but different). Neither may be none.
Computed<std::strong_ordering> order(Value const& left, Value const& right);

/// `left RELATION right`. Any relation with one none is false, two nones are equal alone.
Computed<bool> relate(Relation relation, Value const& left, Value const& right);

/// `left + right` and the like for every pair of kinds that the language joins.
Computed<Value> calculate(Operator op, Value const& left, Value const& right, Zone const& zone);
Computed<Value> negated(Value const& operand);
/// The smallest or largest of one or more values.
Computed<Value> extreme(bool largest, std::vector<Value> const& values);

using Values = std::vector<std::optional<Value>>;  // an unknown one is empty

/// The values; nothing where one of them is unknown.
std::optional<std::vector<Value>> all_known(Values const& values);
/// The smallest or largest of what rules wrote. None has no place in the order: it joins only with
/// itself. Nothing where one is unknown or two cannot be compared.
std::optional<Value> joined(bool largest, Values const& values);

/// A thing of ordered values that is not settled: it lies between these. No bound on a side: it may
/// be anything there.
struct Interval {
  std::optional<Value> least, most;
};
/// A set that is not settled: it holds what is in `surely`, and at most that and what is in
/// `possibly` (which holds `surely` too); `open`: and anything else.
struct SetBounds {
  SetValue surely, possibly;
  bool open = false;
};
/// What is known of an expression: its value, or bounds, or (all empty) nothing.
struct Outcome {
  std::optional<Value> known;
  std::optional<Interval> between;
  std::optional<SetBounds> set;
};

Outcome nothing_known();
Outcome settled(Value value);
Outcome from_truth(Kleene truth);
/// Known where both ends are the same.
Outcome from_bounds(std::optional<Value> least, std::optional<Value> most);
Outcome from_set(SetBounds bounds);
Kleene truth_of(Outcome const& outcome);

/// `left RELATION right` where each may be anything within its bounds: sure where every pair
/// agrees.
Kleene compare(Relation relation, Outcome const& left, Outcome const& right);
/// `subject is one of values`: sure where each value within the bounds agrees, if these can be told
/// one by one (choices and whole numbers).
Kleene is_one_of(Outcome const& subject, Kind kind, std::vector<Outcome> const& values);
/// `set contains item`
Kleene contains(Outcome const& set, Outcome const& item);

}  // namespace heed::oracle
