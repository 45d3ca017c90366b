#include "server/json/offset.hpp"

#include <algorithm>

namespace heed::json {
namespace {

constexpr std::size_t to_the_minute = 16;  // `2026-11-18T07:41`

bool ends_with_offset(std::string_view text, std::size_t digits) {
  if (text.size() < to_the_minute + 1 + digits || text[10] != 'T') return false;
  auto const offset = text.substr(text.size() - 1 - digits);
  auto const is_digit = [](char sign) { return sign >= '0' && sign <= '9'; };
  return (offset[0] == '+' || offset[0] == '-') && std::ranges::all_of(offset.substr(1), is_digit);
}

}  // namespace

std::string with_extended_offset(std::string_view text) {
  std::string extended{text};
  if (ends_with_offset(text, 4)) extended.insert(extended.size() - 2, ":");
  if (ends_with_offset(text, 2)) extended += ":00";
  return extended;
}

}  // namespace heed::json
