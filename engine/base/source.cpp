#include "engine/base/source.hpp"

#include <algorithm>

namespace heed {

bool is_sheet(std::string_view name) {
  if (name.size() < 4) return false;
  std::string end{name.substr(name.size() - 4)};
  for (auto& letter : end)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter + ('a' - 'A'));
  return end == ".csv";
}

LineColumn find_line_column(std::string_view text, std::uint32_t offset) {
  if (text.starts_with("\xEF\xBB\xBF")) {  // a byte order mark takes no column
    text.remove_prefix(3);
    offset -= std::min<std::uint32_t>(offset, 3);
  }
  std::string_view const before = text.substr(0, std::min<std::size_t>(offset, text.size()));
  auto const lines = std::ranges::count(before, '\n');
  auto const last = before.rfind('\n');
  std::string_view const line = last == std::string_view::npos ? before : before.substr(last + 1);
  auto const is_lead = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return {static_cast<std::uint32_t>(lines) + 1,
          static_cast<std::uint32_t>(std::ranges::count_if(line, is_lead)) + 1};
}

std::string_view find_line(std::string_view text, std::uint32_t line) {
  for (; line > 1; --line) {
    auto const end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  std::string_view found = text.substr(0, text.find('\n'));
  if (found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

}  // namespace heed
