#include <algorithm>
#include <set>

#include "engine/author/index.hpp"
#include "engine/language/characters.hpp"
#include "engine/language/words.hpp"
#include "engine/language/write.hpp"

namespace heed::author {

namespace {

Failure<Error> refused(std::string_view code, std::string message, std::string help) {
  return {{code, std::move(message), std::move(help)}};
}

std::string quote(std::string_view name) {
  return "`" + std::string{name} + "`";
}

/// A word, or several with dots between them where `dots`.
bool is_plain(std::string_view name, bool dots) {
  bool begins = true;
  bool dotted = false;
  for (std::size_t at = 0; at < name.size();) {
    auto const [code, bytes] = ast::character_at(name, at);
    bool const is_gershayim = code == '"' && ast::is_hebrew(ast::character_before(name, at)) &&
                              at + 1 < name.size() &&
                              ast::is_hebrew_letter(ast::character_at(name, at + 1).code);
    if (code == '.' && dots && !begins) {
      begins = dotted = true;
    } else if (begins ? ast::starts_word(code) : ast::continues_word(code) || is_gershayim) {
      begins = false;
    } else {
      return false;
    }
    at += bytes;
  }
  return !begins && (dotted || !language::is_reserved(name));
}

/// Texts are free, so are values in quotes; some names may have dots.
bool may_be_text(Known const& known) {
  return known.space == Space::values || known.space == Space::tests;
}
bool may_have_dots(Known const& known) {
  return known.kind == Kind::fact || known.kind == Kind::answer || known.kind == Kind::parameter;
}

std::string written_at(Known const& known, Use const& use, std::string const& name) {
  bool const needs_quotes = may_be_text(known) && (use.quoted || !is_plain(name, false));
  return needs_quotes ? language::quoted(name) : name;
}

void add_edits(std::vector<Edit>& edits, Known const& known, std::string const& name) {
  for (auto const* uses : {&known.declared, &known.used})
    for (auto const& use : *uses)
      edits.push_back({{use.file, use.span}, written_at(known, use, name)});
}

/// Inner lists have the outer one's name in theirs.
void add_inner(std::vector<Edit>& edits, Manuscript const& manuscript, Known const& outer,
               std::string const& name) {
  for (auto const& inner : manuscript.index->known) {
    if (inner.space != Space::shared || !inner.name.starts_with(outer.name + ".")) continue;
    for (auto const* uses : {&inner.declared, &inner.used})
      for (auto const& use : *uses) {
        auto const& sheet = *manuscript.sheets[static_cast<std::size_t>(use.file)];
        if (slice(sheet, use.span) != inner.name) continue;
        auto const end = use.span.begin + static_cast<std::uint32_t>(outer.name.size());
        edits.push_back({{use.file, {use.span.begin, end}}, name});
      }
  }
}

Manuscript changed(Manuscript const& manuscript, std::vector<Edit> const& edits) {
  auto sources = manuscript.sources;
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    auto const span = edit->where.span;
    sources[static_cast<std::size_t>(edit->where.file)].text.replace(
        span.begin, span.end - span.begin, edit->text);
  }
  return read(std::move(sources), manuscript);
}

/// A mistake that the policy has only now; null where there is none.
Diagnostic const* new_mistake(Diagnostics const& before, Diagnostics const& after) {
  std::multiset<std::string_view> codes;
  for (auto const& it : before)
    if (it.severity == Severity::error) codes.insert(it.code);
  for (auto const& it : after) {
    if (it.severity != Severity::error) continue;
    auto const known = codes.find(it.code);
    if (known == codes.end()) return &it;
    codes.erase(known);
  }
  return nullptr;
}

std::string name_after(Known const& known, std::string const& name) {
  if (known.space == Space::values) return known.name.substr(0, known.name.find('\n') + 1) + name;
  if (known.space == Space::members) return known.name.substr(0, known.name.rfind('.') + 1) + name;
  return name;
}

}  // namespace

std::optional<Renamable> find_renamable(Manuscript const& manuscript, Position at) {
  auto const* spot = find_spot(manuscript, at);
  if (spot == nullptr) return std::nullopt;
  auto const& known = manuscript.index->known[spot->known];
  return Renamable{spot->span, std::string{last_part(known)}};
}

Expected<std::vector<Edit>, Error> rename(Manuscript const& manuscript, Position at,
                                          std::string_view wanted) {
  auto const* spot = find_spot(manuscript, at);
  if (spot == nullptr)
    return refused("rename.nothing", "here stands no name that the policy declares",
                   "put the cursor upon a name");
  auto const& known = manuscript.index->known[spot->known];
  auto const name = language::to_nfc(wanted);
  bool const is_good = may_be_text(known) ? !name.empty() && name.find('\n') == std::string::npos
                                          : is_plain(name, may_have_dots(known));
  if (!is_good)
    return refused("rename.bad-name", quote(name) + " is no name",
                   language::is_reserved(name)
                       ? "it is a word of the language"
                       : "a name is a word of letters, digits and `_`; only facts, answers and "
                         "parameters may have dots");
  if (name == last_part(known)) return std::vector<Edit>{};
  if (auto const* other = find_known(*manuscript.index, known.space, name_after(known, name)))
    return refused(
        "rename.clash",
        quote(name) + " is the name of " + std::string{word_of(other->kind)} + " already",
        "choose another name");
  std::vector<Edit> edits;
  add_edits(edits, known, name);
  if (known.kind == Kind::fact) add_inner(edits, manuscript, known, name);
  std::ranges::sort(edits, {}, &Edit::where);
  auto const after = changed(manuscript, edits);
  auto const before_mistakes = find_mistakes(manuscript);
  auto const after_mistakes = find_mistakes(after);
  if (auto const* mistake = new_mistake(before_mistakes, after_mistakes))
    return refused("rename.clash", "the policy would have a mistake: " + mistake->message,
                   "choose another name");
  auto const* found = find_known(*after.index, known.space, name_after(known, name));
  if (found == nullptr || found->used.size() != known.used.size())
    return refused("rename.clash", quote(name) + " would mean something else in some places",
                   "choose another name");
  return edits;
}

}  // namespace heed::author
