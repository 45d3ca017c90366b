#include "engine/check/nameless.hpp"

#include <algorithm>

#include "engine/check/tell.hpp"

namespace heed::check {

namespace {

std::vector<std::string_view> words_before(std::string_view text, std::uint32_t end) {
  constexpr std::string_view blanks = " \t\r\n,()";
  text = text.substr(0, end);
  // A consequence stands on one line, or goes on from a line that ends with a comma.
  for (auto line = text.rfind('\n'); line != text.npos; line = text.rfind('\n', line - 1)) {
    auto const last = text.find_last_not_of(" \t\r", line == 0 ? 0 : line - 1);
    if (last != text.npos && text[last] == ',') continue;
    text = text.substr(line);
    break;
  }
  std::vector<std::string_view> words;
  for (auto at = text.find_first_not_of(blanks); at != text.npos;) {
    auto const stop = std::min(text.find_first_of(blanks, at), text.size());
    words.push_back(text.substr(at, stop - at));
    at = text.find_first_not_of(blanks, stop);
  }
  return words;
}

/// What the action or event takes that the words end with a value for.
std::vector<ast::Field> const* find_fields(Draft const& draft,
                                           std::vector<std::string_view> const& words) {
  for (auto at = words.size(); at-- > 1;) {
    auto const& keyword = words[at - 1];
    if (keyword != "do" && keyword != "record" && keyword != "of") continue;
    auto const found = draft.names.find(words[at]);
    if (found == draft.names.end() || found->second.broken) return nullptr;
    auto const& [kind, index, where, broken] = found->second;
    if (kind == SymbolKind::action) return &draft.actions[index].written->takes;
    if (kind == SymbolKind::event) return &draft.events[index].written->fields;
    return nullptr;
  }
  return nullptr;
}

}  // namespace

void name_parameters(Draft& draft) {
  for (auto& it : draft.diagnostics) {
    if (it.code != "parse.parameter-name" || it.help.find("`NAME ") == std::string::npos) continue;
    std::string_view const text = draft.sources[static_cast<std::size_t>(it.where.file)].text;
    auto const* fields = find_fields(draft, words_before(text, it.where.span.begin));
    if (!fields || fields->empty()) continue;
    auto const value = text.substr(it.where.span.begin, it.where.span.end - it.where.span.begin);
    auto const named = fields->front().name.text + " " + std::string{value};
    it.help = "name the parameter: " + quoted(named);
    if (fields->size() == 1) it.replacement = named;
  }
}

}  // namespace heed::check
