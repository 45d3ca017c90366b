#include "server/store/marks.hpp"

#include <set>

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
  std::set<std::string> lines;
  auto const add_all = [&](std::string_view kind, std::vector<std::string> const& names) {
    for (std::string const& name : names) {
      if (!is_line(name)) return &name;
      lines.insert(std::string{kind} + name);
    }
    return static_cast<std::string const*>(nullptr);
  };
  for (NeedMark const& mark : marks.needs) {
    bool const plain = is_line(mark.need) && mark.need.find('=') == std::string::npos;
    if (!plain || !is_line(mark.state)) return bad_name(mark.need + "=" + mark.state);
    lines.insert("need:" + mark.need + "=" + mark.state);
  }
  if (auto const* bad = add_all("rule:", marks.rules)) return bad_name(*bad);
  if (auto const* bad = add_all("action:", marks.actions)) return bad_name(*bad);
  if (auto const* bad = add_all("role:", marks.roles)) return bad_name(*bad);
  if (lines.empty()) return std::string{};
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

IndexTerm index_term(std::string_view mark_line) {
  std::size_t const colon = mark_line.find(':');
  if (colon == std::string_view::npos) return {};
  std::string_view const kind = mark_line.substr(0, colon);
  std::string_view const name = mark_line.substr(colon + 1);
  return {std::string{kind}, std::string{kind == "need" ? name.substr(0, name.find('=')) : name}};
}

Marks decode(std::string_view text) {
  Marks marks;
  for (std::string_view const line : mark_lines(text)) {
    IndexTerm term = index_term(line);
    if (term.kind == "rule") marks.rules.push_back(std::move(term.name));
    if (term.kind == "action") marks.actions.push_back(std::move(term.name));
    if (term.kind == "role") marks.roles.push_back(std::move(term.name));
    if (term.kind == "need") {
      std::size_t const equals = line.find('=');
      if (equals == std::string_view::npos) continue;
      marks.needs.push_back({std::move(term.name), std::string{line.substr(equals + 1)}});
    }
  }
  return marks;
}

}  // namespace heed::store
