#pragma once
#include <cstddef>

/// How far the analyses look. Beyond, they look no further: they say less, never something wrong.
namespace heed::limits {

constexpr std::size_t analysed_situations_max = 128;     // of one condition, joined by `or`
constexpr std::size_t analysis_effort_max = 20'000'000;  // situations looked at, of one policy: 1 s
constexpr std::size_t analysed_pairs_max = 2'000'000;    // rules or rows that may meet, likewise

}  // namespace heed::limits
