#pragma once
#include <cstdint>
#include <optional>

#include "engine/compile/rule_set.hpp"

/// How far one value of a fact is from another, to compare changes by.
namespace heed::search {

/// Any change that has no measure, in millionths.
constexpr std::uint64_t whole_step = 1'000'000;

/// In millionths. An answer to what is not known changes nothing that is: 0. Where a difference can
/// be measured, how large it is beside itself and what it starts from together: a number, money, a
/// duration (1, or an hour, where it is nothing), for days and times a year. So what is further off
/// is further, and all of it less than a step. An ordered choice by its steps beside its whole
/// length; a set counts a whole step for each item more or less; anything else is a whole step.
std::uint64_t distance_between(Type const& type, std::optional<Value> const& from,
                               std::optional<Value> const& to);

/// A value as a number, to compute with: money in major units, durations in seconds (nothing where
/// they have months, or are working time), dates in days, times in microseconds. Nothing for
/// anything else.
std::optional<Number> number_of(Value const& value);

}  // namespace heed::search
