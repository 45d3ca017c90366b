#pragma once
#include <string_view>

#include "engine/base/expected.hpp"
#include "engine/compile/rule_set.hpp"

/// Computing with known values. What fails leaves the result unknown, and the decision warns of it.
namespace heed::run {

/// Why a computation failed.
enum class Flaw {
  division_by_zero,
  currencies,
  date_out_of_range,
  number_out_of_range,
  months_and_days,
  working_time,
  calendar_out_of_range,
  none,
  nothing,
  never
};

/// The code of the warning, and what is wrong in words.
std::string_view code_of(Flaw flaw);
std::string_view words_of(Flaw flaw);

/// Why no moment could be found that lies `by` before or after another.
Flaw find_flaw_of_moving(Duration const& by);

/// `left op right`. Months are added to times in `zone`.
Expected<Value, Flaw> compute(Operator op, Value const& left, Value const& right, Zone const& zone);
Expected<Value, Flaw> negate(Value const& value);

/// Whether `left relation right`. None is equal to itself alone, and nothing else holds of it.
Expected<bool, Flaw> compare(Relation relation, Value const& left, Value const& right);

}  // namespace heed::run
