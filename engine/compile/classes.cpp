#include "engine/compile/classes.hpp"

#include <algorithm>
#include <numeric>

namespace heed {
namespace {

/// How finely values may be told apart as whole numbers, and over how many of these numbers their
/// classes are listed.
constexpr std::int64_t scale_max = 1'000'000, near_max = 2'048;

bool less(Value const& left, Value const& right) {
  return comes_before(left, right);
}

/// A value as a whole number, or the next whole number below it.
struct Whole {
  std::int64_t number = 0;
  bool is_exact = true;
};

std::optional<Whole> scale(Number const& number, std::int64_t scale) {
  Whole whole;
  auto const parts = number.denominator();
  auto const factor = parts == 1 ? scale : scale % parts == 0 ? scale / parts : 0;
  if (factor != 0) {
    if (__builtin_mul_overflow(number.numerator(), factor, &whole.number)) return {};
    return whole;
  }
  std::int64_t scaled = 0;
  if (__builtin_mul_overflow(number.numerator(), scale, &scaled)) return {};
  whole.is_exact = scaled % parts == 0;
  whole.number = scaled / parts - (scaled < 0 && !whole.is_exact ? 1 : 0);
  return whole;
}

/// Nothing where it is no number, date or time of this fact, or too large.
std::optional<Whole> whole_of(IndexedFact const& fact, Value const& value) {
  if (auto const* number = std::get_if<Number>(&value)) return scale(*number, fact.scale);
  if (auto const* money = std::get_if<Money>(&value)) {
    auto const* known = std::get_if<Money>(&fact.values.front());
    if (known == nullptr || known->currency != money->currency) return std::nullopt;
    return scale(money->amount, fact.scale);
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

/// Without a branch: where values lie is not to be foreseen.
std::uint32_t search(std::vector<std::int64_t> const& values, std::int64_t number) {
  auto const* at = values.data();
  for (auto count = values.size(); count > 1;) {
    auto const half = count / 2;
    at += at[half - 1] < number ? half : 0;
    count -= half;
  }
  at += *at < number ? 1 : 0;
  auto const found = static_cast<std::uint32_t>(at - values.data());
  return 2 * found + (found < values.size() && *at == number ? 1 : 0);
}

void list_near(IndexedFact& fact) {
  if (fact.wholes.empty()) return;
  std::int64_t span = 0;
  if (__builtin_sub_overflow(fact.wholes.back(), fact.wholes.front(), &span)) return;
  if (span >= near_max) return;
  for (std::int64_t each = 0; each <= span; ++each)
    fact.near.push_back(search(fact.wholes, fact.wholes.front() + each));
}

std::uint32_t class_of(IndexedFact const& fact, Whole whole) {
  std::uint32_t found = 0;
  if (fact.near.empty()) {
    found = search(fact.wholes, whole.number);
  } else if (whole.number >= fact.wholes.front()) {
    auto const at =
        static_cast<std::uint64_t>(whole.number) - static_cast<std::uint64_t>(fact.wholes.front());
    found = at < fact.near.size() ? fact.near[at] : fact.classes - 2;
  }
  return whole.is_exact ? found : (found + 1) & ~1u;
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
  list_near(made);
  return made;
}

std::uint32_t class_of(IndexedFact const& fact, Value const& value) {
  if (auto const* chosen = std::get_if<Chosen>(&value))
    return std::min(static_cast<std::uint32_t>(index(*chosen)),
                    static_cast<std::uint32_t>(fact.values.size()));
  if (auto const* truth = std::get_if<bool>(&value)) return *truth ? 1 : 0;
  if (std::holds_alternative<None>(value)) return fact.classes - 1;
  if (!fact.wholes.empty())
    if (auto const whole = whole_of(fact, value)) return class_of(fact, *whole);
  auto const found = std::ranges::lower_bound(fact.values, value, less);
  auto const at = static_cast<std::uint32_t>(found - fact.values.begin());
  auto const is_equal = found != fact.values.end() && *found == value;
  if (fact.is_ordered) return 2 * at + (is_equal ? 1 : 0);
  return is_equal ? at : static_cast<std::uint32_t>(fact.values.size());
}

}  // namespace heed
