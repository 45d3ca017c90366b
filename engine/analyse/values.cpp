#include "engine/analyse/values.hpp"

#include <algorithm>

namespace heed::analyse {
namespace {

Number floor_of(Number const& number) {
  auto const quotient = number.numerator() / number.denominator();
  auto const below = number.numerator() % number.denominator() < 0;
  return Number{below ? quotient - 1 : quotient};
}
Number ceiling_of(Number const& number) {
  return negate(floor_of(negate(number)));
}
Number moved(Number const& number, std::int64_t by) {
  return add(number, Number{by}).value_or(number);
}

bool holds_nothing(Stretch const& it) {
  if (!it.low || !it.high) return false;
  return *it.low > *it.high || (*it.low == *it.high && !(it.with_low && it.with_high));
}

/// On whole numbers every end belongs to its stretch.
Stretch on_whole_numbers(Stretch it) {
  if (it.low) {
    auto const first = ceiling_of(*it.low);
    it.low = first == *it.low && !it.with_low ? moved(first, 1) : first;
    it.with_low = true;
  }
  if (it.high) {
    auto const last = floor_of(*it.high);
    it.high = last == *it.high && !it.with_high ? moved(last, -1) : last;
    it.with_high = true;
  }
  return it;
}

bool begins_before(Stretch const& one, Stretch const& other) {
  if (!one.low || !other.low) return !one.low && other.low;
  if (*one.low != *other.low) return *one.low < *other.low;
  return one.with_low && !other.with_low;
}
bool ends_before(Stretch const& one, Stretch const& other) {
  if (!one.high || !other.high) return one.high && !other.high;
  if (*one.high != *other.high) return *one.high < *other.high;
  return !one.with_high && other.with_high;
}

Stretch common(Stretch const& one, Stretch const& other) {
  auto const& later = begins_before(one, other) ? other : one;
  auto const& sooner = ends_before(one, other) ? one : other;
  return {later.low, sooner.high, later.with_low, sooner.with_high};
}

/// Whether nothing lies between the end of `one` and the beginning of `next`, which begins later.
bool touches(Stretch const& one, Stretch const& next, bool whole) {
  if (!one.high || !next.low) return true;
  if (*one.high > *next.low) return true;
  if (*one.high == *next.low) return one.with_high || next.with_low;
  return whole && moved(*one.high, 1) == *next.low;
}

std::vector<Stretch> tidy(std::vector<Stretch> stretches, bool whole) {
  if (whole)
    for (auto& it : stretches) it = on_whole_numbers(it);
  std::erase_if(stretches, holds_nothing);
  std::sort(stretches.begin(), stretches.end(), begins_before);
  std::vector<Stretch> apart;
  for (auto const& it : stretches) {
    if (apart.empty() || !touches(apart.back(), it, whole)) {
      apart.push_back(it);
    } else if (ends_before(apart.back(), it)) {
      apart.back().high = it.high;
      apart.back().with_high = it.with_high;
    }
  }
  return apart;
}

std::vector<Stretch> rest_of(std::vector<Stretch> const& stretches) {
  std::vector<Stretch> rest;
  Stretch open;
  for (auto const& it : stretches) {
    open.high = it.low;
    open.with_high = it.low && !it.with_low;
    if (it.low) rest.push_back(open);
    if (!it.high) return rest;
    open = {it.high, {}, !it.with_high, false};
  }
  rest.push_back(open);
  return rest;
}

bool are_foreign(Values const& one, Values const& other) {
  return one.currency && other.currency && *one.currency != *other.currency;
}

std::vector<Stretch> common(std::vector<Stretch> const& one, std::vector<Stretch> const& other,
                            bool whole) {
  std::vector<Stretch> both;
  for (std::size_t i = 0, j = 0; i < one.size() && j < other.size();) {
    auto const shared = common(one[i], other[j]);
    if (!holds_nothing(shared)) both.push_back(shared);
    ends_before(one[i], other[j]) ? ++i : ++j;
  }
  return tidy(std::move(both), whole);
}

}  // namespace

Values nothing(bool whole) {
  Values values;
  values.whole = whole;
  return values;
}

Values everything(bool whole) {
  return make_values({}, whole);
}

Values only(Number const& number, bool whole) {
  return make_values({number, number, true, true}, whole);
}

Values make_values(Stretch const& stretch, bool whole) {
  auto values = nothing(whole);
  values.stretches = tidy({stretch}, whole);
  return values;
}

Values meet(Values const& one, Values const& other) {
  auto both = nothing(one.whole || other.whole);
  both.none = one.none && other.none;
  both.unknown = one.unknown && other.unknown;
  both.currency = one.currency ? one.currency : other.currency;
  if (!are_foreign(one, other)) both.stretches = common(one.stretches, other.stretches, both.whole);
  return both;
}

Values join(Values const& one, Values const& other) {
  auto either = one;
  either.whole = one.whole && other.whole;
  either.none = one.none || other.none;
  either.unknown = one.unknown || other.unknown;
  if (one.currency != other.currency) either.currency.reset();
  either.stretches.insert(either.stretches.end(), other.stretches.begin(), other.stretches.end());
  either.stretches = tidy(std::move(either.stretches), either.whole);
  return either;
}

Values without(Values const& one, Values const& other) {
  auto rest = one;
  rest.none = one.none && !other.none;
  rest.unknown = one.unknown && !other.unknown;
  if (!are_foreign(one, other))
    rest.stretches = common(one.stretches, rest_of(other.stretches), one.whole);
  return rest;
}

bool is_empty(Values const& values) {
  return values.stretches.empty() && !values.none && !values.unknown;
}

bool meets(Values const& one, Values const& other) {
  if ((one.none && other.none) || (one.unknown && other.unknown)) return true;
  if (are_foreign(one, other)) return false;
  for (std::size_t i = 0, j = 0; i < one.stretches.size() && j < other.stretches.size();) {
    auto shared = common(one.stretches[i], other.stretches[j]);
    if (one.whole || other.whole) shared = on_whole_numbers(shared);
    if (!holds_nothing(shared)) return true;
    ends_before(one.stretches[i], other.stretches[j]) ? ++i : ++j;
  }
  return false;
}

bool is_within(Values const& inner, Values const& outer) {
  return is_empty(without(inner, outer));
}

std::optional<Number> pick(Values const& values, Number const& step) {
  if (values.stretches.empty()) return std::nullopt;
  // A stretch with an end is near what the policy speaks of.
  auto const bounded = std::find_if(values.stretches.begin(), values.stretches.end(),
                                    [](Stretch const& it) { return it.low.has_value(); });
  auto const& it = bounded == values.stretches.end() ? values.stretches.front() : *bounded;
  if (it.low && it.with_low) return it.low;
  if (it.high && it.with_high) return it.high;
  auto const above = it.low ? add(*it.low, step) : std::nullopt;
  if (it.low && it.high && !(above && *above < *it.high)) {
    auto const sum = add(*it.low, *it.high);
    return sum ? divide(*sum, Number{2}) : sum;
  }
  if (it.low) return above;
  return it.high ? subtract(*it.high, step) : Number{};
}

}  // namespace heed::analyse
