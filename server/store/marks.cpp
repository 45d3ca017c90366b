#include "server/store/marks.hpp"

#include <algorithm>

namespace heed::store {
namespace {

bool is_line(std::string_view name) {
  return !name.empty() && name.find('\n') == std::string_view::npos;
}

Failure<Error> bad_name(std::string const& name) {
  return {{"log.bad-record", "`" + name + "` cannot be the name of a mark", ""}};
}

}  // namespace

Expected<std::string, Error> encode(Marks const& marks) {
  std::vector<std::string> lines;
  auto const add_all = [&](std::string_view kind, std::vector<std::string> const& names) {
    for (std::string const& name : names) {
      if (!is_line(name)) return &name;
      lines.push_back(std::string{kind} + name);
    }
    return static_cast<std::string const*>(nullptr);
  };
  for (NeedMark const& mark : marks.needs) {
    bool const plain = is_line(mark.need) && mark.need.find('=') == std::string::npos;
    if (!plain || !is_line(mark.state)) return bad_name(mark.need + "=" + mark.state);
    lines.push_back("need:" + mark.need + "=" + mark.state);
  }
  if (auto const* bad = add_all("rule:", marks.rules)) return bad_name(*bad);
  if (auto const* bad = add_all("action:", marks.actions)) return bad_name(*bad);
  if (auto const* bad = add_all("role:", marks.roles)) return bad_name(*bad);
  if (lines.empty()) return std::string{};
  std::ranges::sort(lines);
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  std::string text = "\n";
  for (std::string const& line : lines) text += line + "\n";
  return text;
}

std::vector<std::string_view> mark_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    std::size_t const end = text.find('\n');
    if (end != 0) lines.push_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return lines;
}

std::string_view index_term(std::string_view mark_line) {
  return mark_line.starts_with("need:") ? mark_line.substr(0, mark_line.find('=')) : mark_line;
}

Marks decode(std::string_view text) {
  Marks marks;
  for (std::string_view const line : mark_lines(text)) {
    std::size_t const colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    std::string_view const kind = line.substr(0, colon);
    std::string_view const name = line.substr(colon + 1);
    if (kind == "rule") marks.rules.emplace_back(name);
    if (kind == "action") marks.actions.emplace_back(name);
    if (kind == "role") marks.roles.emplace_back(name);
    std::size_t const equals = name.find('=');
    if (kind == "need" && equals != std::string_view::npos) {
      marks.needs.push_back(
          {std::string{name.substr(0, equals)}, std::string{name.substr(equals + 1)}});
    }
  }
  return marks;
}

}  // namespace heed::store
