#pragma once
#include <string_view>

namespace heed {

/// As the value of a text in a FactChange: some text in which the policy finds nothing.
constexpr std::string_view any_text = "-";

}  // namespace heed
