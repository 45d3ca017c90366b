#include <algorithm>
#include <iterator>

#include "engine/run/evaluate.hpp"
#include "engine/run/kleene.hpp"

/// Comparing values that are known within bounds.
namespace heed::run {
namespace {

Truth compare_known(Relation relation, Value const& left, Value const& right) {
  auto const result = compare(relation, left, right);
  return result ? truth_from(result.value()) : Truth::unknown;
}

/// Whether every item of `part` is in `whole`; everything is in a null whole.
bool is_subset(Value const* part, Value const* whole) {
  if (whole == nullptr) return true;
  if (part == nullptr) return false;
  return std::ranges::includes(
      std::get<SetValue>(*whole).items, std::get<SetValue>(*part).items,
      [](Scalar const& one, Scalar const& other) { return comes_before(one, other); });
}

/// Whether what is not unknown has a value of this kind, or lies between such values.
template <class Form>
bool is_of(Outcome const& outcome) {
  return std::holds_alternative<Form>(outcome.least != nullptr ? *outcome.least : *outcome.most);
}

Truth compare_sets(Outcome const& left, Outcome const& right) {
  auto const may_be_equal = is_subset(left.least, right.most) && is_subset(right.least, left.most);
  return may_be_equal ? Truth::unknown : Truth::no;
}

/// `all` where it holds of every pair in the bounds, `any` where it may hold of one.
Truth decide(Truth all, Truth any) {
  if (all == Truth::yes) return Truth::yes;
  return any == Truth::no ? Truth::no : Truth::unknown;
}

/// Unknown beside a bound that is not there.
Truth compare_ends(Relation relation, Value const* left, Value const* right) {
  if (left == nullptr || right == nullptr) return Truth::unknown;
  return compare_known(relation, *left, *right);
}

Truth compare_bounds(Relation relation, Outcome const& left, Outcome const& right) {
  switch (relation) {
    case Relation::less:
    case Relation::at_most:
      return decide(compare_ends(relation, left.most, right.least),
                    compare_ends(relation, left.least, right.most));
    case Relation::greater:
    case Relation::at_least:
      return decide(compare_ends(relation, left.least, right.most),
                    compare_ends(relation, left.most, right.least));
    case Relation::equal:
      return decide(Truth::unknown, both(compare_ends(Relation::at_most, left.least, right.most),
                                         compare_ends(Relation::at_least, left.most, right.least)));
  }
  return Truth::unknown;
}

bool is_among(Value const& value, std::vector<Outcome> const& values) {
  return std::ranges::any_of(values, [&value](Outcome const& one) {
    return one.is_known() && compare_known(Relation::equal, value, *one.least) == Truth::yes;
  });
}

/// True where every value between the bounds is one of `values`: choices and whole numbers only.
bool are_all_among(Outcome const& subject, std::vector<Outcome> const& values, Type const& type) {
  if (type.kind == Kind::choice) {
    auto const* least = std::get_if<Chosen>(subject.least);
    auto const* most = std::get_if<Chosen>(subject.most);
    if (least == nullptr || most == nullptr) return false;
    for (auto at = index(*least); at <= index(*most); ++at)
      if (!is_among(Chosen(static_cast<std::uint32_t>(at)), values)) return false;
    return true;
  }
  auto const* least = std::get_if<Number>(subject.least);
  auto const* most = std::get_if<Number>(subject.most);
  if (type.kind != Kind::whole || least == nullptr || most == nullptr) return false;
  if (most->numerator() - least->numerator() >= static_cast<std::int64_t>(values.size()))
    return false;
  for (auto at = least->numerator(); at <= most->numerator(); ++at)
    if (!is_among(Number{at}, values)) return false;
  return true;
}

}  // namespace

Truth compare(Relation relation, Outcome const& left, Outcome const& right) {
  if (left.is_unknown() || right.is_unknown()) return Truth::unknown;
  if (left.is_known() && right.is_known())
    return compare_known(relation, *left.least, *right.least);
  if (is_of<None>(left) || is_of<None>(right)) {
    auto const may_be_none = left.perhaps_none || right.perhaps_none;
    return may_be_none && relation == Relation::equal ? Truth::unknown : Truth::no;
  }
  if (is_of<SetValue>(left)) return compare_sets(left, right);
  return compare_bounds(relation, left, right);
}

Truth is_one_of(Outcome const& subject, std::vector<Outcome> const& values, Type const& type) {
  auto truth = Truth::no;
  for (auto const& value : values) truth = either(truth, compare(Relation::equal, subject, value));
  if (truth != Truth::unknown || subject.is_known() || subject.is_unknown()) return truth;
  return are_all_among(subject, values, type) ? Truth::yes : truth;
}

Truth contains(Outcome const& set, Outcome const& item) {
  if (set.is_unknown() || !item.is_known()) return Truth::unknown;
  auto const scalar = make_item(*item.least);
  if (is_of<None>(set) || !scalar) return Truth::no;
  auto const has = [&scalar](Value const& value) {
    return std::ranges::binary_search(
        std::get<SetValue>(value).items, *scalar,
        [](Scalar const& one, Scalar const& other) { return comes_before(one, other); });
  };
  if (has(*set.least)) return set.perhaps_none ? Truth::unknown : Truth::yes;
  return set.most == nullptr || has(*set.most) ? Truth::unknown : Truth::no;
}

std::optional<Scalar> make_item(Value const& value) {
  return std::visit(overloaded{
                        [](None) -> std::optional<Scalar> { return std::nullopt; },
                        [](SetValue const&) -> std::optional<Scalar> { return std::nullopt; },
                        [](ListValue const&) -> std::optional<Scalar> { return std::nullopt; },
                        [](auto const& item) -> std::optional<Scalar> { return Scalar{item}; },
                    },
                    value);
}

namespace {

/// Whether one unit alone is in all of them: then any two compare.
bool are_of_one_unit(std::vector<Value const*> const& values) {
  auto const& first = std::get<Duration>(*values.front());
  bool months = false, seconds = false, days = false;
  for (auto const* value : values) {
    auto const& duration = std::get<Duration>(*value);
    if (duration.calendar != first.calendar) return false;
    months = months || duration.months != 0;
    seconds = seconds || duration.seconds != Number{0};
    days = days || duration.days != 0;
  }
  return int{months} + int{seconds} + int{days} <= 1;
}

/// No time at all compares with months and with days, which do not compare with each other: found
/// as the extreme it would hide that, or not, as the order of the values falls. Of several flaws
/// the last of their list.
std::optional<Flaw> find_unlike(std::vector<Value const*> const& values) {
  if (!std::holds_alternative<Duration>(*values.front()) || are_of_one_unit(values))
    return std::nullopt;
  std::optional<Flaw> found;
  for (auto const* one : values) {
    for (auto const* other : values) {
      auto const compared = compare(Relation::less, *one, *other);
      if (!compared) found = std::max(found.value_or(compared.error()), compared.error());
    }
  }
  return found;
}

std::vector<Value const*> without_none(std::vector<Value const*> const& values) {
  std::vector<Value const*> some;
  std::ranges::copy_if(values, std::back_inserter(some),
                       [](Value const* value) { return !std::holds_alternative<None>(*value); });
  return some;
}

}  // namespace

Expected<Value const*, Flaw> find_extreme(bool largest, std::vector<Value const*> const& values) {
  ensure(!values.empty());
  for (auto const* value : values)
    if (std::holds_alternative<None>(*value)) return Failure{Flaw::none};
  if (auto const flaw = find_unlike(values)) return Failure{*flaw};
  auto const* best = values.front();
  for (auto const* value : values) {
    auto const better = compare(largest ? Relation::greater : Relation::less, *value, *best);
    if (!better) return Failure{better.error()};
    if (better.value()) best = value;
  }
  return best;
}

Value const* join_written(bool largest, std::vector<Value const*> const& values) {
  auto const some = without_none(values);
  if (some.empty()) return values.front();
  auto const extreme = find_extreme(largest, some);
  return extreme ? extreme.value() : nullptr;
}

Expected<Value const*, Flaw> join(Frame& frame, Parameter const& parameter,
                                  std::vector<Value const*> const& values) {
  if (parameter.join != Parameter::Join::sum) {
    auto const* joined = join_written(parameter.join == Parameter::Join::largest, values);
    if (joined == nullptr) return Failure{find_join_flaw(values)};
    return joined;
  }
  auto const* sum = values.front();
  for (std::size_t at = 1; at < values.size(); ++at) {
    if (std::holds_alternative<None>(*values[at])) continue;
    if (std::holds_alternative<None>(*sum)) {
      sum = values[at];
      continue;
    }
    auto const more = compute(Operator::add, *sum, *values[at], frame.policy().zone);
    if (!more) return Failure{more.error()};
    sum = frame.keep(more.value());
  }
  return sum;
}

Flaw find_join_flaw(std::vector<Value const*> const& values) {
  return find_extreme(true, without_none(values)).error();
}

}  // namespace heed::run
