#pragma once
#include <cstdint>
#include <optional>

#include "engine/compile/rule_set.hpp"

/// How far one value of a fact is from another, to compare changes by.
namespace heed::search {

/// Any change that has no measure, in millionths.
constexpr std::uint64_t whole_step = 1'000'000;

/// In millionths. An answer to what is not known changes nothing that is: 0. Numbers, money and
/// durations by how large the difference is beside the larger of the two, days and times beside a
/// year, an ordered choice by its steps beside its whole length; a set counts a whole step for each
/// item more or less; anything else is a whole step. At most two, but for sets.
std::uint64_t distance_between(Type const& type, std::optional<Value> const& from,
                               std::optional<Value> const& to);

/// A value as a number, to compute with: money in major units, durations in seconds (nothing where
/// they have months, or are working time), dates in days, times in microseconds. Nothing for
/// anything else.
std::optional<Number> number_of(Value const& value);

}  // namespace heed::search
