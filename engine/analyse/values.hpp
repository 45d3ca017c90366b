#pragma once
#include <optional>
#include <vector>

#include "engine/base/money.hpp"
#include "engine/base/number.hpp"

/// Sets of values, as stretches of the number line.
///
/// Every kind of value has its place there: yes is 1 and no is 0, a choice is counted from 0 in the
/// order declared, dates in days, durations in seconds; texts have numbers of their own.
namespace heed::analyse {

/// An end that is not there lies beyond every number.
struct Stretch {
  std::optional<Number> low, high;
  bool with_low = false, with_high = false;  // whether the ends belong to it
  bool operator==(Stretch const&) const = default;
};

/// What something can be. A value of money in another currency than `currency` is not among them.
struct Values {
  std::vector<Stretch> stretches;  // ascending, with something between each two
  std::optional<Currency> currency;
  bool whole = false;  // only whole numbers lie on the line
  bool none = false;
  bool unknown = false;
  bool operator==(Values const&) const = default;
};

Values nothing(bool whole);
/// All numbers; neither none nor unknown.
Values everything(bool whole);
Values only(Number const& number, bool whole);
Values make_values(Stretch const& stretch, bool whole);

/// What is in both, in either, in the first alone. Currencies: the one that is named; where two
/// are, the sets have no number in common.
Values meet(Values const& one, Values const& other);
Values join(Values const& one, Values const& other);
Values without(Values const& one, Values const& other);

bool is_empty(Values const& values);
bool meets(Values const& one, Values const& other);
bool is_within(Values const& inner, Values const& outer);

/// A number of the set that a person would try first: an end that belongs to it, or one that is
/// `step` away from an end. Nothing where the set has no number.
std::optional<Number> pick(Values const& values, Number const& step = Number{1});

}  // namespace heed::analyse
