#include <algorithm>

#include "engine/base/ensure.hpp"
#include "tests/support/oracle_values.hpp"

namespace heed::oracle {

Outcome nothing_known() {
  return {};
}

Outcome settled(Value value) {
  return {.known = std::move(value), .between = {}, .set = {}};
}

Outcome from_truth(Kleene truth) {
  if (truth == Kleene::unknown) return nothing_known();
  return settled(truth == Kleene::yes);
}

Outcome from_bounds(std::optional<Value> least, std::optional<Value> most) {
  if (least && most && *least == *most) return settled(*least);
  if (!least && !most) return nothing_known();
  return {.known = {}, .between = Interval{std::move(least), std::move(most)}, .set = {}};
}

Outcome from_set(SetBounds bounds) {
  if (!bounds.open && bounds.surely == bounds.possibly) return settled(bounds.surely);
  return {.known = {}, .between = {}, .set = std::move(bounds)};
}

Kleene truth_of(Outcome const& outcome) {
  if (!outcome.known) return Kleene::unknown;
  auto const* truth = std::get_if<bool>(&*outcome.known);
  return kleene(truth != nullptr && *truth);  // none is not a yes
}

namespace {

bool is_none(Outcome const& outcome) {
  return outcome.known && std::holds_alternative<None>(*outcome.known);
}

std::optional<Interval> interval_of(Outcome const& outcome) {
  if (outcome.known) return Interval{outcome.known, outcome.known};
  return outcome.between;
}

/// Whether `left RELATION right` surely holds for these two ends; false where one is open.
bool surely(Relation relation, std::optional<Value> const& left,
            std::optional<Value> const& right) {
  if (!left || !right) return false;
  return success(relate(relation, *left, *right)).value_or(false);
}

/// `left < right` or `left <= right` for everything within the bounds.
Kleene compare_below(Relation below, Interval const& left, Interval const& right) {
  auto const opposite = below == Relation::less ? Relation::at_least : Relation::greater;
  if (surely(below, left.most, right.least)) return Kleene::yes;
  if (surely(opposite, left.least, right.most)) return Kleene::no;
  return Kleene::unknown;
}

Kleene compare_equal(Interval const& left, Interval const& right) {
  bool const disjoint = surely(Relation::less, left.most, right.least) ||
                        surely(Relation::less, right.most, left.least);
  return disjoint ? Kleene::no : Kleene::unknown;  // two settled ones do not come here
}

/// Every value within the bounds, where they can be told one by one.
std::optional<std::vector<Value>> values_within(Interval const& bounds) {
  if (!bounds.least || !bounds.most) return std::nullopt;
  std::vector<Value> values;
  if (auto const* first = std::get_if<Chosen>(&*bounds.least)) {
    for (auto at = *first; at <= std::get<Chosen>(*bounds.most);) {
      values.emplace_back(at);
      at = Chosen{static_cast<std::uint32_t>(at) + 1};
    }
    return values;
  }
  auto const* first = std::get_if<Number>(&*bounds.least);
  auto const* last = std::get_if<Number>(&*bounds.most);
  if (!first || !last || !first->is_whole() || !last->is_whole()) return std::nullopt;
  if (last->numerator() - first->numerator() > 100) return std::nullopt;
  for (auto at = first->numerator(); at <= last->numerator(); ++at) values.emplace_back(Number{at});
  return values;
}

}  // namespace

Kleene compare(Relation relation, Outcome const& left, Outcome const& right) {
  if (left.known && right.known) {
    auto const found = success(relate(relation, *left.known, *right.known));
    return found ? kleene(*found) : Kleene::unknown;
  }
  auto const a = interval_of(left);
  auto const b = interval_of(right);
  if (!a || !b) return Kleene::unknown;
  if (is_none(left) || is_none(right)) return Kleene::no;  // what has bounds is not none
  switch (relation) {
    case Relation::equal:
      return compare_equal(*a, *b);
    case Relation::less:
      return compare_below(Relation::less, *a, *b);
    case Relation::at_most:
      return compare_below(Relation::at_most, *a, *b);
    case Relation::greater:
      return compare_below(Relation::less, *b, *a);
    case Relation::at_least:
      return compare_below(Relation::at_most, *b, *a);
  }
  return Kleene::unknown;
}

Kleene is_one_of(Outcome const& subject, Kind kind, std::vector<Outcome> const& values) {
  auto const is_among = [&](Outcome const& one) {
    if (is_none(one)) return Kleene::no;
    std::vector<Kleene> matches;
    for (auto const& value : values) matches.push_back(compare(Relation::equal, one, value));
    return any_of(matches);
  };
  bool const stepwise = kind == Kind::choice || kind == Kind::whole;
  auto const possible =
      stepwise && subject.between ? values_within(*subject.between) : std::nullopt;
  if (!possible) return is_among(subject);
  std::vector<Kleene> each;
  for (auto const& value : *possible) each.push_back(is_among(settled(value)));
  if (all_of(each) == Kleene::yes) return Kleene::yes;
  return any_of(each) == Kleene::no ? Kleene::no : Kleene::unknown;
}

namespace {

std::optional<Scalar> scalar_of(Value const& value) {
  return std::visit(
      []<class T>(T const& held) -> std::optional<Scalar> {
        if constexpr (std::is_constructible_v<Scalar, T> && !std::is_same_v<T, SetValue> &&
                      !std::is_same_v<T, ListValue>) {
          return Scalar{held};
        }
        return std::nullopt;
      },
      value);
}

bool is_in(SetValue const& set, Scalar const& item) {
  return std::find(set.items.begin(), set.items.end(), item) != set.items.end();
}

}  // namespace

Kleene contains(Outcome const& set, Outcome const& item) {
  if (is_none(set)) return Kleene::no;
  if (!item.known) return Kleene::unknown;
  auto const wanted = scalar_of(*item.known);
  if (set.known) {
    return kleene(wanted && is_in(std::get<SetValue>(*set.known), *wanted));
  }
  if (!set.set || !wanted) return Kleene::unknown;
  if (is_in(set.set->surely, *wanted)) return Kleene::yes;
  if (set.set->open || is_in(set.set->possibly, *wanted)) return Kleene::unknown;
  return Kleene::no;
}

}  // namespace heed::oracle
