#include <algorithm>
#include <set>

#include "engine/author/index.hpp"
#include "engine/author/keywords.hpp"
#include "engine/language/write.hpp"

namespace heed::author {

namespace {

constexpr std::size_t lines_max = 12;
constexpr std::size_t names_max = 8;

std::string counted(std::size_t count, std::string const& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string code(std::string_view text) {
  return "`" + std::string{text} + "`";
}

/// The first lines of a declaration, as they stand in the file.
std::string shown_declaration(Sheet const& sheet, Span span) {
  auto const whole = slice(sheet, span);
  std::size_t end = 0, lines = 0;
  while (end < whole.size() && lines < lines_max) {
    auto const next = whole.find('\n', end);
    end = next == std::string_view::npos ? whole.size() : next + 1;
    ++lines;
  }
  std::string text{whole.substr(0, end)};
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (end < whole.size()) text += "\n  …";
  return "```heed\n" + text + "\n```\n";
}

/// The names of the rules among the declarations in which it is used so.
std::set<std::string> rules_that(Manuscript const& manuscript, Known const& known, Deed deed) {
  std::set<std::string> rules;
  for (auto const& use : known.used) {
    if (use.deed != deed) continue;
    auto const& declaration = declaration_of(manuscript, use);
    if (auto const* rule = std::get_if<ast::Rule>(&declaration.form)) rules.insert(rule->name.text);
  }
  return rules;
}

std::string listed(std::string const& what, std::set<std::string> const& rules) {
  if (rules.empty()) return {};
  std::string text = "\n" + what + " " + counted(rules.size(), "rule") + ": ";
  std::size_t shown = 0;
  for (auto const& rule : rules) {
    if (shown == names_max) return text + ", …\n";
    text += (shown++ == 0 ? "" : ", ") + code(rule);
  }
  return text + "\n";
}

std::string written_by(Kind kind) {
  switch (kind) {
    case Kind::action:
      return "Done, offered or forbidden by";
    case Kind::script:
      return "Said by";
    case Kind::role:
      return "Escalated to or alerted by";
    case Kind::event:
      return "Recorded by";
    default:
      return "Written by";
  }
}

std::string usage(Manuscript const& manuscript, Known const& known) {
  std::set<FileId> files;
  for (auto const& use : known.used) files.insert(use.file);
  std::string text = known.used.empty() ? "\nUsed nowhere\n"
                                        : "\nUsed " + counted(known.used.size(), "time") + " in " +
                                              counted(files.size(), "file") + "\n";
  text += listed(known.kind == Kind::rule ? "Overridden by" : "Read by",
                 rules_that(manuscript, known, Deed::reads));
  return text + listed(written_by(known.kind), rules_that(manuscript, known, Deed::writes));
}

std::string titles(ast::Texts const* texts) {
  std::string line;
  if (texts == nullptr) return line;
  for (auto const& text : *texts) line += (line.empty() ? "" : " · ") + text.text.value;
  return line.empty() ? line : "**" + line + "**\n";
}

/// Where the declaration does not say its type itself.
std::string type_line(Manuscript const& manuscript, Known const& known) {
  auto const type = find_type(*manuscript.index, known);
  if (type.type == nullptr || type.type == known.type) return {};
  return "\nType: " + code(language::to_text(*type.type)) + ", as " + code(type.owner) + "\n";
}

/// How the word is told to people: the nearer term, with the name of what has it, wins.
std::string term_line(Index const& index, std::string const& owner, std::string const& word) {
  auto found = index.terms.find(owner + "." + word);
  if (found == index.terms.end()) found = index.terms.find(word);
  return found == index.terms.end() ? std::string{} : "\n" + titles(found->second);
}

std::string about_value(Known const& known, Index const& index) {
  auto const owner = known.name.substr(0, known.name.find('\n'));
  auto const* typed = find_known(index, Space::shared, owner);
  if (typed == nullptr) typed = find_known(index, Space::members, owner);
  if (typed == nullptr || typed->type == nullptr) return {};
  return "value of " + code(owner) + ": " + code(language::to_text(*typed->type)) + "\n" +
         term_line(index, owner, std::string{last_part(known)});
}

std::string about_field(Known const& known, Index const& index) {
  auto const owner = known.name.substr(0, known.name.rfind('.'));
  auto text = "field of " + code(owner);
  if (known.type != nullptr) text += ": " + code(language::to_text(*known.type));
  return text + "\n" + term_line(index, owner, std::string{last_part(known)});
}

std::string about(Manuscript const& manuscript, Known const& known) {
  auto const& use = known.declared.front();
  auto const& sheet = *manuscript.sheets[static_cast<std::size_t>(use.file)];
  auto const& declaration = declaration_of(manuscript, use);
  if (known.kind == Kind::value) return about_value(known, *manuscript.index);
  if (known.kind == Kind::field) return about_field(known, *manuscript.index);
  if (known.kind == Kind::department)
    return "department that actions are internal to\n" +
           term_line(*manuscript.index, "internal", known.name);
  if (known.kind == Kind::phase)
    return shown_declaration(sheet, declaration.span) +
           term_line(*manuscript.index, "phase", known.name);
  return shown_declaration(sheet, declaration.span) + titles(title_of(declaration)) +
         type_line(manuscript, known);
}

std::optional<Hover> hover_word(Sheet const& sheet, std::uint32_t offset) {
  for (auto const& token : sheet.layout.tokens) {
    if (token.kind != ast::TokenKind::word || offset < token.span.begin) continue;
    if (offset > token.span.end) continue;
    auto const words = find_words(token.text);
    if (words.empty()) return std::nullopt;
    return Hover{token.span, code(token.text) + ": " + std::string{words}, {}};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Hover> hover(Manuscript const& manuscript, Position at) {
  auto const file = static_cast<std::size_t>(at.file);
  if (file >= manuscript.sheets.size()) return std::nullopt;
  auto const* spot = find_spot(manuscript, at);
  if (spot == nullptr) return hover_word(*manuscript.sheets[file], at.offset);
  auto const& known = manuscript.index->known[spot->known];
  Hover hover{spot->span, about(manuscript, known) + usage(manuscript, known), {}};
  if (known.kind == Kind::test) hover.test = known.name;
  return hover;
}

}  // namespace heed::author
