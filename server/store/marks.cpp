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

// Kinds are added in their order, so that what is left to sort are the names of one.
Expected<std::string, Error> encode(Marks const& marks) {
  std::string text;
  std::vector<std::string_view> lines;
  auto const add = [&](std::string_view kind, auto const& names) {
    lines.assign(names.begin(), names.end());
    std::ranges::sort(lines);
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    if (!lines.empty() && text.empty()) text += '\n';
    for (auto const line : lines) ((text += kind) += line) += '\n';
  };
  std::vector<std::string> needs;
  needs.reserve(marks.needs.size());
  for (NeedMark const& mark : marks.needs) {
    needs.push_back(mark.need + "=" + mark.state);
    bool const plain = is_line(mark.need) && mark.need.find('=') == std::string::npos;
    if (!plain || !is_line(mark.state)) return bad_name(needs.back());
  }
  for (auto const* names : {&marks.rules, &marks.actions, &marks.roles})
    for (auto const& name : *names)
      if (!is_line(name)) return bad_name(name);
  add("action:", marks.actions);
  add("need:", needs);
  add("role:", marks.roles);
  add("rule:", marks.rules);
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
