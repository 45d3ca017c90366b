#pragma once
#include <string>

#include "engine/advisor.hpp"

/// Values as read_value reads them, without loss.
namespace heed::json {

/// Appends a value of the type in canonical JSON: times in UTC, choices by name, numbers that no
/// double holds as {"fraction":"1/3"}. False where JSON cannot write it so that reading gives it
/// back (a duration of months, money finer than its minor unit: only a default can be such); what
/// was appended is then of no use.
[[nodiscard]] bool append_exact(std::string& out, Value const& value, Type const& type);

}  // namespace heed::json
