#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace heed::cli {

/// `1 rule`, `2 rules`; `1 policy`, `2 policies`.
std::string counted(std::int64_t count, std::string_view noun);

}  // namespace heed::cli
