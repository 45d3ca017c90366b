#include <algorithm>
#include <array>
#include <iterator>

#include "engine/analyse/examine.hpp"
#include "engine/author/index.hpp"
#include "engine/language/words.hpp"
#include "engine/language/write.hpp"

namespace heed::author {

namespace {

/// What a way of mending sees.
struct Wound {
  Manuscript const& manuscript;
  Sheet const& sheet;
  Diagnostic const& diagnostic;

  Span span() const { return diagnostic.where.span; }
  std::string text() const { return std::string{slice(sheet, span())}; }
};

Fix one(Wound const& wound, std::string title, Span span, std::string text, bool likeliest = true) {
  return {std::move(title), {{{wound.diagnostic.where.file, span}, std::move(text)}}, 0, likeliest};
}

Fix instead(Wound const& wound, std::string text, bool likeliest = true) {
  auto title = "write `" + text + "`";
  return one(wound, std::move(title), wound.span(), std::move(text), likeliest);
}

Fix take_away(Wound const& wound, Span span) {
  return one(wound, "take it away", span, "");
}

/// What the help says to write: between the backticks behind `write` or `did you mean`.
std::optional<std::string> advised(std::string_view help) {
  for (std::string_view const lead : {"did you mean `", "write `", "use `"}) {
    auto const at = help.find(lead);
    if (at == std::string_view::npos) continue;
    auto const begin = at + lead.size();
    auto const end = help.find('`', begin);
    if (end == std::string_view::npos) continue;
    auto const text = help.substr(begin, end - begin);
    if (text.find("…") == std::string_view::npos) return std::string{text};
  }
  return std::nullopt;
}

/// Where the comparison and all its further values stand, of which the message offers `meant`.
std::optional<Span> compared(Wound const& wound, std::string_view meant) {
  std::string_view const joint = " is one of ";
  auto const at = meant.find(joint);
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view const text = wound.sheet.text;
  auto const begin = text.substr(0, wound.span().begin).rfind(meant.substr(0, at));
  auto const last = meant.substr(meant.rfind(' ') + 1);
  auto const end = text.find(last, wound.span().begin);
  if (begin == std::string_view::npos || end == std::string_view::npos) return std::nullopt;
  return Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end + last.size())};
}

// `is gold or silver`: the message offers the whole comparison.
std::vector<Fix> is_one_of(Wound const& wound) {
  auto const meant = advised(wound.diagnostic.help);
  auto const span = meant ? compared(wound, *meant) : std::nullopt;
  if (!span) return {};
  return {one(wound, "write `" + *meant + "`", *span, *meant)};
}

std::vector<Fix> first_column(Wound const& wound) {
  auto const& text = wound.sheet.text;
  auto begin = wound.span().begin;
  while (begin > 0 && text[begin - 1] != '\n') --begin;
  return {one(wound, "begin in the first column", {begin, wound.span().begin}, "")};
}

std::vector<Fix> indent(Wound const& wound) {
  return {one(wound, "indent the line", {wound.span().begin, wound.span().begin}, "  ")};
}

std::vector<Fix> take_span_away(Wound const& wound) {
  return {take_away(wound, wound.span())};
}

std::vector<Fix> close_bracket(Wound const& wound) {
  auto const& text = wound.sheet.text;
  auto end = text.find('\n', wound.span().begin);
  if (end == std::string::npos) end = text.size();
  while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\r')) --end;
  auto const at = static_cast<std::uint32_t>(end);
  return {one(wound, "close it at the end of the line", {at, at}, ")", false)};
}

std::vector<Fix> close_text(Wound const& wound) {
  return {one(wound, "close the text", {wound.span().end, wound.span().end}, "\"")};
}

std::vector<Fix> space_hyphen(Wound const& wound) {
  std::string spaced;
  for (char const letter : wound.text())
    spaced += letter == '-' ? std::string{" - "} : std::string(1, letter);
  return {instead(wound, "\"" + wound.text() + "\"", false), instead(wound, spaced, false)};
}

std::vector<Fix> quote_value(Wound const& wound) {
  auto const text = wound.text();
  if (text.empty() || text.front() == '"') return {};
  return {instead(wound, language::quoted(text), false)};
}

/// Nothing is named so: declare it as what the place needs.
std::vector<Fix> declare(Wound const& wound) {
  auto const name = wound.text();
  if (name.empty() || name.find_first_of(" \"\n(") != std::string::npos) return {};
  auto const is_fact = name.find('.') != std::string::npos;
  auto const& message = wound.diagnostic.message;
  std::string_view keyword;
  if (is_fact) keyword = "fact";
  for (std::string_view const kind : {"role", "script", "action", "event", "phrases"})
    if (message.find(kind) != std::string::npos) keyword = kind;
  if (keyword.empty()) return {};
  auto line = std::string{keyword} + " " + name;
  if (keyword == "fact") line += " is yes or no";
  if (keyword == "script") line += "\n  en \"\"";
  if (keyword == "phrases") line += "\n  en \"\"";
  auto const end = static_cast<std::uint32_t>(wound.sheet.text.size());
  auto const gap = wound.sheet.text.ends_with('\n') ? "\n" : "\n\n";
  return {one(wound, "declare `" + std::string{keyword} + " " + name + "`", {end, end},
              gap + line + "\n", false)};
}

/// The table that reads its rows from the file that is wounded: no comment can stand in that one.
std::optional<Place> find_table(Wound const& wound) {
  auto const& sheets = wound.manuscript.sheets;
  for (std::uint32_t file = 0; file < sheets.size(); ++file) {
    auto const slash = sheets[file]->name.rfind('/');
    auto const folder =
        slash == std::string::npos ? std::string{} : sheets[file]->name.substr(0, slash + 1);
    for (auto const& declaration : sheets[file]->document.declarations)
      if (auto const* table = std::get_if<ast::Table>(&declaration.form);
          table && table->file && folder + table->file->value == wound.sheet.name)
        return Place{FileId{file}, declaration.span};
  }
  return std::nullopt;
}

/// What an analysis warns of may be meant so: a comment above the declaration says why.
std::vector<Fix> silence(Wound const& wound) {
  auto where = wound.diagnostic.where;
  for (auto const& declaration : wound.sheet.document.declarations)
    if (declaration.span.begin <= wound.span().begin && wound.span().begin < declaration.span.end)
      where.span = declaration.span;
  if (is_sheet(wound.sheet.name)) {
    auto const table = find_table(wound);
    if (!table) return {};
    where = *table;
  }
  where.span.end = where.span.begin;
  auto const code = std::string{wound.diagnostic.code};
  return {{"silence `" + code + "` here, with a reason",
           {{where, "# allow " + code + ": it is meant so\n"}},
           0,
           false}};
}

struct Way {
  std::string_view code;
  std::vector<Fix> (*mend)(Wound const&);
};
constexpr std::array ways = {
    Way{"check.or-value", is_one_of},
    Way{"check.unknown-name", declare},
    Way{"check.unknown-name", quote_value},
    Way{"parse.indented", first_column},
    Way{"parse.unindented", indent},
    Way{"parse.unopened-bracket", take_span_away},
    Way{"parse.unclosed-bracket", close_bracket},
    Way{"parse.unclosed-text", close_text},
    Way{"parse.bidirectional-control", take_span_away},
    Way{"parse.hyphen", space_hyphen},
    Way{"analysis.unused-allow", take_span_away},
};

std::vector<Fix> mend(Wound const& wound) {
  std::vector<Fix> fixes;
  auto const& diagnostic = wound.diagnostic;
  if (!diagnostic.replacement.empty()) fixes.push_back(instead(wound, diagnostic.replacement));
  for (auto const& way : ways)
    if (way.code == diagnostic.code)
      for (auto& fix : way.mend(wound)) {
        if (!fixes.empty()) fix.is_likeliest = false;
        fixes.push_back(std::move(fix));
      }
  bool const can_be_silenced =
      std::ranges::binary_search(analyse::codes(), std::string_view{diagnostic.code});
  if (can_be_silenced) std::ranges::move(silence(wound), std::back_inserter(fixes));
  return fixes;
}

bool touch(Span left, Span right) {
  return left.begin <= right.end && right.begin <= left.end;
}

/// A fact's title stands in a line of its own, any other behind the name.
Edit title_edit(Sheet const& sheet, Place where, ast::Declaration const& declaration, Span name) {
  if (!std::holds_alternative<ast::Fact>(declaration.form))
    return {{where.file, {name.end, name.end}}, " \"\""};
  auto const line_end = std::min(sheet.text.find('\n', name.end), sheet.text.size());
  auto const at = static_cast<std::uint32_t>(line_end);
  return {{where.file, {at, at}}, "\n  title en \"\""};
}

/// A title for each declaration whose name is touched and that has none.
void add_titles(std::vector<Fix>& fixes, Sheet const& sheet, Place where) {
  for (auto const& declaration : sheet.document.declarations) {
    auto const* title = title_of(declaration);
    auto const name = name_of(declaration);
    if (title == nullptr || !title->empty() || !name || !touch(name->span, where.span)) continue;
    fixes.push_back(
        {"give `" + name->text + "` a title", {title_edit(sheet, where, declaration, name->span)}});
  }
}

}  // namespace

std::vector<Fix> find_fixes(Manuscript const& manuscript, Diagnostics const& diagnostics,
                            Place where) {
  std::vector<Fix> fixes;
  auto const file = static_cast<std::size_t>(where.file);
  if (file >= manuscript.sheets.size()) return fixes;
  for (std::size_t at = 0; at < diagnostics.size(); ++at) {
    auto const& it = diagnostics[at];
    if (it.where.file != where.file || !touch(it.where.span, where.span)) continue;
    for (auto& fix : mend({manuscript, *manuscript.sheets[file], it})) {
      fix.diagnostic = at;
      fixes.push_back(std::move(fix));
    }
  }
  add_titles(fixes, *manuscript.sheets[file], where);
  return fixes;
}

}  // namespace heed::author
