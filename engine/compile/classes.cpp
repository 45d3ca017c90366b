#include "engine/compile/classes.hpp"

#include <algorithm>
#include <numeric>

#include "engine/compile/wholes.hpp"

namespace heed {
namespace {

using compiling::Whole;

/// How finely values may be told apart as whole numbers.
constexpr std::int64_t scale_max = 1'000'000;

bool less(Value const& left, Value const& right) {
  return comes_before(left, right);
}

/// Nothing where it is no number, date or time of this fact, or too large.
std::optional<Whole> whole_of(IndexedFact const& fact, Value const& value) {
  if (auto const* number = std::get_if<Number>(&value))
    return compiling::scaled(*number, fact.scale);
  if (auto const* money = std::get_if<Money>(&value)) {
    auto const* known = std::get_if<Money>(&fact.values.front());
    if (known == nullptr || known->currency != money->currency) return std::nullopt;
    return compiling::scaled(money->amount, fact.scale);
  }
  if (auto const* date = std::get_if<Date>(&value)) return Whole{date->days, true};
  if (auto const* at = std::get_if<Instant>(&value)) return Whole{at->micros, true};
  return std::nullopt;
}

std::optional<std::int64_t> find_scale(std::vector<Value> const& values) {
  std::int64_t scale = 1;
  for (auto const& value : values) {
    auto const* money = std::get_if<Money>(&value);
    auto const* number = money != nullptr ? &money->amount : std::get_if<Number>(&value);
    if (number == nullptr) continue;
    auto const parts = number->denominator();
    if (parts > scale_max) return std::nullopt;
    scale = std::lcm(scale, parts);
    if (scale > scale_max) return std::nullopt;
  }
  return scale;
}

/// Fills in `wholes`, where that can be done.
void list_wholes(IndexedFact& fact) {
  auto const scale = find_scale(fact.values);
  if (!fact.is_ordered || fact.values.empty() || !scale) return;
  fact.scale = *scale;
  for (auto const& value : fact.values) {
    auto const whole = whole_of(fact, value);
    if (!whole || !whole->is_exact) return fact.wholes.clear();
    fact.wholes.push_back(whole->number);
  }
}

}  // namespace

bool is_ordered_kind(Kind kind) {
  return kind == Kind::whole || kind == Kind::number || kind == Kind::money || kind == Kind::date ||
         kind == Kind::time;
}

IndexedFact make_indexed(FactId fact, std::optional<std::uint32_t> mention, bool is_ordered,
                         std::vector<Value> values) {
  std::erase_if(values, [](Value const& value) { return std::holds_alternative<None>(value); });
  std::ranges::sort(values, less);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  values.shrink_to_fit();
  IndexedFact made;
  made.fact = fact;
  made.mention = mention;
  made.is_ordered = is_ordered;
  made.values = std::move(values);
  auto const count = static_cast<std::uint32_t>(made.values.size());
  made.classes = (is_ordered ? 2 * count : count) + 2;
  list_wholes(made);
  return made;
}

std::uint32_t class_of(IndexedFact const& fact, Value const& value) {
  if (auto const* chosen = std::get_if<Chosen>(&value))
    return std::min(static_cast<std::uint32_t>(index(*chosen)),
                    static_cast<std::uint32_t>(fact.values.size()));
  if (auto const* truth = std::get_if<bool>(&value)) return *truth ? 1 : 0;
  if (std::holds_alternative<None>(value)) return fact.classes - 1;
  if (!fact.wholes.empty())
    if (auto const whole = whole_of(fact, value))
      return compiling::at_or_above(compiling::find_between(fact.wholes, whole->number),
                                    whole->is_exact);
  auto const found = std::ranges::lower_bound(fact.values, value, less);
  auto const at = static_cast<std::uint32_t>(found - fact.values.begin());
  auto const is_equal = found != fact.values.end() && *found == value;
  if (fact.is_ordered) return 2 * at + (is_equal ? 1 : 0);
  return is_equal ? at : static_cast<std::uint32_t>(fact.values.size());
}

}  // namespace heed
