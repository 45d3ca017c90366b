#pragma once
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heed::store {

/// The number behind the first `"NAME":` of a text that the store wrote itself.
inline std::optional<std::int64_t> number_named(std::string_view text, std::string_view name) {
  std::string const member = "\"" + std::string{name} + "\":";
  auto const at = text.find(member);
  if (at == text.npos) return std::nullopt;
  std::int64_t number = 0;
  char const* const begin = text.data() + at + member.size();
  auto const [end, code] = std::from_chars(begin, text.data() + text.size(), number);
  if (code != std::errc{} || end == begin) return std::nullopt;
  return number;
}

}  // namespace heed::store
