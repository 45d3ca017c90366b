#pragma once
#include <algorithm>

#include "engine/run/explanation.hpp"

/// Kleene's three-valued logic.
namespace heed::run {

constexpr Truth truth_from(bool value) {
  return value ? Truth::yes : Truth::no;
}
constexpr Truth negate(Truth truth) {
  return truth == Truth::unknown ? truth : truth_from(truth == Truth::no);
}
constexpr Truth both(Truth one, Truth other) {
  return std::min(one, other);
}
constexpr Truth either(Truth one, Truth other) {
  return std::max(one, other);
}

}  // namespace heed::run
